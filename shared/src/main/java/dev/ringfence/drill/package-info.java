/**
 * Rehearses restores: which machines are due, and the state machine that takes each from a clone in
 * an isolated network through the same swap as a restore to a proof or a failure, and removes what
 * it made.
 */
@NullMarked
package dev.ringfence.drill;

import org.jspecify.annotations.NullMarked;
