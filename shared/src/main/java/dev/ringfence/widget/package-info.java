/**
 * What a CloudWatch dashboard shows of the cell, as HTML without a script: rollouts with their
 * rings, hurt and restored machines, a timeline, what drills have proven, and buttons. A button's
 * wish goes to the same desk of {@code control} as the console functions', and its answer is shown
 * above.
 */
@NullMarked
package dev.ringfence.widget;

import org.jspecify.annotations.NullMarked;
