package dev.ringfence.rollout;

/** How many machines must stay healthy before a rare defect may be ruled out. */
public final class Canary {
  /** Products like 0.07 · 100 end a hair above a whole number; that hair is not a machine. */
  private static final double ROUNDING = 1e-9;

  private Canary() {}

  /**
   * The fewest machines, drawn without replacement, among which a defect of the given share shows
   * at least once (the approximation of Cannon and Roe for freedom from disease).
   *
   * @param machines in the fleet, at least 1
   * @param detect share of machines that the defect breaks, in (0, 1]
   * @param miss tolerated probability to see none of them, in (0, 1)
   */
  public static int sizeFor(int machines, double detect, double miss) {
    if (machines < 1) {
      throw new IllegalArgumentException("machines must be at least 1, got " + machines);
    }
    requireShares(detect, miss);
    double broken = Math.max(1, Math.ceil(detect * machines - ROUNDING));
    double share = 1 - Math.pow(miss, 1 / broken);
    return (int) Math.min(machines, Math.ceil(share * (machines - (broken - 1) / 2)));
  }

  /**
   * The same for a fleet without end. A bake that ends before all broken machines have failed is a
   * smaller share: pass {@code detect} times the part that fails within the bake.
   */
  public static int sizeForEndlessFleet(double detect, double miss) {
    requireShares(detect, miss);
    return (int) Math.max(1, Math.ceil(Math.log(miss) / Math.log1p(-detect)));
  }

  private static void requireShares(double detect, double miss) {
    if (!(detect > 0 && detect <= 1)) {
      throw new IllegalArgumentException("detect must be in (0, 1], got " + detect);
    }
    if (!(miss > 0 && miss < 1)) {
      throw new IllegalArgumentException("miss must be in (0, 1), got " + miss);
    }
  }
}
