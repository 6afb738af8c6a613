/**
 * Puts everything together for Lambda: validated settings, AWS clients, the engine and its ports.
 * The only room that looks at the environment and at the time of day.
 */
@NullMarked
package dev.ringfence.functions.wiring;

import org.jspecify.annotations.NullMarked;
