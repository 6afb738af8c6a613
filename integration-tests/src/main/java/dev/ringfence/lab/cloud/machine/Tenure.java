package dev.ringfence.lab.cloud.machine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One volume's time at one device of a machine.
 *
 * @param until null while it is still attached
 */
public record Tenure(String volumeId, String device, Instant from, @Nullable Instant until) {
  /** Whether the volume was attached at an instant; at the instant of detaching it no longer is. */
  public boolean covers(Instant at) {
    Instant end = until;
    return !at.isBefore(from) && (end == null || at.isBefore(end));
  }

  Tenure ended(String volume, Instant now) {
    return until == null && volumeId.equals(volume)
        ? new Tenure(volumeId, device, from, now)
        : this;
  }
}
