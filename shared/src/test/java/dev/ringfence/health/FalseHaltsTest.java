package dev.ringfence.health;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.health.HarmWeights.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Sends a harmless release, on machines that fail exactly as often as is tolerated, and looks after
 * every single failure. The guarantee says that this halts with probability alpha at most.
 */
class FalseHaltsTest {
  private static final double ALPHA = 0.05;
  private static final double RATE = 0.01;
  private static final long SEED = 20_240_719;
  private static final int RUNS = 1000;
  private static final Instant START = Instant.parse("2024-07-19T04:09:00Z");
  private static final int[] WAVES = {8, 90, 882};
  private static final Duration GAP = Duration.ofMinutes(20);
  private static final double BAKE_MINUTES = 15;
  private static final double MEAN_MINUTES_TO_FAIL = 2;

  /** Nothing but the slices under test, so that no slack hides a false halt. */
  private static final HarmWeights WEIGHTS = new HarmWeights(Shares.NONE, new Shares(.6, .4, 0), 0);

  private interface Charge {
    double expected(Instant dispatched, int machines, int failed, Instant now);
  }

  @Test
  void chargedAtDispatch_falseHaltsStayBelowAlpha() {
    double share = falseHalts(RUNS, FalseHaltsTest::atDispatch);
    assertTrue(share <= ALPHA, () -> "seed " + SEED + ": " + share);
  }

  /** The mistake itself, to show that the test above could fail. */
  @Test
  void chargedAtBakeEnd_nearlyEveryGoodReleaseHalts() {
    double share = falseHalts(RUNS / 10, FalseHaltsTest::atBakeEnd);
    assertTrue(share > 0.9, () -> "seed " + SEED + ": " + share);
  }

  @Test
  void livenessChargedByTheMinute_falseHaltsStayBelowAlpha() {
    Random random = new Random(SEED);
    double hazard = 0.0002;
    int halted = 0;
    for (int run = 0; run < RUNS; run++) {
      halted += livenessHalts(hazard, random) ? 1 : 0;
    }
    double share = halted / (double) RUNS;
    System.out.println("liveness: false halts " + share + ", seed " + SEED);
    assertTrue(share <= ALPHA, () -> "seed " + SEED + ": " + share);
  }

  private static double atDispatch(Instant dispatched, int machines, int failed, Instant now) {
    return ExpectedFailures.perDispatched(List.of(new Dispatch(dispatched, machines)), RATE, now);
  }

  /** Counts a machine when its outcome is known: failures at once, successes after the bake. */
  private static double atBakeEnd(Instant dispatched, int machines, int failed, Instant now) {
    boolean baked = minutes(dispatched, now) >= BAKE_MINUTES;
    return RATE * (baked ? machines : failed);
  }

  private static double falseHalts(int runs, Charge charge) {
    Random random = new Random(SEED);
    int halted = 0;
    for (int run = 0; run < runs; run++) {
      halted += halts(drawFailures(random), charge) ? 1 : 0;
    }
    double share = halted / (double) runs;
    System.out.println("false halts " + share + ", seed " + SEED);
    return share;
  }

  /** Instants of failure per wave, sorted. */
  private static List<List<Instant>> drawFailures(Random random) {
    List<List<Instant>> failures = new ArrayList<>();
    for (int wave = 0; wave < WAVES.length; wave++) {
      List<Instant> ofWave = new ArrayList<>();
      for (int machine = 0; machine < WAVES[wave]; machine++) {
        if (random.nextDouble() < RATE) {
          double minutes = -MEAN_MINUTES_TO_FAIL * Math.log(1 - random.nextDouble());
          ofWave.add(dispatched(wave).plusMillis((long) (minutes * 60_000)));
        }
      }
      failures.add(ofWave.stream().sorted().toList());
    }
    return failures;
  }

  private static boolean halts(List<List<Instant>> failures, Charge charge) {
    return failures.stream()
        .flatMap(List::stream)
        .sorted()
        .anyMatch(now -> haltsAt(now, failures, charge));
  }

  private static boolean haltsAt(Instant now, List<List<Instant>> failures, Charge charge) {
    List<Tally> waves = new ArrayList<>();
    for (int wave = 0; wave < WAVES.length; wave++) {
      int failed = (int) failures.get(wave).stream().filter(at -> !at.isAfter(now)).count();
      Instant dispatched = dispatched(wave);
      double expected =
          dispatched.isAfter(now) ? 0 : charge.expected(dispatched, WAVES[wave], failed, now);
      waves.add(new Tally(failed, expected));
    }
    return reached(waves);
  }

  private static boolean livenessHalts(double hazard, Random random) {
    List<List<Instant>> failures = new ArrayList<>();
    Instant end = dispatched(WAVES.length);
    for (int wave = 0; wave < WAVES.length; wave++) {
      List<Instant> ofWave = new ArrayList<>();
      for (int machine = 0; machine < WAVES[wave]; machine++) {
        double minutes = -Math.log(1 - random.nextDouble()) / hazard;
        if (minutes < minutes(dispatched(wave), end)) {
          ofWave.add(dispatched(wave).plusMillis((long) (minutes * 60_000)));
        }
      }
      failures.add(ofWave.stream().sorted().toList());
    }
    return halts(
        failures,
        (dispatched, machines, failed, now) ->
            ExpectedFailures.liveness(List.of(new Dispatch(dispatched, machines)), hazard, now));
  }

  private static boolean reached(List<Tally> waves) {
    Tally whole =
        new Tally(
            waves.stream().mapToLong(Tally::observed).sum(),
            waves.stream().mapToDouble(Tally::expected).sum());
    HarmTally tally =
        HarmTally.withoutRace(StreamTally.NOTHING, StreamTally.of(whole, waves, Map.of()));
    return Ledgers.harm(WEIGHTS, ALPHA, tally).reached();
  }

  private static Instant dispatched(int wave) {
    return START.plus(GAP.multipliedBy(wave));
  }

  private static double minutes(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 60_000.0;
  }
}
