package dev.ringfence.policy;

import dev.ringfence.fleet.Consistency;
import dev.ringfence.release.json.Groups;
import dev.ringfence.release.json.Kind;
import dev.ringfence.release.json.Kinds;
import dev.ringfence.release.json.Times;
import java.time.Duration;
import java.util.List;

/** How machines are brought to rest for their restore points. */
public final class Quiescence {
  /** A script longer than this belongs on the machine, and its name in here. */
  private static final int LINES_MAX = 40;

  private static final Kind<List<String>> SCRIPT =
      Groups.repeatingListOf(
          Kinds.text("line", "[^\\p{Cc}\\p{Cs}]{1,500}", "a line of 1 to 500 printable characters"),
          0,
          LINES_MAX);

  /**
   * Volumes of one instant are what EC2 gives without touching the machine; more costs a pause that
   * only a team can allow.
   */
  public static final Setting<Consistency> CONSISTENCY =
      Setting.ofBoth(
          "consistency",
          Kinds.oneOf(Consistency.class),
          Consistency.CRASH,
          "How consistent restore points that a rollout takes shall be; more than CRASH makes"
              + " machines pause.");

  public static final Setting<List<String>> BEFORE_SNAPSHOT =
      Setting.ofBoth(
          "beforeSnapshot",
          SCRIPT,
          List.of(),
          "Shell lines that bring the applications of a Linux machine to rest, all of which must"
              + " succeed; without them its data file systems are frozen.");

  public static final Setting<List<String>> AFTER_SNAPSHOT =
      Setting.ofBoth(
          "afterSnapshot",
          SCRIPT,
          List.of(),
          "Shell lines that let them go on; they run after every beforeSnapshot, also a failed"
              + " one, and may run twice.");

  /**
   * As Data Lifecycle Manager has it for its scripts: ten seconds to two minutes. Half of it is the
   * commands' own, and what is left is several times what a snapshot takes to be started.
   */
  public static final Setting<Duration> FREEZE_LIMIT =
      Setting.ofBoth(
          "freezeLimit",
          Times.duration(Duration.ofSeconds(20), Duration.ofMinutes(2)),
          Duration.ofSeconds(60),
          "After what time a Linux machine goes on by itself; half of it is for beforeSnapshot.");

  /** Nobody is updated on less than what was asked for without a word from the team. */
  public static final Setting<WhenInconsistent> WHEN_INCONSISTENT =
      Setting.ofBoth(
          "whenInconsistent",
          Kinds.oneOf(WhenInconsistent.class),
          WhenInconsistent.LEAVE_OUT,
          "What becomes of a machine whose restore point is less consistent than asked for.");

  static final List<Setting<?>> ALL =
      List.of(CONSISTENCY, BEFORE_SNAPSHOT, AFTER_SNAPSHOT, FREEZE_LIMIT, WHEN_INCONSISTENT);

  private Quiescence() {}
}
