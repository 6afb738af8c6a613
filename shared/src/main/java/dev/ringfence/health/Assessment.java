package dev.ringfence.health;

import java.util.List;

/**
 * What the ledgers say at one instant, complete enough to be recomputed from the journal.
 *
 * @param slices each slice with its counts, its weight and its evidence
 * @param race evidence of the race, {@link HarmTally#NO_RACE} where none is run
 * @param raceWeight weight of the race in the total; with those of the slices it sums to 1
 * @param evidence the weighted mean
 * @param threshold at which it is decided
 */
public record Assessment(
    List<Weighed> slices, double race, double raceWeight, double evidence, double threshold) {
  public Assessment {
    slices = List.copyOf(slices);
  }

  /**
   * Whether the threshold is reached. For harm this is the halt, for deliveries the hold. A halt is
   * for good: evidence may sink again later and does not revoke it.
   */
  public boolean reached() {
    return evidence >= threshold;
  }

  /**
   * One slice on the scales.
   *
   * @param signal the stream
   * @param slice the machines
   * @param tally their counts
   * @param weight in the total
   * @param evidence of the slice alone
   */
  public record Weighed(Signal signal, Slice slice, Tally tally, double weight, double evidence) {
    static Weighed of(Signal signal, Slice slice, Tally tally, double weight) {
      return new Weighed(signal, slice, tally, weight, tally.evidence());
    }
  }
}
