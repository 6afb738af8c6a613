/**
 * Least privilege, proven: what the functions call while the lab tells its stories, held against
 * what their roles are granted in the template.
 */
@NullMarked
package dev.ringfence.infra.least;

import org.jspecify.annotations.NullMarked;
