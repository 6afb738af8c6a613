package dev.ringfence.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
 * @param past root volumes of which all restore points are wanted
 * @param replacements root replacement task ids
 * @param proofs whether it is wanted what drills have proven
 * @param rigs machines of which is wanted how they are put together
 * @param volumes volume ids whose state is wanted
 * @param obstacles machines of which is wanted what stands in the way of either path back, or makes
 *     it cost
 * @param stops those of them of which is wanted even what takes two calls for each, namely what a
 *     stop would meet
 * @param stopsAge how long ago that may have been read; zero for now
 * @param blueprints root snapshots of which is wanted how their machine was put together then
 * @param custody machines of which is wanted in whose hands they are
 * @param quarantine the product of which is wanted what no machine gets; null when it is not
 * @param exposed machines of which is wanted when they had on them what is quarantined of it
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
    Set<String> past,
    Set<String> replacements,
    boolean proofs,
    Set<String> rigs,
    Set<String> volumes,
    Set<String> obstacles,
    Set<String> stops,
    Duration stopsAge,
    Set<String> blueprints,
    Set<String> custody,
    @Nullable String quarantine,
    Set<String> exposed,
    Lane.@Nullable Id lane) {

  /** Nothing to look at. */
  public static final Watch NOTHING =
      new Watch(
          null,
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          null,
          Set.of(),
          Set.of(),
          false,
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Duration.ZERO,
          Set.of(),
          Set.of(),
          null,
          Set.of(),
          null);

  public Watch withFleet(Map<String, List<String>> selector) {
    return change(wanted -> wanted.fleet = selector);
  }

  public Watch withMachines(Set<String> ids, Set<String> commandIds) {
    return change(wanted -> {
      wanted.machines = ids;
      wanted.commands = commandIds;
    });
  }

  public Watch withGates(Set<String> alarmNames, Set<String> calendarNames) {
    return change(wanted -> {
      wanted.alarms = alarmNames;
      wanted.calendars = calendarNames;
    });
  }

  public Watch withRestorePoints(Set<String> pending, Set<String> ofVolumes, Instant since) {
    return change(wanted -> {
      wanted.snapshots = pending;
      wanted.points = ofVolumes;
      wanted.pointsSince = since;
    });
  }

  public Watch withPast(Set<String> ofVolumes) {
    return change(wanted -> wanted.past = ofVolumes);
  }

  public Watch withReplacements(Set<String> tasks) {
    return change(wanted -> wanted.replacements = tasks);
  }

  public Watch withRigs(Set<String> ofMachines) {
    return change(wanted -> wanted.rigs = ofMachines);
  }

  public Watch withVolumes(Set<String> ids) {
    return change(wanted -> wanted.volumes = ids);
  }

  /**
   * @param toStop those that are to be stopped
   * @param age how long ago it may have been read what a stop of them would meet
   */
  public Watch withObstacles(Set<String> ofMachines, Set<String> toStop, Duration age) {
    return change(wanted -> {
      wanted.obstacles = ofMachines;
      wanted.stops = toStop;
      wanted.stopsAge = age;
    });
  }

  public Watch withBlueprints(Set<String> rootSnapshots) {
    return change(wanted -> wanted.blueprints = rootSnapshots);
  }

  public Watch withCustody(Set<String> ofMachines) {
    return change(wanted -> wanted.custody = ofMachines);
  }

  public Watch withProofs() {
    return change(wanted -> wanted.proofs = true);
  }

  public Watch withQuarantine(String product) {
    return change(wanted -> wanted.quarantine = product);
  }

  /** What is quarantined of a product, and when these machines had it on them. */
  public Watch withExposed(String product, Set<String> ofMachines) {
    return change(wanted -> {
      wanted.quarantine = product;
      wanted.exposed = ofMachines;
    });
  }

  public Watch withLane(Lane.Id id) {
    return change(wanted -> wanted.lane = id);
  }

  private Watch change(Consumer<Wanted> change) {
    Wanted wanted = new Wanted(this);
    change.accept(wanted);
    return wanted.watch();
  }

  /** A watch that is being changed. */
  private static final class Wanted {
    private @Nullable Map<String, List<String>> fleet;
    private Set<String> machines;
    private Set<String> commands;
    private Set<String> alarms;
    private Set<String> calendars;
    private Set<String> snapshots;
    private Set<String> points;
    private @Nullable Instant pointsSince;
    private Set<String> past;
    private Set<String> replacements;
    private boolean proofs;
    private Set<String> rigs;
    private Set<String> volumes;
    private Set<String> obstacles;
    private Set<String> stops;
    private Duration stopsAge;
    private Set<String> blueprints;
    private Set<String> custody;
    private @Nullable String quarantine;
    private Set<String> exposed;
    private Lane.@Nullable Id lane;

    private Wanted(Watch from) {
      fleet = from.fleet;
      machines = from.machines;
      commands = from.commands;
      alarms = from.alarms;
      calendars = from.calendars;
      snapshots = from.snapshots;
      points = from.points;
      pointsSince = from.pointsSince;
      past = from.past;
      replacements = from.replacements;
      proofs = from.proofs;
      rigs = from.rigs;
      volumes = from.volumes;
      obstacles = from.obstacles;
      stops = from.stops;
      stopsAge = from.stopsAge;
      blueprints = from.blueprints;
      custody = from.custody;
      quarantine = from.quarantine;
      exposed = from.exposed;
      lane = from.lane;
    }

    private Watch watch() {
      return new Watch(
          fleet,
          machines,
          commands,
          alarms,
          calendars,
          snapshots,
          points,
          pointsSince,
          past,
          replacements,
          proofs,
          rigs,
          volumes,
          obstacles,
          stops,
          stopsAge,
          blueprints,
          custody,
          quarantine,
          exposed,
          lane);
    }
  }
}
