package dev.ringfence.health;

import static dev.ringfence.health.Close.assertClose;
import static dev.ringfence.health.HarmEvidence.evidence;
import static dev.ringfence.health.HarmEvidence.failuresToHalt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarmEvidenceTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "1, 0, 157.680769",
    "2, 0, 107546.5",
    "2, 0.01, 1121.19276",
    "3, 0.04, 3611.40667",
    "5, 1, 7.79963",
    "10, 2, 281.513811",
    "10, 10, 0.165669",
    "0, 1, 0.208365",
    "20, 5, 26495.2"
  })
  void evidence_matchesTheWorkedExamples(long observed, double expected, double evidence) {
    assertClose(evidence, evidence(observed, expected));
  }

  @ParameterizedTest
  @CsvSource({"0.005, 2", "0.001, 2", "0.01, 3", "0.1, 4", "1, 9", "15, 38"})
  void failuresToHalt_matchesTheWorkedExamplesOfContent(double expected, long failures) {
    assertEquals(failures, failuresToHalt(expected, 1000 / 0.25));
  }

  @ParameterizedTest
  @CsvSource({"0.016, 3", "0.1, 4", "0.6, 7", "3, 13", "15, 35", "196, 260"})
  void failuresToHalt_matchesTheWorkedExamplesOfCapability(double expected, long failures) {
    assertEquals(failures, failuresToHalt(expected, 100 / 0.15));
  }

  @Test
  void failuresToHalt_isTheFewestThatReachTheThreshold() {
    Random random = seeded(11);
    for (int i = 0; i < 2000; i++) {
      double expected = random.nextDouble() * 300;
      double threshold = Math.pow(10, random.nextDouble() * 6 - 1);
      long failures = failuresToHalt(expected, threshold);
      assertTrue(evidence(failures, expected) >= threshold);
      assertTrue(failures == 0 || evidence(failures - 1, expected) < threshold);
    }
  }

  @Test
  void moreFailures_neverLowerTheEvidence() {
    Random random = seeded(12);
    for (int i = 0; i < 20_000; i++) {
      long observed = random.nextInt(5000);
      double expected = random.nextDouble() * 1000;
      long more = observed + 1 + random.nextInt(100);
      assertTrue(evidence(more, expected) >= evidence(observed, expected));
    }
  }

  @Test
  void moreExpectedFailures_neverRaiseTheEvidence() {
    Random random = seeded(13);
    for (int i = 0; i < 20_000; i++) {
      long observed = random.nextInt(5000);
      double expected = random.nextDouble() * 1000;
      double more = expected + random.nextDouble() * 10;
      assertTrue(evidence(observed, more) <= evidence(observed, expected));
    }
  }

  @Test
  void aMillionFailures_saturateAndStayFinite() {
    assertEquals(HarmEvidence.MAX_EVIDENCE, evidence(1_000_000, 0));
    assertEquals(HarmEvidence.MAX_EVIDENCE, evidence(Integer.MAX_VALUE, 1e6));
    assertEquals(0, evidence(0, 1e9));
  }

  /** Sums of the series itself are the oracle; they are exact while nothing overflows. */
  @Test
  void evidence_isTheMeanOfTheLikelihoodRatios() {
    double[] theta = {1.1, 1.25, 1.5, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};
    Random random = seeded(14);
    for (int i = 0; i < 5000; i++) {
      int observed = random.nextInt(40);
      double expected = random.nextDouble() * 20;
      double sum = 0;
      for (double factor : theta) {
        sum += Math.pow(factor, observed) * Math.exp(-(factor - 1) * expected);
      }
      assertClose(sum / theta.length, evidence(observed, expected));
    }
  }

  /** Under a harmless release the expectation is 1 at any sample size: what Ville's bound needs. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.05})
  void expectationUnderAHarmlessRelease_isOne(double expected) {
    double mean = 0;
    double chance = Math.exp(-expected);
    // Beyond a hundred failures evidence saturates; at these means they add nothing.
    for (int failures = 0; failures < 100; failures++) {
      mean += chance * evidence(failures, expected);
      chance *= expected / (failures + 1);
    }
    assertEquals(1, mean, 1e-6);
  }

  @Test
  void impossibleCounts_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> evidence(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> evidence(0, -0.1));
    assertThrows(IllegalArgumentException.class, () -> evidence(0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> evidence(0, Double.POSITIVE_INFINITY));
    assertThrows(IllegalArgumentException.class, () -> failuresToHalt(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> failuresToHalt(1, 1e301));
  }

  private static Random seeded(long seed) {
    System.out.println("HarmEvidenceTest seed " + seed);
    return new Random(seed);
  }
}
