package dev.ringfence.health;

/** What a count of rare failures says about the number to be expected. */
public final class PoissonBound {
  /** The 95 % quantile of the standard normal distribution, rounded up: the bound errs upwards. */
  private static final double Z95 = 1.6449;

  /** Fewer than this many failures at once are never called a surge: two may be chance. */
  private static final int LEAST_SURGE = 3;

  /**
   * A surge that chance brings once in 100,000 looks: a look a minute is one false in ten weeks.
   */
  private static final double SURGE_CHANCE = 1e-5;

  /** Beyond this mean a surge limit would be meaningless, and the terms below would underflow. */
  private static final double MAX_SURGE_MEAN = 500;

  private PoissonBound() {}

  /**
   * With 95 % confidence the expected number of failures is below this, when x were seen (the
   * Wilson–Hilferty approximation of the exact Poisson limit).
   *
   * @param failures seen, at least 0
   */
  public static double upper95(long failures) {
    HarmEvidence.requireCounts(failures, 0);
    double next = failures + 1.0;
    double root = 1 - 1 / (9 * next) + Z95 / (3 * Math.sqrt(next));
    return next * root * root * root;
  }

  /**
   * The fewest failures in one look that are a surge: machines failing together for a cause that is
   * not the release.
   *
   * @param mean failures that chance brings in one look, between 0 and 500
   */
  public static int surgeLimit(double mean) {
    if (!(mean >= 0 && mean <= MAX_SURGE_MEAN)) {
      throw new IllegalArgumentException("mean must be between 0 and 500, got " + mean);
    }
    int limit = LEAST_SURGE;
    while (tail(mean, limit) > SURGE_CHANCE) {
      limit++;
    }
    return limit;
  }

  /** P(Poisson(mean) >= count), summed from the tail: 1 − P(less) would lose the digits we need. */
  private static double tail(double mean, int count) {
    double logTerm = -mean;
    for (int i = 1; i <= count; i++) {
      logTerm += Math.log(mean) - Math.log(i);
    }
    double term = Math.exp(logTerm);
    double sum = term;
    for (int i = count + 1; i <= mean || term > sum * Math.ulp(1.0); i++) {
      term *= mean / i;
      sum += term;
    }
    return sum;
  }
}
