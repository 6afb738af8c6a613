/**
 * Exchanging the root volume of one machine that EC2 will not exchange by itself: stop, another
 * volume at the same device, start. It says the next step from what is seen and knows nothing of
 * why it is done, so that a drill proves the very steps that a restore takes.
 */
@NullMarked
package dev.ringfence.swap;

import org.jspecify.annotations.NullMarked;
