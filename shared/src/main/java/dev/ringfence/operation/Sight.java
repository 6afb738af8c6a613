package dev.ringfence.operation;

import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.health.AlarmSight;
import dev.ringfence.health.Invocation;
import dev.ringfence.health.Vitals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a beat saw. Whatever is not in here was not seen, and what was not seen is no evidence of
 * anything.
 *
 * @param fleet the machines found; null when they were not asked for or could not be read
 * @param vitals by machine
 * @param invocations by command id, then by machine
 * @param alarms by name; a name that is missing although {@code alarmsRead} does not exist
 * @param calendarOpen whether every calendar is open; null when that could not be read
 * @param snapshots by snapshot id
 * @param points the newest completed restore point by root volume
 * @param past all completed restore points by root volume, the newest first; a volume that has none
 *     has an empty list
 * @param replacements by task id
 * @param rigs by machine; one that EC2 was asked for and does not list is missing as well
 * @param volumes by volume id
 * @param obstacles what stands in the way of either path back to a machine or makes it cost, by
 *     machine; one of which not everything could be read is missing
 * @param blueprints how machines were put together when a restore point was taken, by its root's
 *     snapshot
 * @param custody in whose hands machines are, by machine
 * @param lane the lane asked for; null when it was not
 * @param quarantine what of the product no machine gets; null when it was not asked for
 * @param exposures when machines may have had on them what is quarantined now, by machine
 * @param proofs what drills have proven; null when it was not asked for
 * @param gaps what could not be read and why, for the journal
 */
public record Sight(
    Instant at,
    @Nullable List<Machine> fleet,
    Map<String, Vitals> vitals,
    Map<String, Map<String, Invocation>> invocations,
    Map<String, AlarmSight> alarms,
    boolean alarmsRead,
    @Nullable Boolean calendarOpen,
    Map<String, Snapshot> snapshots,
    Map<String, RestorePoint> points,
    boolean pointsRead,
    Map<String, List<RestorePoint>> past,
    Map<String, Replacement> replacements,
    Map<String, Rig> rigs,
    Map<String, Volume> volumes,
    Map<String, Set<Unrestorable>> obstacles,
    Map<String, Blueprint> blueprints,
    Map<String, Custody> custody,
    @Nullable Lane lane,
    @Nullable Quarantine quarantine,
    Map<String, List<Exposure>> exposures,
    @Nullable Proofs proofs,
    List<String> gaps) {

  /** A look that saw nothing at all. */
  public static Sight blind(Instant at) {
    return look(at).seen();
  }

  /** Begins a look that has not seen anything yet. */
  public static SightBuilder look(Instant at) {
    return new SightBuilder(at);
  }

  /** The same look, to be changed. */
  public SightBuilder again() {
    return new SightBuilder(this);
  }

  /** The same look with a lane in it. */
  public Sight with(Lane seen) {
    return again().lane(seen).seen();
  }

  /** The same look with what is quarantined in it. */
  public Sight with(Quarantine seen) {
    return again().quarantine(seen).seen();
  }

  /** The same look with who holds machines in it. */
  public Sight with(Map<String, Custody> held) {
    return again().custody(held).seen();
  }

  /** The same look with what drills have proven in it. */
  public Sight with(Proofs proven) {
    return again().proofs(proven).seen();
  }

  /**
   * What is quarantined and was on a machine when a restore point of it was taken; null when
   * nothing was.
   */
  public @Nullable String spoiling(String machine, RestorePoint point) {
    return exposures.getOrDefault(machine, List.of()).stream()
        .filter(exposure -> exposure.covers(point.takenAt()))
        .map(Exposure::version)
        .findFirst()
        .orElse(null);
  }

  /** The invocation of one command on one machine; null when it was not seen. */
  public @Nullable Invocation invocation(@Nullable String commandId, String machine) {
    return commandId == null ? null : invocations.getOrDefault(commandId, Map.of()).get(machine);
  }

  /**
   * Where a snapshot stands; EC2's words are {@code pending}, {@code completed}, {@code error} and
   * two of recovery.
   */
  public enum Snapshot {
    PENDING,
    COMPLETED,
    FAILED
  }

  /** Where a root replacement stands; the words are EC2's task states. */
  public enum Progress {
    UNDER_WAY,
    SUCCEEDED,
    /** It failed and the old root is attached as before. */
    FAILED,
    /** It failed and left the machine without a root. */
    FAILED_DETACHED
  }

  /**
   * One root replacement task.
   *
   * @param ended when EC2 completed the task; null while it has not
   */
  public record Replacement(Progress progress, @Nullable Instant ended) {}
}
