package dev.ringfence.rollout;

import dev.ringfence.fleet.Machine;
import dev.ringfence.health.AlarmSight;
import dev.ringfence.health.Check;
import dev.ringfence.health.Invocation;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds what a beat saw. */
public final class Sights {
  private final Instant at;
  private @Nullable List<Machine> fleet;
  private final Map<String, Vitals> vitals = new HashMap<>();
  private final Map<String, Map<String, Invocation>> invocations = new HashMap<>();
  private final Map<String, AlarmSight> alarms = new HashMap<>();
  private boolean alarmsRead = true;
  private @Nullable Boolean calendarOpen = true;
  private final Map<String, Sight.Snapshot> snapshots = new HashMap<>();
  private final Map<String, RestorePoint> points = new HashMap<>();
  private boolean pointsRead = true;
  private final Map<String, Sight.Replacement> replacements = new HashMap<>();
  private @Nullable Lane lane;

  private Sights(Instant at) {
    this.at = at;
  }

  public static Sights at(Instant at) {
    return new Sights(at);
  }

  /** Everybody of the operation pings now and has all checks ok. */
  public static Sights healthy(Operation<Rollout, Batch> operation, Instant at) {
    Sights sights = new Sights(at);
    operation.parts().stream()
        .flatMap(batch -> batch.members().stream())
        .forEach(member -> {
          sights.vitals(member.machine(), well(at));
          if (member.point() != null) {
            sights.snapshot(member.point().snapshot(), Sight.Snapshot.COMPLETED);
          }
        });
    return sights;
  }

  public static Vitals well(Instant at) {
    return new Vitals(at, checks(Check.OK, Check.OK, Check.OK), new Vitals.Agent(at));
  }

  public static Vitals.Ec2 checks(Check instance, Check system, Check ebs) {
    return new Vitals.Ec2("running", instance, system, ebs);
  }

  /** Impaired inside the guest, silent for long. */
  public static Vitals dead(Instant at) {
    return new Vitals(
        at,
        checks(Check.IMPAIRED, Check.OK, Check.OK),
        new Vitals.Agent(at.minus(java.time.Duration.ofHours(3))));
  }

  /** Somebody switched it off. */
  public static Vitals stopped(Instant at) {
    return new Vitals(
        at,
        new Vitals.Ec2("stopped", Check.UNKNOWN, Check.UNKNOWN, Check.UNKNOWN),
        new Vitals.Agent(at.minus(java.time.Duration.ofHours(3))));
  }

  /** The host underneath fails. */
  public static Vitals stalled(Instant at) {
    return new Vitals(
        at,
        checks(Check.OK, Check.IMPAIRED, Check.OK),
        new Vitals.Agent(at.minus(java.time.Duration.ofHours(3))));
  }

  public Sights fleet(List<Machine> machines) {
    fleet = machines;
    return this;
  }

  public Sights vitals(String machine, Vitals seen) {
    vitals.put(machine, seen);
    return this;
  }

  public Sights eachVitals(UnaryOperator<Vitals> change) {
    vitals.replaceAll((machine, seen) -> change.apply(seen));
    return this;
  }

  /** Every update command of the operation ran to its end on every machine. */
  public Sights ended(Operation<Rollout, Batch> operation) {
    operation.parts().stream()
        .flatMap(Batch::commands)
        .filter(sending -> sending.commandId() != null)
        .forEach(sending ->
            sending
                .machines()
                .forEach(machine ->
                    invocation(
                        Objects.requireNonNull(sending.commandId()),
                        machine,
                        new Invocation(
                            Invocation.Outcome.SUCCESS,
                            sending.intended().plusSeconds(30),
                            "",
                            "Success"))));
    return this;
  }

  public Sights noVitals() {
    vitals.clear();
    return this;
  }

  public Sights invocation(String command, String machine, Invocation seen) {
    invocations.computeIfAbsent(command, c -> new HashMap<>()).put(machine, seen);
    return this;
  }

  public Sights alarm(String name, String state, String evaluation) {
    alarms.put(name, new AlarmSight(name, state, evaluation, "because"));
    return this;
  }

  /** An alarm that went off at some moment. */
  public Sights fires(String name, Instant since) {
    alarms.put(name, new AlarmSight(name, "ALARM", "", "because", since));
    return this;
  }

  public Sights alarmsUnread() {
    alarmsRead = false;
    alarms.clear();
    return this;
  }

  public Sights calendar(@Nullable Boolean open) {
    calendarOpen = open;
    return this;
  }

  public Sights snapshot(String id, Sight.Snapshot seen) {
    snapshots.put(id, seen);
    return this;
  }

  public Sights snapshotsUnread() {
    snapshots.clear();
    return this;
  }

  public Sights point(String volume, RestorePoint point) {
    points.put(volume, point);
    return this;
  }

  /** Every machine of the operation has a restore point of an hour ago. */
  public Sights points(Operation<Rollout, Batch> operation) {
    for (Batch batch : operation.parts()) {
      for (Member member : batch.members()) {
        if (member.rootVolume() != null) {
          points.put(member.rootVolume(), pointOf(member));
        }
      }
    }
    return this;
  }

  public static RestorePoint pointOf(Member member) {
    return new RestorePoint("snap-" + member.machine(), Given.START.minusSeconds(3600));
  }

  public Sights pointsUnread() {
    points.clear();
    pointsRead = false;
    return this;
  }

  public Sights replacement(String task, Sight.Replacement seen) {
    replacements.put(task, seen);
    return this;
  }

  public Sights lane(@Nullable Lane seen) {
    lane = seen;
    return this;
  }

  public Sight seen() {
    return Sight.look(at)
        .fleet(fleet)
        .vitals(vitals)
        .invocations(invocations)
        .alarms(alarms, alarmsRead)
        .calendarOpen(calendarOpen)
        .snapshots(snapshots)
        .points(points, pointsRead)
        .replacements(replacements)
        .lane(lane)
        .seen();
  }
}
