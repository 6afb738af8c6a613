package dev.ringfence.health;

/**
 * Everything that speaks for or against harm at one instant.
 *
 * @param returns machines not back after the reboot; {@link StreamTally#NOTHING} without reboots
 * @param liveness lost heartbeats, crashes and alarms
 * @param race evidence of the race against machines that are not updated yet, or {@link #NO_RACE}
 */
public record HarmTally(StreamTally returns, StreamTally liveness, double race) {
  /**
   * Stands in for a race that is not run. A constant 1 has the expectation 1 whatever happens, so
   * the weighted mean with it is still a supermartingale under a harmless release and the bound on
   * false halts stays; only power is lost. Spreading the weight over the other slices, depending on
   * whether a race is there, would be a choice made after looking.
   */
  public static final double NO_RACE = 1;

  public HarmTally {
    if (!(race >= 0 && race <= HarmEvidence.MAX_EVIDENCE)) {
      throw new IllegalArgumentException("race must be between 0 and 1e300, got " + race);
    }
  }

  /** Counts without a race. */
  public static HarmTally withoutRace(StreamTally returns, StreamTally liveness) {
    return new HarmTally(returns, liveness, NO_RACE);
  }
}
