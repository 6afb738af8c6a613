package dev.ringfence.layering.wrong.rollout;

import java.time.Instant;

/** Breaks no rule: a law that told on this one would tell on everybody. */
record KeepsTheRules(Instant now) {
  boolean isBefore(Instant later) {
    return now.isBefore(later);
  }
}
