/** The settings and the context of a function. */
@NullMarked
package dev.ringfence.functions.wiring;

import org.jspecify.annotations.NullMarked;
