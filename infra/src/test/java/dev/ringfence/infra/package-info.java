/** What the template says; nothing is deployed. */
@NullMarked
package dev.ringfence.infra;

import org.jspecify.annotations.NullMarked;
