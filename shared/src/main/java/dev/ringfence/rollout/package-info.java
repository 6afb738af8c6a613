/**
 * How a release spreads over a fleet: wave sizes, the waits between them and the harm that a plan
 * may do before it is halted.
 */
@NullMarked
package dev.ringfence.rollout;

import org.jspecify.annotations.NullMarked;
