package dev.ringfence.release.json;

import java.time.Duration;
import java.time.Instant;

/** Kinds of times, all in ISO 8601, because a bare number does not say its unit. */
public final class Times {
  private Times() {}

  /** A duration such as {@code PT15M} or {@code P10D}, both limits included. */
  public static Kind<Duration> duration(Duration least, Duration most) {
    return Kinds.parsed(
        "duration",
        Kinds.schemaOf("string").put("format", "duration"),
        "an ISO 8601 duration from " + least + " to " + most,
        text -> {
          Duration duration = Duration.parse(text);
          boolean fits = duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
          return fits ? duration : null;
        },
        Duration::toString);
  }

  /** A moment such as {@code 2026-11-01T00:00:00Z}. */
  public static Kind<Instant> instant() {
    return Kinds.parsed(
        "moment",
        Kinds.schemaOf("string").put("format", "date-time"),
        "an ISO 8601 moment such as 2026-11-01T00:00:00Z",
        Instant::parse,
        Instant::toString);
  }
}
