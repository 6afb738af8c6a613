/**
 * Machines and what is known of them before anything is done: where they stand, what they run,
 * whether they could be restored.
 */
@NullMarked
package dev.ringfence.fleet;

import org.jspecify.annotations.NullMarked;
