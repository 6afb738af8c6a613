package dev.ringfence.health;

/**
 * How much each way of looking contributes to the total. The weights are fixed before the first
 * dispatch and sum to 1: a weighted mean is the one sound way to combine evidence of slices that
 * overlap (Vovk and Wang 2021).
 *
 * @param returns weights of the returns after a reboot
 * @param liveness weights of heartbeats and crashes
 * @param race weight of the race against machines not updated yet
 */
public record HarmWeights(Shares returns, Shares liveness, double race) {
  /** Content does not reboot, so its weight is on liveness; the race needs no history. */
  public static final HarmWeights CONTENT =
      new HarmWeights(Shares.NONE, new Shares(.25, .15, .25), .35);

  /** Capability has both streams; no reboots happen in a control, so the race weighs less. */
  public static final HarmWeights CAPABILITY =
      new HarmWeights(new Shares(.15, .10, .15), new Shares(.15, .05, .15), .25);

  /** Rounding of a sum of seven decimal fractions. */
  private static final double ROUNDING = 1e-12;

  public HarmWeights {
    Shares.requireShare("race", race);
    double sum = returns.sum() + liveness.sum() + race;
    if (Math.abs(sum - 1) > ROUNDING) {
      throw new IllegalArgumentException("weights must sum to 1, got " + sum);
    }
  }

  /**
   * Weights inside one stream.
   *
   * @param whole of the whole
   * @param waves shared equally by the planned waves
   * @param strata shared equally by the planned strata
   */
  public record Shares(double whole, double waves, double strata) {
    /** A stream that does not count. */
    public static final Shares NONE = new Shares(0, 0, 0);

    public Shares {
      requireShare("whole", whole);
      requireShare("waves", waves);
      requireShare("strata", strata);
    }

    double sum() {
      return whole + waves + strata;
    }

    private static void requireShare(String name, double value) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(name + " must be between 0 and 1, got " + value);
      }
    }
  }
}
