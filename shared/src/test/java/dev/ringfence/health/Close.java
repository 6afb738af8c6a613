package dev.ringfence.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Comparison relative to the expected value: evidence spans many orders of magnitude. */
final class Close {
  private static final double RELATIVE = 1e-5;

  private Close() {}

  static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, Math.abs(expected) * RELATIVE);
  }
}
