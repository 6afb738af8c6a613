/**
 * Turns the crank: load, observe, decide, record, act. Its two ports are the store and the world.
 */
@NullMarked
package dev.ringfence.engine;

import org.jspecify.annotations.NullMarked;
