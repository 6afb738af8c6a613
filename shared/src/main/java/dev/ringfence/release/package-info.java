/**
 * What is shipped: a release with its frozen manifest, how it is read from an event, and whose
 * signature it bears. Readers refuse; they never repair.
 */
@NullMarked
package dev.ringfence.release;

import org.jspecify.annotations.NullMarked;
