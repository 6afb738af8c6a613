package dev.ringfence.lab.clock;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a Retry.
 *
 * @param backoffRate by which each further wait is longer, at least 1
 * @param maxAttempts retries, not counting the first try
 */
record Retrier(
    List<String> errorEquals,
    Duration interval,
    double backoffRate,
    int maxAttempts,
    Optional<Duration> maxDelay) {
  private static final double MILLIS = 1000.0;

  /** The wait before the next retry, after so many of this retrier's have been used. */
  Duration delay(int used) {
    double millis = interval.toSeconds() * Math.pow(backoffRate, used) * MILLIS;
    double longest = maxDelay.map(Duration::toMillis).map(Long::doubleValue).orElse(millis);
    return Duration.ofMillis(Math.round(Math.min(millis, longest)));
  }
}
