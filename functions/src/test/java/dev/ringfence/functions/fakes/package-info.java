/** Ports without AWS behind them. */
@NullMarked
package dev.ringfence.functions.fakes;

import org.jspecify.annotations.NullMarked;
