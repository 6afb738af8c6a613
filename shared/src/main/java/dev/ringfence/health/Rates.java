package dev.ringfence.health;

/**
 * Failure rates that are tolerated because machines have them without any release.
 *
 * <p>The guarantee against false halts holds only while the true rate is not above the tolerated
 * one. Hence the bound of the history instead of its mean, and a quarter on top.
 */
public final class Rates {
  /**
   * One machine in 5,000 lost per day, whatever the history says: hosts retire and fail, and one
   * quiet week must not make the next single loss suspicious.
   */
  public static final double HAZARD_FLOOR_PER_DAY = 0.0002;

  /**
   * One reboot in 500 that does not come back in time is tolerated: fewer cannot be shown by the
   * few hundred reboots that a fleet's history holds.
   */
  public static final double RETURN_FLOOR = 0.002;

  /**
   * One delivery in 1,000 may fail although the machine is well (throttling, an agent restarting):
   * a failed delivery hurts nobody, it only holds the roll-out.
   */
  public static final double DELIVERY_FLOOR = 0.001;

  /** Next week may be a quarter worse than the upper bound of the last one. */
  private static final double HISTORY_MARGIN = 1.25;

  private static final double MINUTES_PER_DAY = 24 * 60;

  private Rates() {}

  /**
   * The share of machines that may fail without blame.
   *
   * @param failures in the history, at most {@code trials}
   * @param trials in the history; none means that only the floor is known
   * @param floor a share; the result is never below it
   * @return a share, at most 1
   */
  public static double tolerated(long failures, long trials, double floor) {
    if (failures < 0 || failures > trials) {
      throw new IllegalArgumentException(failures + " failures in " + trials + " trials");
    }
    if (!(floor > 0 && floor < 1)) {
      throw new IllegalArgumentException("floor must be in (0, 1), got " + floor);
    }
    return Math.min(1, Math.max(floor, historical(failures, (double) trials)));
  }

  /**
   * How many machines a machine-minute may lose without blame.
   *
   * @param failures lost heartbeats and crashes in the history
   * @param machineDays that the history covers; none means that only the floor is known
   * @return failures per machine-minute
   */
  public static double hazardPerMinute(long failures, double machineDays) {
    HarmEvidence.requireCounts(failures, machineDays);
    return Math.max(HAZARD_FLOOR_PER_DAY, historical(failures, machineDays)) / MINUTES_PER_DAY;
  }

  private static double historical(long failures, double exposure) {
    return exposure == 0 ? 0 : HISTORY_MARGIN * PoissonBound.upper95(failures) / exposure;
  }
}
