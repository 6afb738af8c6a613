package dev.ringfence.policy;

import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.release.json.Groups;
import dev.ringfence.release.json.Kinds;
import dev.ringfence.release.json.Times;
import java.time.Duration;
import java.util.List;

/** How hurt machines come back. */
public final class WayBack {
  /** More restores at once than this wait in EC2's throttle and not with us. */
  private static final int MOST_AT_ONCE = 1_000;

  /**
   * Waiting for a person costs more than the disk that a restore replaces, and that one is kept.
   */
  public static final Setting<RestoreMode> RESTORE =
      Setting.ofBoth(
          "restore",
          Kinds.oneOf(RestoreMode.class),
          RestoreMode.AUTO,
          "Whether hurt machines are restored by the halt itself, or when a person says so.");

  /**
   * Content comes many times a day and changes little: yesterday's disk will do, and a snapshot per
   * release would take longer than the release. New code gets a way back of its own.
   */
  public static final Setting<RestorePointRule> RESTORE_POINT =
      Setting.of(
          "restorePoint",
          PolicyKinds.RESTORE_POINT,
          new RestorePointRule.ReuseYoungerThan(Duration.ofDays(1)),
          new RestorePointRule.Fresh(),
          "The snapshots that a machine needs before it is updated.");

  public static final Setting<List<Unrestorable>> UPDATE_WITHOUT_RESTORE =
      Setting.ofBoth(
          "updateWithoutRestore",
          Groups.listOf(Kinds.oneOf(Unrestorable.class), 0, Unrestorable.values().length),
          List.of(),
          "Reasons for which machines are updated although they cannot be restored.");

  /** The hour that teams promise to their customers most often. */
  public static final Setting<Duration> RECOVERY_TIME =
      Setting.ofBoth(
          "recoveryTime",
          Times.duration(Setting.SHORTEST, Setting.LONGEST),
          Duration.ofHours(1),
          "Within what time the hurt machines of a ring must be back (RTO).");

  /**
   * Two of the periods after which a class is drilled again, so that one missed run does not stop
   * updates. Content comes too often to wait for drills. Without a drill network nobody could prove
   * anything, so nothing is asked then ({@link RolloutPolicy#channel}).
   */
  public static final Setting<Duration> MAX_DRILL_AGE =
      Setting.of(
          "maxDrillAge",
          Times.duration(Setting.NONE, Drills.LONGEST_PERIOD.multipliedBy(2)),
          Setting.NONE,
          Duration.ofDays(14),
          "How old the passing drill of a machine's class may be, where drills are set up; PT0S"
              + " asks for none.");

  /**
   * EC2's rate of mutating calls, half of it, would carry 1,500 restores of ten minutes (API
   * throttling), and AWS tells no limit of root replacements at once. A third of that is enough for
   * 2,500 machines in an hour.
   */
  public static final Setting<Integer> RESTORES_AT_ONCE =
      Setting.ofBoth(
          "restoresAtOnce",
          Kinds.count(1, MOST_AT_ONCE),
          500,
          "How many machines are restored at the same time.");

  /** Whoever got the release can still fall ill as late as a fault was expected to show. */
  public static final Setting<Duration> AFTERCARE =
      Setting.of(
              "aftercare",
              Pace.OBSERVATION.kind(),
              Pace.OBSERVATION.content(),
              Pace.OBSERVATION.capability(),
              "How long after a halt the exposed machines are still watched; as observation if absent.")
          .following(Pace.OBSERVATION);

  static final List<Setting<?>> ALL =
      List.of(
          RESTORE,
          RESTORE_POINT,
          UPDATE_WITHOUT_RESTORE,
          RECOVERY_TIME,
          MAX_DRILL_AGE,
          RESTORES_AT_ONCE,
          AFTERCARE);

  private WayBack() {}
}
