package dev.ringfence.health;

import static dev.ringfence.health.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.health.Assessment.Weighed;
import dev.ringfence.health.HarmWeights.Shares;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgersTest {
  private static final double CONTENT_ALPHA = 0.001;

  /** Canary of 98 in 5000 after 15 minutes, with a history of one failure in 1000 machine-days. */
  private static final double CANARY_EXPECTED = 0.00169177;

  @Test
  void nothingDispatched_isEvidenceOne() {
    HarmTally tally = HarmTally.withoutRace(StreamTally.NOTHING, StreamTally.NOTHING);
    assertClose(1, Ledgers.harm(HarmWeights.CONTENT, CONTENT_ALPHA, tally).evidence());
    assertClose(1, Ledgers.harm(HarmWeights.CAPABILITY, 0.01, tally).evidence());
    assertClose(1, Ledgers.delivery(StreamTally.NOTHING).evidence());
  }

  @Test
  void assessment_holdsEverySliceForTheJournal() {
    Tally pilot = new Tally(0, 0.01);
    Tally canary = new Tally(2, 0.04);
    Tally whole = new Tally(2, 0.05);
    Tally linux = new Tally(2, 0.03);
    StreamTally liveness =
        StreamTally.of(
            whole,
            List.of(pilot, canary, Tally.NOTHING),
            Map.of("windows", new Tally(0, 0.02), "linux", linux));
    HarmTally tally = new HarmTally(StreamTally.NOTHING, liveness, 5);
    Assessment actual = Ledgers.harm(HarmWeights.CONTENT, CONTENT_ALPHA, tally);
    double evidence =
        .25 * whole.evidence()
            + .05 * (pilot.evidence() + canary.evidence() + 1)
            + .125 * (linux.evidence() + new Tally(0, 0.02).evidence())
            + .35 * 5;
    assertClose(evidence, actual.evidence());
    List<Weighed> slices =
        List.of(
            Weighed.of(Signal.RETURN, new Slice.Whole(), Tally.NOTHING, 0),
            Weighed.of(Signal.LIVENESS, new Slice.Whole(), whole, .25),
            Weighed.of(Signal.LIVENESS, new Slice.Wave(1), pilot, .15 / 3),
            Weighed.of(Signal.LIVENESS, new Slice.Wave(2), canary, .15 / 3),
            Weighed.of(Signal.LIVENESS, new Slice.Wave(3), Tally.NOTHING, .15 / 3),
            Weighed.of(Signal.LIVENESS, new Slice.Stratum("linux"), linux, .125),
            Weighed.of(Signal.LIVENESS, new Slice.Stratum("windows"), new Tally(0, 0.02), .125));
    assertEquals(new Assessment(slices, 5, .35, actual.evidence(), 1000), actual);
  }

  @Test
  void secondFailureOfTheCanary_haltsAndTheFirstDoesNot() {
    assertFalse(canaryWith(1, 19.38453).reached());
    Assessment second = canaryWith(2, 708.455);
    assertClose(6865.0, .25 * second.slices().get(1).evidence());
    assertTrue(second.reached());
  }

  @Test
  void brokenStratum_haltsAmidThousandsOfGoodMachines() {
    Map<String, Tally> strata = Map.of("common", new Tally(0, 5), "rare", new Tally(4, 0.01));
    StreamTally liveness = StreamTally.of(new Tally(4, 5.01), List.of(), strata);
    HarmTally tally = HarmTally.withoutRace(StreamTally.NOTHING, liveness);
    assertTrue(Ledgers.harm(HarmWeights.CONTENT, CONTENT_ALPHA, tally).reached());
    StreamTally drowned = StreamTally.of(new Tally(4, 5.01), List.of(), Map.of());
    HarmTally unseen = HarmTally.withoutRace(StreamTally.NOTHING, drowned);
    assertFalse(Ledgers.harm(HarmWeights.CONTENT, CONTENT_ALPHA, unseen).reached());
  }

  @Test
  void returns_countOnTheCapabilityChannelOnly() {
    StreamTally returns = StreamTally.of(new Tally(3, 0.016), List.of(), Map.of());
    HarmTally tally = HarmTally.withoutRace(returns, StreamTally.NOTHING);
    assertTrue(Ledgers.harm(HarmWeights.CAPABILITY, 0.01, tally).reached());
    assertClose(1, Ledgers.harm(HarmWeights.CONTENT, 0.01, tally).evidence());
  }

  @Test
  void failedDeliveries_holdAtTheMeanOfThree() {
    Tally failed = new Tally(3, 0.1);
    assertClose(
        (failed.evidence() + 2) / 3,
        Ledgers.delivery(StreamTally.of(failed, List.of(), Map.of())).evidence());
    StreamTally all = StreamTally.of(failed, List.of(failed), Map.of("linux", failed));
    assertClose(failed.evidence(), Ledgers.delivery(all).evidence());
    assertTrue(Ledgers.delivery(all).reached());
    Tally one = new Tally(1, 0.02);
    assertFalse(
        Ledgers.delivery(StreamTally.of(one, List.of(one), Map.of("linux", one))).reached());
  }

  @Test
  void evidenceBeyondAllMeasure_staysFinite() {
    Tally broken = new Tally(1_000_000, 0);
    StreamTally all = StreamTally.of(broken, List.of(broken), Map.of("linux", broken));
    HarmTally tally = new HarmTally(all, all, HarmEvidence.MAX_EVIDENCE);
    assertTrue(Ledgers.harm(HarmWeights.CAPABILITY, 0.01, tally).evidence() <= 1.000001e300);
    assertTrue(Ledgers.harm(HarmWeights.CONTENT, 0.01, tally).reached());
  }

  @Test
  void moreFailuresInAnySlice_neverLowerTheTotal() {
    long seed = 21;
    System.out.println("LedgersTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      List<Tally> waves = new ArrayList<>();
      for (int wave = 0; wave < 4; wave++) {
        waves.add(new Tally(random.nextInt(6), random.nextDouble() * 3));
      }
      int hit = random.nextInt(4);
      double before = total(waves);
      waves.set(hit, new Tally(waves.get(hit).observed() + 1, waves.get(hit).expected()));
      assertTrue(total(waves) >= before);
    }
  }

  @Test
  void weightsThatDoNotSumToOne_areRefused() {
    Shares half = new Shares(.5, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> new HarmWeights(half, half, .1));
    assertThrows(IllegalArgumentException.class, () -> new Shares(-.1, 0, 0));
    HarmTally tally = HarmTally.withoutRace(StreamTally.NOTHING, StreamTally.NOTHING);
    assertThrows(IllegalArgumentException.class, () -> Ledgers.harm(HarmWeights.CONTENT, 0, tally));
    assertThrows(
        IllegalArgumentException.class,
        () -> new HarmTally(StreamTally.NOTHING, StreamTally.NOTHING, Double.NaN));
  }

  private static Assessment canaryWith(int failures, double race) {
    Tally canary = new Tally(failures, CANARY_EXPECTED);
    StreamTally liveness =
        StreamTally.of(canary, List.of(Tally.NOTHING, canary, Tally.NOTHING), Map.of());
    return Ledgers.harm(
        HarmWeights.CONTENT, CONTENT_ALPHA, new HarmTally(StreamTally.NOTHING, liveness, race));
  }

  private static double total(List<Tally> waves) {
    long observed = waves.stream().mapToLong(Tally::observed).sum();
    double expected = waves.stream().mapToDouble(Tally::expected).sum();
    StreamTally liveness =
        StreamTally.of(new Tally(observed, expected), waves, Map.of("linux", waves.getFirst()));
    return Ledgers.harm(
            HarmWeights.CONTENT,
            CONTENT_ALPHA,
            HarmTally.withoutRace(StreamTally.NOTHING, liveness))
        .evidence();
  }
}
