/** Brings hurt machines back from their restore points, and believes it only when they prove it. */
@NullMarked
package dev.ringfence.restore;

import org.jspecify.annotations.NullMarked;
