package dev.ringfence.health;

/**
 * Failures of one slice of the fleet in one stream.
 *
 * @param observed failures seen
 * @param expected failures that a harmless release would have had, see {@link ExpectedFailures}
 */
public record Tally(long observed, double expected) {
  /** A slice that nobody was dispatched to. Its evidence is 1. */
  public static final Tally NOTHING = new Tally(0, 0);

  public Tally {
    HarmEvidence.requireCounts(observed, expected);
  }

  /** The evidence that this slice was harmed. */
  public double evidence() {
    return HarmEvidence.evidence(observed, expected);
  }
}
