/**
 * Restores of one machine on the simulated cloud, through the real adapters, with one thing going
 * wrong at every possible moment.
 */
@NullMarked
package dev.ringfence.restorefaults;

import org.jspecify.annotations.NullMarked;
