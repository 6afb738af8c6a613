package dev.ringfence.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryTest {
  @ParameterizedTest
  @CsvSource({"200, 0.03, 78", "5000, 0.03, 98", "100000, 0.03, 99", "100000, 0.01, 298"})
  void size_matchesTheWorkedExamples(int machines, double detect, int size) {
    assertEquals(size, Canary.sizeFor(machines, detect, 0.05));
  }

  @Test
  void shortBake_needsALargerCanary() {
    assertEquals(110, Canary.sizeForEndlessFleet(0.03 * 0.9, 0.05));
    assertEquals(99, Canary.sizeForEndlessFleet(0.03, 0.05));
    assertEquals(1, Canary.sizeForEndlessFleet(1, 0.05));
  }

  /** The product of the chances to draw a good machine each time: exact, without replacement. */
  @ParameterizedTest
  @CsvSource({"20, 0.1", "200, 0.03", "1000, 0.01", "5000, 0.03", "100000, 0.01"})
  void canary_missesTheDefectRarely(int machines, double detect) {
    int broken = (int) Math.ceil(detect * machines - 1e-9);
    int canary = Canary.sizeFor(machines, detect, 0.05);
    double missed = 1;
    for (int drawn = 0; drawn < canary; drawn++) {
      missed *= (machines - broken - drawn) / (double) (machines - drawn);
    }
    // The formula is an approximation; it may be a tenth off the tolerated one in twenty.
    assertTrue(missed <= 0.055, "missed " + missed);
  }

  @Test
  void canary_isNeverLargerThanTheFleet() {
    for (int machines = 1; machines <= 500; machines++) {
      int canary = Canary.sizeFor(machines, 0.01, 0.05);
      assertTrue(canary >= 1 && canary <= machines);
    }
  }

  @Test
  void exposureBound_doesNotKnowTheFleet() {
    assertEquals(47, ExposureBound.harmed95(8, 10, 2), 0.5);
    assertEquals(24, ExposureBound.harmed95(8, 5, 2), 0.5);
    assertEquals(14, ExposureBound.harmed95(8, 3, 2), 0.5);
    assertEquals(60, ExposureBound.harmed95(60, 10, 2));
    assertEquals(10, ExposureBound.growthFor(ExposureBound.harmed95(1, 10, 2), 2), 1e-9);
  }

  @Test
  void impossibleShares_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> Canary.sizeFor(0, 0.1, 0.1));
    assertThrows(IllegalArgumentException.class, () -> Canary.sizeFor(1, 0, 0.1));
    assertThrows(IllegalArgumentException.class, () -> Canary.sizeForEndlessFleet(0.1, 1));
    assertThrows(IllegalArgumentException.class, () -> ExposureBound.harmed95(1, 10, 0));
  }
}
