package dev.ringfence.health;

import static dev.ringfence.health.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatesTest {
  @Test
  void upper95_matchesTheWorkedExamples() {
    assertClose(2.968531, PoissonBound.upper95(0));
    assertClose(9.146046, PoissonBound.upper95(4));
    assertEquals(4.73, PoissonBound.upper95(1), 0.005);
  }

  @Test
  void tolerated_isTheBoundOfTheHistoryOrTheFloor() {
    assertClose(0.00181624, Rates.tolerated(20, 20_000, Rates.DELIVERY_FLOOR));
    assertEquals(0.001, Rates.tolerated(0, 20_000, Rates.DELIVERY_FLOOR));
  }

  @Test
  void toleratedWithoutHistory_isTheFloor() {
    assertEquals(Rates.RETURN_FLOOR, Rates.tolerated(0, 0, Rates.RETURN_FLOOR));
    assertEquals(Rates.HAZARD_FLOOR_PER_DAY / 1440, Rates.hazardPerMinute(0, 0));
  }

  @Test
  void toleratedRate_isAShare() {
    assertEquals(1, Rates.tolerated(1, 1, Rates.RETURN_FLOOR));
    assertThrows(IllegalArgumentException.class, () -> Rates.tolerated(2, 1, 0.001));
    assertThrows(IllegalArgumentException.class, () -> Rates.tolerated(0, 1, 0));
  }

  @Test
  void hazard_matchesTheWorkedExample() {
    assertClose(1.150864e-6, Rates.hazardPerMinute(35, 35_000));
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "0.05, 4", "0.5, 7", "1, 9", "2.3, 12", "7, 22"})
  void surgeLimit_matchesTheWorkedExamples(double mean, int limit) {
    assertEquals(limit, PoissonBound.surgeLimit(mean));
  }

  @Test
  void surgeLimitOfAnImpossibleMean_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> PoissonBound.surgeLimit(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> PoissonBound.surgeLimit(-1));
  }
}
