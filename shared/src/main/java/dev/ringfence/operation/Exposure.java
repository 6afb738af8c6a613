package dev.ringfence.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a machine may have had on it what is quarantined now: a snapshot of it from that
 * time is no way back.
 *
 * @param from when it was given the release
 * @param to when it was proven to run something else; null when it never was
 */
public record Exposure(String version, Instant from, @Nullable Instant to) {
  /** Whether what was on the machine at this moment may be this version. */
  public boolean covers(Instant moment) {
    return !moment.isBefore(from) && (to == null || moment.isBefore(to));
  }
}
