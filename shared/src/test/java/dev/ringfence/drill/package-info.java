/** Tests of what a drill makes of what it sees. */
@NullMarked
package dev.ringfence.drill;

import org.jspecify.annotations.NullMarked;
