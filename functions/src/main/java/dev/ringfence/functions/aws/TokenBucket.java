package dev.ringfence.functions.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A token bucket as AWS describes its own: full at first, one token a call, refilled steadily up to
 * its size. It never waits; whoever gets no token comes back later.
 */
final class TokenBucket {
  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final Limit limit;
  private final InstantSource clock;
  private double tokens;
  private Instant filledAt;

  TokenBucket(Limit limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
    this.tokens = limit.burst();
    this.filledAt = clock.instant();
  }

  /** Takes a token; false when there is none. */
  synchronized boolean take() {
    refill();
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  private void refill() {
    Instant now = clock.instant();
    // A clock that was set back must not take tokens away.
    if (now.isAfter(filledAt)) {
      double seconds = Duration.between(filledAt, now).toNanos() / NANOS_PER_SECOND;
      tokens = Math.min(limit.burst(), tokens + seconds * limit.perSecond());
    }
    filledAt = now;
  }

  /**
   * @param burst calls that may be made at once
   * @param perSecond calls a second in the long run
   */
  record Limit(int burst, double perSecond) {
    Limit {
      if (burst < 1 || perSecond <= 0) {
        throw new IllegalArgumentException("burst and perSecond must be positive");
      }
    }
  }
}
