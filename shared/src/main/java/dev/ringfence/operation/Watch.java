package dev.ringfence.operation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a beat wants to look at. The world reads it in batches; what it could not read is missing
 * from the sight.
 *
 * @param fleet tags and their values by which machines are found; null when the fleet need not be
 *     found
 * @param machines whose vitals are wanted
 * @param commands Systems Manager command ids whose invocations are wanted
 * @param alarms alarm names
 * @param calendars Change Calendar names or ARNs
 * @param snapshots snapshot ids whose state is wanted
 * @param points root volumes for which an existing restore point is wanted, taken after {@code
 *     pointsSince}
 * @param replacements root replacement task ids
 * @param proofs whether it is wanted what drills have proven
 * @param lane the product and channel whose lane is wanted; null when it is not
 */
public record Watch(
    @Nullable Map<String, List<String>> fleet,
    Set<String> machines,
    Set<String> commands,
    Set<String> alarms,
    Set<String> calendars,
    Set<String> snapshots,
    Set<String> points,
    @Nullable Instant pointsSince,
    Set<String> replacements,
    boolean proofs,
    Lane.@Nullable Id lane) {

  /** Nothing to look at. */
  public static final Watch NOTHING =
      new Watch(
          null, Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, Set.of(), false,
          null);

  public Watch withFleet(Map<String, List<String>> selector) {
    return new Watch(
        selector,
        machines,
        commands,
        alarms,
        calendars,
        snapshots,
        points,
        pointsSince,
        replacements,
        proofs,
        lane);
  }

  public Watch withMachines(Set<String> ids, Set<String> commandIds) {
    return new Watch(
        fleet,
        ids,
        commandIds,
        alarms,
        calendars,
        snapshots,
        points,
        pointsSince,
        replacements,
        proofs,
        lane);
  }

  public Watch withGates(Set<String> alarmNames, Set<String> calendarNames) {
    return new Watch(
        fleet,
        machines,
        commands,
        alarmNames,
        calendarNames,
        snapshots,
        points,
        pointsSince,
        replacements,
        proofs,
        lane);
  }

  public Watch withRestorePoints(Set<String> pending, Set<String> volumes, Instant since) {
    return new Watch(
        fleet,
        machines,
        commands,
        alarms,
        calendars,
        pending,
        volumes,
        since,
        replacements,
        proofs,
        lane);
  }

  public Watch withReplacements(Set<String> tasks) {
    return new Watch(
        fleet,
        machines,
        commands,
        alarms,
        calendars,
        snapshots,
        points,
        pointsSince,
        tasks,
        proofs,
        lane);
  }

  public Watch withLane(Lane.Id id) {
    return new Watch(
        fleet,
        machines,
        commands,
        alarms,
        calendars,
        snapshots,
        points,
        pointsSince,
        replacements,
        proofs,
        id);
  }

  public Watch withProofs() {
    return new Watch(
        fleet,
        machines,
        commands,
        alarms,
        calendars,
        snapshots,
        points,
        pointsSince,
        replacements,
        true,
        lane);
  }
}
