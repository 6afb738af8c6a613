/**
 * The nouns that roll-outs, restores and drills share: an operation and its parts, what a beat
 * sees, what it decides, what it does to the world and what came of it.
 */
@NullMarked
package dev.ringfence.operation;

import org.jspecify.annotations.NullMarked;
