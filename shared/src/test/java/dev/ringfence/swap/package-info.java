/** Tests of the exchange of a root: each step alone, and all of them in a world that misbehaves. */
@NullMarked
package dev.ringfence.swap;

import org.jspecify.annotations.NullMarked;
