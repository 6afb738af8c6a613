package dev.ringfence.operation;

import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.health.AlarmSight;
import dev.ringfence.health.Invocation;
import dev.ringfence.health.Vitals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a sight together; what nobody sets was not seen. */
public final class SightBuilder {
  private final Instant at;
  private @Nullable List<Machine> fleet;
  private Map<String, Vitals> vitals = Map.of();
  private Map<String, Map<String, Invocation>> invocations = Map.of();
  private Map<String, AlarmSight> alarms = Map.of();
  private boolean alarmsRead;
  private @Nullable Boolean calendarOpen;
  private Map<String, Sight.Snapshot> snapshots = Map.of();
  private Map<String, RestorePoint> points = Map.of();
  private boolean pointsRead;
  private Map<String, List<RestorePoint>> past = Map.of();
  private Map<String, Sight.Replacement> replacements = Map.of();
  private Map<String, Rig> rigs = Map.of();
  private Map<String, Volume> volumes = Map.of();
  private Map<String, Set<Unrestorable>> obstacles = Map.of();
  private Map<String, Blueprint> blueprints = Map.of();
  private Map<String, Custody> custody = Map.of();
  private @Nullable Lane lane;
  private @Nullable Quarantine quarantine;
  private Map<String, List<Exposure>> exposures = Map.of();
  private @Nullable Proofs proofs;
  private List<String> gaps = new ArrayList<>();

  SightBuilder(Instant at) {
    this.at = at;
  }

  SightBuilder(Sight from) {
    this(from.at());
    fleet = from.fleet();
    vitals = from.vitals();
    invocations = from.invocations();
    alarms = from.alarms();
    alarmsRead = from.alarmsRead();
    calendarOpen = from.calendarOpen();
    snapshots = from.snapshots();
    points = from.points();
    pointsRead = from.pointsRead();
    past = from.past();
    replacements = from.replacements();
    rigs = from.rigs();
    volumes = from.volumes();
    obstacles = from.obstacles();
    blueprints = from.blueprints();
    custody = from.custody();
    lane = from.lane();
    quarantine = from.quarantine();
    exposures = from.exposures();
    proofs = from.proofs();
    gaps = from.gaps();
  }

  public SightBuilder fleet(@Nullable List<Machine> seen) {
    fleet = seen;
    return this;
  }

  public SightBuilder vitals(Map<String, Vitals> seen) {
    vitals = seen;
    return this;
  }

  public SightBuilder invocations(Map<String, Map<String, Invocation>> seen) {
    invocations = seen;
    return this;
  }

  /**
   * @param complete whether all that was asked for could be read
   */
  public SightBuilder alarms(Map<String, AlarmSight> seen, boolean complete) {
    alarms = seen;
    alarmsRead = complete;
    return this;
  }

  public SightBuilder calendarOpen(@Nullable Boolean open) {
    calendarOpen = open;
    return this;
  }

  public SightBuilder snapshots(Map<String, Sight.Snapshot> seen) {
    snapshots = seen;
    return this;
  }

  /**
   * @param complete whether all that was asked for could be read
   */
  public SightBuilder points(Map<String, RestorePoint> seen, boolean complete) {
    points = seen;
    pointsRead = complete;
    return this;
  }

  public SightBuilder past(Map<String, List<RestorePoint>> seen) {
    past = seen;
    return this;
  }

  public SightBuilder replacements(Map<String, Sight.Replacement> seen) {
    replacements = seen;
    return this;
  }

  public SightBuilder rigs(Map<String, Rig> seen) {
    rigs = seen;
    return this;
  }

  public SightBuilder volumes(Map<String, Volume> seen) {
    volumes = seen;
    return this;
  }

  public SightBuilder obstacles(Map<String, Set<Unrestorable>> seen) {
    obstacles = seen;
    return this;
  }

  public SightBuilder blueprints(Map<String, Blueprint> seen) {
    blueprints = seen;
    return this;
  }

  public SightBuilder custody(Map<String, Custody> seen) {
    custody = seen;
    return this;
  }

  public SightBuilder lane(@Nullable Lane seen) {
    lane = seen;
    return this;
  }

  public SightBuilder quarantine(@Nullable Quarantine seen) {
    quarantine = seen;
    return this;
  }

  public SightBuilder exposures(Map<String, List<Exposure>> seen) {
    exposures = seen;
    return this;
  }

  public SightBuilder proofs(@Nullable Proofs seen) {
    proofs = seen;
    return this;
  }

  public SightBuilder gaps(List<String> seen) {
    gaps = seen;
    return this;
  }

  public Sight seen() {
    return new Sight(
        at,
        fleet,
        vitals,
        invocations,
        alarms,
        alarmsRead,
        calendarOpen,
        snapshots,
        points,
        pointsRead,
        past,
        replacements,
        rigs,
        volumes,
        obstacles,
        blueprints,
        custody,
        lane,
        quarantine,
        exposures,
        proofs,
        List.copyOf(gaps));
  }
}
