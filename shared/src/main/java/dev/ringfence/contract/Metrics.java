package dev.ringfence.contract;

/**
 * What the functions tell CloudWatch by embedded metric format; the stack's alarms and dashboards
 * know it by these names. Every metric has {@link #CELL} as a dimension: two cells of one account
 * and Region would otherwise speak for each other, and the silence of one would not be heard. What
 * is told of a product or of a class is there with that dimension too, and once more without it.
 */
public final class Metrics {
  public static final String NAMESPACE = "Ringfence";

  /** The dimension that names the cell, as the stack does. */
  public static final String CELL = "Cell";

  /** The dimension that names a product. */
  public static final String PRODUCT = "Product";

  /** The dimension that names a class of machines. */
  public static final String RESTORE_CLASS = "RestoreClass";

  /**
   * How many machines a drill judged, at its end. An alarm on its sum over a period that treats
   * missing data as breaching tells when no drill has run: the dead man's handle.
   */
  public static final String DRILLS_RUN = "DrillsRun";

  /** How many of them failed. */
  public static final String DRILLS_FAILED = "DrillsFailed";

  /** The share of machines whose class was proven within its period, in percent. */
  public static final String DRILL_COVERAGE = "DrillCoverage";

  /** The age of the oldest class's newest proof, in seconds. */
  public static final String OLDEST_PROOF = "OldestProofAge";

  /** From the start of a drill's swap until all checks were ok, in seconds; also by class. */
  public static final String RECOVERY_TIME = "RecoveryTime";

  /** The age of the snapshot that a drill restored, in seconds; also by class. */
  public static final String RECOVERY_POINT = "RecoveryPointAge";

  /** How many things of ended drills the janitor came upon, at each run of the schedule. */
  public static final String DRILL_LEFTOVERS = "DrillLeftovers";

  /** One for each run of the schedule, whether anything was due or not. */
  public static final String SCHEDULE_RUNS = "DrillScheduleRuns";

  /** How many restore points and replaced roots were removed because they had expired. */
  public static final String EXPIRED_REMOVED = "ExpiredRemoved";

  /** How many have expired and stay until somebody does something about it. */
  public static final String EXPIRED_STUCK = "ExpiredStuck";

  private Metrics() {}
}
