package dev.ringfence.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A completed snapshot of a machine's root that is older than the machine's exposure.
 *
 * @param snapshot the root volume's snapshot, {@code snap-…}
 * @param takenAt the instant whose content it holds ({@code StartTime})
 * @param holds the product, channel and version that its tag says it holds; null when it says
 *     nothing
 */
public record RestorePoint(String snapshot, Instant takenAt, @Nullable String holds) {
  /** A snapshot of which it is not known what it holds. */
  public RestorePoint(String snapshot, Instant takenAt) {
    this(snapshot, takenAt, null);
  }
}
