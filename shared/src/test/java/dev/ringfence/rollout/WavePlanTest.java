package dev.ringfence.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WavePlanTest {
  private static final Pace URGENT = content(Duration.ofHours(1), true);
  private static final Pace CAPABILITY =
      new Pace(
          8, Duration.ofDays(10), Duration.ofHours(14), Duration.ofDays(2), 5, 0.01, 0.05, true);

  static Stream<Arguments> examples() {
    return Stream.of(
        Arguments.of(10, URGENT, List.of(1, 2, 9, 10)),
        Arguments.of(200, URGENT, List.of(8, 40, 188, 200)),
        Arguments.of(5000, URGENT, List.of(8, 98, 980, 4900, 5000)),
        Arguments.of(100_000, URGENT, List.of(8, 99, 990, 9900, 98_000, 100_000)),
        Arguments.of(500_000, URGENT, List.of(8, 99, 1933, 37_753, 490_000, 500_000)),
        Arguments.of(5000, CAPABILITY, List.of(8, 290, 1450, 4900, 5000)),
        Arguments.of(100_000, CAPABILITY, List.of(8, 298, 1490, 7450, 37_250, 98_000, 100_000)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void sizes_matchTheWorkedExamples(int machines, Pace pace, List<Integer> sizes) {
    assertEquals(sizes, WavePlan.of(machines, pace).sizes());
  }

  static Stream<Arguments> gapExamples() {
    Pace careful = content(Duration.ofHours(4), true);
    return Stream.of(
        Arguments.of(200, URGENT, List.of(35.0, 25.0, 150.0, 0.0)),
        Arguments.of(100_000, URGENT, List.of(15.0, 15.0, 15.0, 15.0, 150.0, 0.0)),
        Arguments.of(100_000, careful, List.of(111.0, 63.0, 39.0, 27.0, 150.0, 0.0)),
        Arguments.of(5000, CAPABILITY, List.of(7628.57, 4234.29, 2537.14, 2880.0, 0.0)));
  }

  @ParameterizedTest
  @MethodSource("gapExamples")
  void gaps_matchTheWorkedExamples(int machines, Pace pace, List<Double> minutes) {
    List<Duration> watches = WavePlan.of(machines, pace).watches();
    assertEquals(minutes.size(), watches.size());
    for (int i = 0; i < minutes.size(); i++) {
      double expected = minutes.get(i);
      assertEquals(expected, watches.get(i).toSeconds() / 60.0, expected * 1e-5);
    }
  }

  @Test
  void growth_isRaisedOnlyAsFarAsTheDeadlineForces() {
    assertEquals(10, WavePlan.of(100_000, URGENT).growth());
    assertEquals(19.53125, WavePlan.of(500_000, URGENT).growth());
  }

  @Test
  void withoutHoldBack_theLastWaveIsWatchedAndNobodyWaits() {
    WavePlan plan = WavePlan.of(100_000, content(Duration.ofHours(1), false));
    assertEquals(List.of(8, 99, 990, 9900, 99_000, 100_000), fiveGaps().sizes());
    assertEquals(List.of(8, 99, 1237, 15_462, 100_000), plan.sizes());
    assertEquals(Duration.ofMinutes(150), plan.watches().getLast());
    assertEquals(0, plan.heldBack());
  }

  @Test
  void tinyFleets_goOneByOne() {
    Duration hour = Duration.ofHours(1);
    Duration watch = Duration.ofMinutes(150);
    Duration none = Duration.ZERO;
    assertEquals(List.of(1), WavePlan.of(1, URGENT).sizes());
    assertEquals(List.of(watch), WavePlan.of(1, URGENT).watches());
    assertEquals(List.of(1, 2), WavePlan.of(2, URGENT).sizes());
    assertEquals(List.of(watch, none), WavePlan.of(2, URGENT).watches());
    assertEquals(List.of(1, 2, 3), WavePlan.of(3, URGENT).sizes());
    assertEquals(List.of(hour, watch, none), WavePlan.of(3, URGENT).watches());
    Pace everybody = content(hour, false);
    assertEquals(List.of(1), WavePlan.of(1, everybody).sizes());
    assertEquals(List.of(1, 2), WavePlan.of(2, everybody).sizes());
    assertEquals(List.of(hour, watch), WavePlan.of(2, everybody).watches());
    assertEquals(List.of(1, 3), WavePlan.of(3, everybody).sizes());
  }

  @Test
  void anyPlan_keepsItsPromises() {
    long seed = 41;
    System.out.println("WavePlanTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      int machines = i < 300 ? i + 1 : (int) Math.pow(10, random.nextDouble() * 6);
      Pace pace = anyPace(random);
      keepsItsPromises(machines, pace, WavePlan.of(machines, pace));
    }
  }

  @Test
  void aMillionMachines_arePlannedInMicroseconds() {
    int sum = 0;
    for (int i = 0; i < 20_000; i++) {
      sum += WavePlan.of(WavePlan.MAX_MACHINES - i, URGENT).waves().size();
    }
    long before = System.nanoTime();
    int plans = 10_000;
    for (int i = 0; i < plans; i++) {
      sum += WavePlan.of(WavePlan.MAX_MACHINES - i, URGENT).waves().size();
    }
    double micros = (System.nanoTime() - before) / 1000.0 / plans;
    System.out.println("plan of a million machines: " + micros + " microseconds, sum " + sum);
    // Generous for a busy machine: work that grows with the fleet would take milliseconds.
    assertTrue(micros < 200, "took " + micros);
  }

  @Test
  void impossiblePlans_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> WavePlan.of(0, URGENT));
    assertThrows(IllegalArgumentException.class, () -> WavePlan.of(1_000_001, URGENT));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> content(Duration.ofMinutes(29), true));
    assertEquals(
        "deadline must leave room for two minGap of PT15M, got PT29M", refused.getMessage());
  }

  private static WavePlan fiveGaps() {
    return WavePlan.of(100_000, content(Duration.ofMinutes(75), false));
  }

  private static void keepsItsPromises(int machines, Pace pace, WavePlan plan) {
    List<Integer> sizes = plan.sizes();
    String where = machines + " " + pace + " " + plan;
    assertEquals(machines, sizes.getLast(), where);
    assertTrue(sizes.getFirst() >= 1, where);
    for (int i = 1; i < sizes.size(); i++) {
      assertTrue(sizes.get(i) > sizes.get(i - 1), where);
      // The canary follows its own formula, and the machines held back go together.
      if (i >= 2 && !(plan.heldBack() > 0 && i == sizes.size() - 1)) {
        double most = Math.max(sizes.get(i - 1) + 1.0, plan.growth() * sizes.get(i - 1));
        assertTrue(sizes.get(i) <= most, where);
      }
    }
    assertEquals(pace.holdBack() && machines > 1, plan.heldBack() > 0, where);
    keepsItsTimes(pace, plan, where);
  }

  private static void keepsItsTimes(Pace pace, WavePlan plan, String where) {
    List<Duration> watches = plan.watches();
    int gaps = watches.size() - 1 - (plan.heldBack() > 0 ? 1 : 0);
    Duration sum = watches.stream().reduce(Duration.ZERO, Duration::plus);
    Duration spread = gaps == 0 ? Duration.ZERO : pace.deadline();
    assertEquals(spread.plus(pace.observation()), sum, where);
    for (int i = 0; i < gaps; i++) {
      assertTrue(watches.get(i).compareTo(pace.minGap()) >= 0, where);
      assertTrue(i == 0 || watches.get(i).compareTo(watches.get(i - 1)) <= 0, where);
    }
  }

  private static Pace anyPace(Random random) {
    Duration minGap = Duration.ofMillis(1 + random.nextInt(50_000_000));
    Duration deadline = minGap.multipliedBy(2).plusMillis(random.nextInt(900_000_000));
    return new Pace(
        1 + random.nextInt(40),
        deadline,
        minGap,
        Duration.ofMillis(random.nextInt(200_000_000)),
        Pace.MIN_GROWTH + random.nextDouble() * 12,
        0.001 + random.nextDouble() * 0.5,
        0.001 + random.nextDouble() * 0.5,
        random.nextBoolean());
  }

  private static Pace content(Duration deadline, boolean holdBack) {
    return new Pace(
        8, deadline, Duration.ofMinutes(15), Duration.ofMinutes(150), 10, 0.03, 0.05, holdBack);
  }
}
