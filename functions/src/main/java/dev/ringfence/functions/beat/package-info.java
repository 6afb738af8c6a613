/**
 * The functions that the clock calls: one beat of one operation, and what the clock must know to go
 * on. The clock's definition lies beside {@link dev.ringfence.contract.ClockDefinition}.
 */
@NullMarked
package dev.ringfence.functions.beat;

import org.jspecify.annotations.NullMarked;
