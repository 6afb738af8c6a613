package dev.ringfence.engine;

import dev.ringfence.operation.Head;
import java.time.Instant;

/**
 * What the clock is told after a beat.
 *
 * @param phase the operation's phase, for whoever looks at the clock in the console
 * @param over whether the clock may stop
 * @param next when the next beat is due
 */
public record Beat(Head.Kind kind, String id, String phase, boolean over, Instant next) {}
