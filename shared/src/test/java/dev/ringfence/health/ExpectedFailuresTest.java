package dev.ringfence.health;

import static dev.ringfence.health.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedFailuresTest {
  private static final Instant START = Instant.parse("2024-07-19T04:09:00Z");
  private static final double HAZARD = Rates.hazardPerMinute(35, 35_000);

  @Test
  void livenessOfTheCanary_matchesTheWorkedExample() {
    List<Dispatch> canary = List.of(new Dispatch(START, 98));
    assertClose(
        0.00169177, ExpectedFailures.liveness(canary, HAZARD, START.plus(Duration.ofMinutes(15))));
  }

  @Test
  void liveness_addsTheMinutesOfEachDispatch() {
    List<Dispatch> two =
        List.of(new Dispatch(START, 8), new Dispatch(START.plus(Duration.ofMinutes(10)), 90));
    Instant now = START.plus(Duration.ofMinutes(15));
    assertClose(0.01 * (8 * 15 + 90 * 5), ExpectedFailures.liveness(two, 0.01, now));
  }

  @Test
  void aStartedMinute_isChargedBeforeItsFailuresAreSeen() {
    List<Dispatch> one = List.of(new Dispatch(START, 10));
    assertEquals(0.1, ExpectedFailures.liveness(one, 0.01, START), 1e-12);
    assertEquals(0.1, ExpectedFailures.liveness(one, 0.01, START.plusSeconds(60)), 1e-12);
    assertEquals(0.2, ExpectedFailures.liveness(one, 0.01, START.plusSeconds(61)), 1e-12);
  }

  @Test
  void aMachine_isChargedInFullAtItsDispatch() {
    List<Dispatch> waves =
        List.of(new Dispatch(START, 8), new Dispatch(START.plus(Duration.ofHours(14)), 282));
    assertClose(0.016, ExpectedFailures.perDispatched(waves, Rates.RETURN_FLOOR, START));
    assertClose(
        0.58, ExpectedFailures.perDispatched(waves, 0.002, START.plus(Duration.ofHours(14))));
  }

  @Test
  void aDispatchToCome_isNotChargedYet() {
    List<Dispatch> later = List.of(new Dispatch(START, 8));
    Instant before = START.minusMillis(1);
    assertEquals(0, ExpectedFailures.perDispatched(later, 0.002, before));
    assertEquals(0, ExpectedFailures.liveness(later, HAZARD, before));
  }

  @Test
  void impossibleRates_areRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ExpectedFailures.perDispatched(List.of(), 1.1, START));
    assertThrows(
        IllegalArgumentException.class,
        () -> ExpectedFailures.liveness(List.of(), Double.NaN, START));
    assertThrows(IllegalArgumentException.class, () -> new Dispatch(START, 0));
  }
}
