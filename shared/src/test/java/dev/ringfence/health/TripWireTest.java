package dev.ringfence.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.health.TripWire.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TripWireTest {
  private static final Instant START = Instant.parse("2024-07-19T04:09:00Z");

  @Test
  void failures_areTwoForReliableMachinesAndThreeForOthers() {
    assertEquals(
        new TripWire(2, TripWire.CAPABILITY_AGE_LIMIT),
        TripWire.of(8, 0.004, 0.01, TripWire.CAPABILITY_AGE_LIMIT));
    assertEquals(
        new TripWire(3, TripWire.CAPABILITY_AGE_LIMIT),
        TripWire.of(8, 0.014, 0.01, TripWire.CAPABILITY_AGE_LIMIT));
  }

  @Test
  void stratum_tripsWhenHalfOfItBreaksEarly() {
    TripWire wire = new TripWire(2, TripWire.CONTENT_AGE_LIMIT);
    assertTrue(wire.tripsOn(new Start(2, 2)));
    assertTrue(wire.tripsOn(new Start(2, 4)));
    assertFalse(wire.tripsOn(new Start(2, 5)));
    assertFalse(wire.tripsOn(new Start(1, 1)));
    assertFalse(wire.tripsOn(new Start(0, 0)));
  }

  @Test
  void tripped_namesTheStrataInOrder() {
    TripWire wire = new TripWire(2, TripWire.CONTENT_AGE_LIMIT);
    Map<String, Start> strata =
        Map.of("windows", new Start(3, 5), "arm", new Start(2, 2), "linux", new Start(2, 90));
    assertEquals(List.of("arm", "windows"), wire.tripped(strata));
  }

  @Test
  void lateFailures_doNotCount() {
    TripWire wire = new TripWire(2, TripWire.CONTENT_AGE_LIMIT);
    assertTrue(wire.isEarly(START, START));
    assertTrue(wire.isEarly(START, START.plus(Duration.ofMinutes(30))));
    assertFalse(wire.isEarly(START, START.plus(Duration.ofMinutes(30)).plusMillis(1)));
    assertFalse(wire.isEarly(START, START.minusMillis(1)));
    assertEquals(Duration.ofHours(2), TripWire.CAPABILITY_AGE_LIMIT);
  }

  /** One machine after the other, looked at after each: the bound must hold however they come. */
  @ParameterizedTest
  @ValueSource(doubles = {0.0001, 0.004, 0.014, 0.05, 0.2})
  void falseTrips_stayBelowTheBound(double rate) {
    for (int failures = 2; failures <= 3; failures++) {
      TripWire wire = new TripWire(failures, TripWire.CONTENT_AGE_LIMIT);
      double trips = chanceToTrip(wire, rate);
      double bound = TripWire.falseTrips(failures, 1, rate);
      assertTrue(trips <= bound, trips + " above " + bound);
      assertTrue(trips >= bound / 4, "a bound this loose says nothing: " + trips);
    }
  }

  @Test
  void impossibleSettings_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TripWire(1, TripWire.CONTENT_AGE_LIMIT));
    assertThrows(IllegalArgumentException.class, () -> new TripWire(2, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> TripWire.falseTrips(4, 1, 0.1));
    assertThrows(IllegalArgumentException.class, () -> TripWire.falseTrips(2, 0, 0.1));
    assertThrows(IllegalArgumentException.class, () -> new Start(2, 1));
  }

  /** Exact, by the distribution of the broken machines among paths that have not tripped yet. */
  private static double chanceToTrip(TripWire wire, double rate) {
    int machines = 60;
    double[] alive = new double[machines + 1];
    alive[0] = 1;
    double tripped = 0;
    for (int dispatched = 1; dispatched <= machines; dispatched++) {
      for (int broken = dispatched; broken >= 0; broken--) {
        double oneMore = broken == 0 ? 0 : alive[broken - 1] * rate;
        alive[broken] = alive[broken] * (1 - rate) + oneMore;
        if (wire.tripsOn(new Start(broken, dispatched))) {
          tripped += alive[broken];
          alive[broken] = 0;
        }
      }
    }
    return tripped;
  }
}
