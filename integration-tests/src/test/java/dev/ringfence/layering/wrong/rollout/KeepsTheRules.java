package dev.ringfence.layering.wrong.rollout;

import java.security.SecureRandom;
import java.time.Instant;

/** Breaks no rule: a law that told on this one would tell on everybody. */
record KeepsTheRules(Instant now) {
  boolean isBefore(Instant later) {
    return now.isBefore(later);
  }

  static final class Repeatable extends SecureRandom {
    private static final long serialVersionUID = 1;

    @Override
    public int nextInt() {
      return 4;
    }
  }
}
