package dev.ringfence.rollout;

import java.time.Duration;

/**
 * How fast and how carefully a release may spread.
 *
 * @param strata kinds of machines that the pilot should cover, at least 1
 * @param deadline from the first dispatch until all but the held-back machines are dispatched; at
 *     least two {@code minGap}, so that pilot, canary and rest fit for any fleet
 * @param minGap shortest wait between waves: dispatch and bake; must exceed the time in which a
 *     broken machine fails and is noticed
 * @param observation watch after all but the held-back machines are dispatched
 * @param growth wished factor between waves, at least 1.25; raised where the deadline forces it
 * @param detect share of broken machines that the canary must notice
 * @param miss tolerated probability that the canary does not
 * @param holdBack whether the last 2 % wait as control until the observation ends
 */
public record Pace(
    int strata,
    Duration deadline,
    Duration minGap,
    Duration observation,
    double growth,
    double detect,
    double miss,
    boolean holdBack) {
  /**
   * Below it a large fleet would need hundreds of waves, and a wave would teach next to nothing.
   */
  public static final double MIN_GROWTH = 1.25;

  /** Pilot to canary, canary to rest. */
  static final int FEWEST_GAPS = 2;

  public Pace {
    require(strata >= 1, "strata must be at least 1", strata);
    require(minGap.isPositive(), "minGap must be positive", minGap);
    require(!observation.isNegative(), "observation must not be negative", observation);
    require(
        deadline.compareTo(minGap.multipliedBy(FEWEST_GAPS)) >= 0,
        "deadline must leave room for two minGap of " + minGap,
        deadline);
    require(growth >= MIN_GROWTH && Double.isFinite(growth), "growth must be >= 1.25", growth);
    require(detect > 0 && detect <= 1, "detect must be in (0, 1]", detect);
    require(miss > 0 && miss < 1, "miss must be in (0, 1)", miss);
  }

  private static void require(boolean holds, String rule, Object got) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", got " + got);
    }
  }
}
