/** Operators at work on the lab: the deployed functions, one press of Test after the other. */
@NullMarked
package dev.ringfence.console;

import org.jspecify.annotations.NullMarked;
