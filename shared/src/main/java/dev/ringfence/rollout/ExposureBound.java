package dev.ringfence.rollout;

import dev.ringfence.health.PoissonBound;

/**
 * The harm that a plan may do. When a wave passed, fewer than K failures were seen, so with 95 %
 * confidence fewer than U95(K−1) were due; the next wave multiplies the exposure by the growth. The
 * bound does not depend on the size of the fleet.
 */
public final class ExposureBound {
  /** K while machines that are not updated yet are quiet: two failures halt. */
  static final long FEWEST_FAILURES = 2;

  private ExposureBound() {}

  /**
   * Machines harmed, with 95 % confidence.
   *
   * @param pilot size of the first wave: a defect that breaks everybody breaks these
   * @param growth factor between waves, above 1
   * @param failuresToHalt K, at least 1; 2 while machines not updated yet are quiet
   */
  public static double harmed95(int pilot, double growth, long failuresToHalt) {
    return Math.max(pilot, growth * due(failuresToHalt));
  }

  /** The growth at which not more than this many machines are harmed, with 95 % confidence. */
  public static double growthFor(double harmed, long failuresToHalt) {
    return harmed / due(failuresToHalt);
  }

  private static double due(long failuresToHalt) {
    return PoissonBound.upper95(failuresToHalt - 1);
  }
}
