/**
 * The simulated cloud as a whole: what a fleet looks like, what can be broken by name, and what is
 * true in it whatever its APIs say.
 */
@NullMarked
package dev.ringfence.lab.cloud;

import org.jspecify.annotations.NullMarked;
