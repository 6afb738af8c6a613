package dev.ringfence.operation;

import dev.ringfence.fleet.Consistency;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A completed snapshot of a machine's root that is older than the machine's exposure.
 *
 * @param snapshot the root volume's snapshot, {@code snap-…}
 * @param takenAt the instant whose content it holds ({@code StartTime})
 * @param holds the product, channel and version that its tag says it holds; null when it says
 *     nothing
 * @param beyondCrash what was achieved beyond {@link Consistency#CRASH}; null where it was nothing,
 *     as with all that were taken before anybody asked for more
 */
public record RestorePoint(
    String snapshot, Instant takenAt, @Nullable String holds, @Nullable Consistency beyondCrash) {
  public RestorePoint {
    beyondCrash = beyondCrash == Consistency.CRASH ? null : beyondCrash;
  }

  /** A snapshot of which it is not known what it holds. */
  public RestorePoint(String snapshot, Instant takenAt) {
    this(snapshot, takenAt, null, null);
  }

  /** One that is consistent as after a power cut, as every set of snapshots is. */
  public RestorePoint(String snapshot, Instant takenAt, @Nullable String holds) {
    this(snapshot, takenAt, holds, null);
  }

  /** What was achieved when it was taken. */
  public Consistency consistency() {
    return beyondCrash == null ? Consistency.CRASH : beyondCrash;
  }
}
