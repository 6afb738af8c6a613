/**
 * Machines as things that boot, load what is on their disk, crash, go silent and come back; and the
 * catalog that says what a version does to them.
 */
@NullMarked
package dev.ringfence.lab.cloud.machine;

import org.jspecify.annotations.NullMarked;
