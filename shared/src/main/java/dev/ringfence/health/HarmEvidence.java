package dev.ringfence.health;

import java.util.Arrays;

/**
 * Weighs observed failures against those that a harmless release would be blamed for.
 *
 * <p>For one factor θ by which a release multiplies failures, {@code exp(x ln θ − (θ−1)A)} is the
 * likelihood ratio of x Poisson failures with mean θA against mean A. Nobody knows θ beforehand, so
 * the ratios of a whole range of factors are averaged (Robbins 1970). If the release is harmless
 * the average is a non-negative supermartingale starting at 1, and by Ville's inequality it reaches
 * 1/α with probability at most α, however often somebody looks.
 */
public final class HarmEvidence {
  /**
   * Factors that a release may multiply failures by. Below 1.1 harm cannot be told from a busy day;
   * between 1.1 and 2 finely, for large fleets with many failures; then doubling up to 1024, beyond
   * which two failures halt anyway. All above 1, so that an unusually healthy release never counts
   * as harm.
   */
  private static final double[] THETA = {1.1, 1.25, 1.5, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

  private static final double[] LN_THETA = Arrays.stream(THETA).map(Math::log).toArray();

  /**
   * Where evidence saturates: far beyond any threshold, yet sums of it stay finite, so that a
   * journal can hold the number (JSON has no infinity).
   */
  public static final double MAX_EVIDENCE = 1e300;

  private static final double LN_MAX_EVIDENCE = Math.log(MAX_EVIDENCE);

  private HarmEvidence() {}

  /**
   * The evidence that a release does harm.
   *
   * @param observed failures seen so far, at least 0
   * @param expected failures that a harmless release would have had by now, finite and at least 0;
   *     must already include every machine dispatched (see {@link ExpectedFailures})
   * @return 1 when nothing is known, above 1 for harm, below for health; at most {@link
   *     #MAX_EVIDENCE}
   * @throws IllegalArgumentException if a count is negative or not finite
   */
  public static double evidence(long observed, double expected) {
    requireCounts(observed, expected);
    // The greatest exponent is taken out first: thousands of failures would overflow exp().
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < THETA.length; i++) {
      greatest = Math.max(greatest, exponent(i, observed, expected));
    }
    double sum = 0;
    for (int i = 0; i < THETA.length; i++) {
      sum += Math.exp(exponent(i, observed, expected) - greatest);
    }
    double logEvidence = greatest + Math.log(sum / THETA.length);
    return logEvidence >= LN_MAX_EVIDENCE ? MAX_EVIDENCE : Math.exp(logEvidence);
  }

  /**
   * The fewest failures whose evidence reaches a threshold.
   *
   * @param expected failures that a harmless release would have had, finite and at least 0
   * @param threshold evidence to reach, above 0 and at most {@link #MAX_EVIDENCE}; for a slice that
   *     must halt alone it is 1/(α · weight of the slice)
   */
  public static long failuresToHalt(double expected, double threshold) {
    if (!(threshold > 0 && threshold <= MAX_EVIDENCE)) {
      throw new IllegalArgumentException("threshold must be in (0, 1e300], got " + threshold);
    }
    long enough = 1;
    while (evidence(enough, expected) < threshold) {
      enough = Math.multiplyExact(enough, 2L);
    }
    long tooFew = -1;
    while (enough - tooFew > 1) {
      long middle = tooFew + (enough - tooFew) / 2;
      if (evidence(middle, expected) < threshold) {
        tooFew = middle;
      } else {
        enough = middle;
      }
    }
    return enough;
  }

  static void requireCounts(long observed, double expected) {
    if (observed < 0) {
      throw new IllegalArgumentException("observed must be at least 0, got " + observed);
    }
    if (!(expected >= 0 && Double.isFinite(expected))) {
      throw new IllegalArgumentException("expected must be finite and >= 0, got " + expected);
    }
  }

  private static double exponent(int i, long observed, double expected) {
    return observed * LN_THETA[i] - (THETA[i] - 1) * expected;
  }
}
