/**
 * What was seen of health, and what it weighs: evidence of harm that may be looked at after every
 * single failure without inflating the chance of a false halt, the expected failures it is held
 * against, and the trip wire for the obvious cases. Pure arithmetic: no clock, no input, no output.
 */
@NullMarked
package dev.ringfence.health;

import org.jspecify.annotations.NullMarked;
