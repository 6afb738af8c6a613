/** The clock's ticks, and what they are answered. */
@NullMarked
package dev.ringfence.functions.beat;

import org.jspecify.annotations.NullMarked;
