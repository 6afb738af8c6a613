/**
 * The rules that no compiler checks: which room may use which, who may read a clock, how files and
 * names look, and that the README says what is so. What lies in {@code wrong} breaks them on
 * purpose, so that each rule is known to be able to fail.
 */
@NullMarked
package dev.ringfence.layering;

import org.jspecify.annotations.NullMarked;
