package dev.ringfence.operation;

import java.time.Instant;

/**
 * A completed snapshot of a machine's root that is older than the machine's exposure.
 *
 * @param snapshot the root volume's snapshot, {@code snap-…}
 * @param takenAt the instant whose content it holds ({@code StartTime})
 */
public record RestorePoint(String snapshot, Instant takenAt) {}
