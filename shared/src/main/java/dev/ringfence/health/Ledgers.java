package dev.ringfence.health;

import dev.ringfence.health.Assessment.Weighed;
import dev.ringfence.health.HarmWeights.Shares;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up the evidence of all slices. Waves and strata are looked at for themselves so that
 * thousands of good machines do not drown a new kind of machine or a corrupted later wave.
 */
public final class Ledgers {
  /**
   * Deliveries are held at evidence 100, a false hold in at most 1 % of good releases: a hold costs
   * minutes and repairs itself, so it may come sooner than a halt.
   */
  public static final double HOLD_THRESHOLD = 100;

  /** The three ways to look at deliveries count the same. */
  private static final Shares DELIVERY_SHARES = new Shares(1 / 3.0, 1 / 3.0, 1 / 3.0);

  private Ledgers() {}

  /**
   * Evidence that the release does harm. A harmless release ever reaches the threshold 1/α with
   * probability at most α, provided that machines fail by themselves no more than the expected
   * failures say.
   *
   * @param weights fixed for the whole roll-out
   * @param alpha the tolerated probability of a false halt, in (0, 1)
   */
  public static Assessment harm(HarmWeights weights, double alpha, HarmTally tally) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be in (0, 1), got " + alpha);
    }
    List<Weighed> slices = new ArrayList<>();
    double slack = 0;
    slack += weigh(Signal.RETURN, weights.returns(), tally.returns(), slices);
    slack += weigh(Signal.LIVENESS, weights.liveness(), tally.liveness(), slices);
    double total = sum(slices) + slack + weights.race() * tally.race();
    return new Assessment(slices, tally.race(), weights.race(), total, 1 / alpha);
  }

  /** Evidence that the release cannot be delivered; reached means hold, not halt. */
  public static Assessment delivery(StreamTally tally) {
    List<Weighed> slices = new ArrayList<>();
    double slack = weigh(Signal.DELIVERY, DELIVERY_SHARES, tally, slices);
    return new Assessment(slices, HarmTally.NO_RACE, 0, sum(slices) + slack, HOLD_THRESHOLD);
  }

  /**
   * Weighs the slices of one stream into {@code slices} and returns the weight that no slice took:
   * without waves or strata their share stands at evidence 1, like a race that is not run.
   */
  private static double weigh(
      Signal signal, Shares shares, StreamTally tally, List<Weighed> slices) {
    slices.add(Weighed.of(signal, new Slice.Whole(), tally.whole(), shares.whole()));
    int waves = tally.waves().size();
    for (int i = 0; i < waves; i++) {
      Slice wave = new Slice.Wave(i + 1);
      slices.add(Weighed.of(signal, wave, tally.waves().get(i), shares.waves() / waves));
    }
    int strata = tally.strata().size();
    tally
        .strata()
        .forEach((name, counts) ->
            slices.add(
                Weighed.of(signal, new Slice.Stratum(name), counts, shares.strata() / strata)));
    return (waves == 0 ? shares.waves() : 0) + (strata == 0 ? shares.strata() : 0);
  }

  private static double sum(List<Weighed> slices) {
    return slices.stream().mapToDouble(each -> each.weight() * each.evidence()).sum();
  }
}
