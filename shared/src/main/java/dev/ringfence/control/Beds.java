package dev.ringfence.control;

import dev.ringfence.engine.Store;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.restore.Patient;
import dev.ringfence.restore.PatientPhase;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.restore.Ward;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of each machine what a restore would do to it, by what one look saw. */
final class Beds {
  /** A ping within two periods of five minutes and one more is a sign of life. */
  private static final Duration SILENCE = Duration.ofMinutes(11);

  /** What is done to a machine that was mended by hand, or came back by itself. */
  private static final String LIVES =
      "it shows life: it is watched for a quarter of an hour at the least and asked what it runs,"
          + " and its root is replaced only if it falls silent again";

  private static final Set<String> GONE = Set.of("terminated", "shutting-down");

  /** How many of a machine's operations are looked at: older ones are over. */
  private static final int POINTERS_MAX = 5;

  private final Store store;
  private final Sight sight;
  private final RestoreAsk ask;

  Beds(Store store, Sight sight, RestoreAsk ask) {
    this.store = store;
    this.sight = sight;
    this.ask = ask;
  }

  /** What would happen to a machine that EC2 knows. */
  Bed of(Member member, Rig rig) {
    RestorePoint point = point(member, rig);
    Optional<Operation<Restore, Ward>> busy = busy(member.machine());
    MemberPhase.Hurt hurt = member.phase().hurtBehind();
    String root = root(rig);
    String obstacle =
        busy.map(restore -> "restore " + restore.head().id() + " is at it already")
            .orElseGet(() -> obstacle(rig, root, point, member.phase().dispatchedAt()));
    Bed bed =
        new Bed(
            member.machine(),
            rig.zone(),
            rig.state(),
            root,
            member.phase().dispatchedAt(),
            point,
            point != null && point.equals(member.point()),
            showsLife(rig.machine()) && obstacle.isEmpty()
                ? LIVES
                : hurt == null ? "the rollout does not call it hurt" : hurt.evidence(),
            obstacle,
            busy.map(restore -> restore.head().id()).orElse(null),
            null);
    return bed.isRestored() ? routed(bed) : bed;
  }

  private Bed routed(Bed bed) {
    return switch (Route.choose(ask.pathAsked(), sight.obstacles().get(bed.machine()))) {
      case Route.Chosen.Open open -> bed.by(open.route());
      case Route.Chosen.None none -> bed.without(none.why());
    };
  }

  private static @Nullable String root(Rig rig) {
    Rig.Attached root = rig.root();
    return root == null ? null : root.volume();
  }

  private String obstacle(
      Rig rig, @Nullable String root, @Nullable RestorePoint point, @Nullable Instant exposed) {
    if (GONE.contains(rig.state())) {
      return "it is " + rig.state();
    }
    if (!rig.state().equals("running")) {
      return "it is "
          + rig.state()
          + ", and what somebody has switched off is not switched on here: start it first,"
          + " whatever it does then";
    }
    if (root == null) {
      return "it has no root volume to replace";
    }
    if (point == null) {
      return "it has no restore point that is older than the update";
    }
    if (sight.snapshots().get(point.snapshot()) != Sight.Snapshot.COMPLETED) {
      return "its restore point " + point.snapshot() + " is not there, or not complete";
    }
    if (exposed != null && !point.takenAt().isBefore(exposed)) {
      return "its restore point "
          + point.snapshot()
          + " was taken after the update, so it may hold what hurt it";
    }
    return spoilt(rig.machine(), point).orElseGet(() -> life(rig.machine()));
  }

  private Optional<String> spoilt(String machine, RestorePoint point) {
    return Optional.ofNullable(sight.spoiling(machine, point))
        .map(version ->
            "its restore point "
                + point.snapshot()
                + " was taken while it had "
                + version
                + ", which is quarantined");
  }

  /** What stands against it in the machine's vital signs; empty when they could be seen. */
  private String life(String machine) {
    Vitals vitals = sight.vitals().get(machine);
    Vitals.Ec2 ec2 = vitals == null ? null : vitals.ec2();
    if (vitals == null || ec2 == null || vitals.agent() == null) {
      return "it could not be looked at, and a root that may live is not thrown away";
    }
    return "";
  }

  private boolean showsLife(String machine) {
    Vitals vitals = sight.vitals().get(machine);
    Vitals.Ec2 ec2 = vitals == null ? null : vitals.ec2();
    return vitals != null
        && ec2 != null
        && ec2.allOk()
        && vitals.pingedAfter(sight.at().minus(SILENCE));
  }

  /**
   * The recorded one; else, or when that holds what is quarantined, the newest of its root that is
   * older and does not.
   */
  private @Nullable RestorePoint point(Member member, Rig rig) {
    List<RestorePoint> known = known(member, rig);
    if (!ask.point().equals(RestoreAsk.NEWEST)) {
      return known.stream()
          .filter(point -> point.snapshot().equals(ask.point()))
          .findFirst()
          .orElse(null);
    }
    RestorePoint recorded = member.point();
    if (recorded != null && sight.spoiling(member.machine(), recorded) == null) {
      return recorded;
    }
    Instant exposed = recorded != null ? recorded.takenAt() : member.phase().dispatchedAt();
    return known.stream()
        .filter(point -> exposed == null || point.takenAt().isBefore(exposed))
        .filter(point -> sight.spoiling(member.machine(), point) == null)
        .findFirst()
        .orElse(recorded);
  }

  /** Those of the root that it has now and of the one that it had when the rollout began. */
  private List<RestorePoint> known(Member member, Rig rig) {
    List<RestorePoint> known = new ArrayList<>();
    if (member.point() != null) {
      known.add(member.point());
    }
    for (String root : Arrays.asList(root(rig), member.rootVolume())) {
      known.addAll(root == null ? List.of() : sight.past().getOrDefault(root, List.of()));
    }
    known.sort(Comparator.comparing(RestorePoint::takenAt).reversed());
    return known;
  }

  /** The restore that has this machine in its hands. */
  private Optional<Operation<Restore, Ward>> busy(String machine) {
    return store.pointersOf(machine).stream()
        .limit(POINTERS_MAX)
        .flatMap(pointer -> restore(pointer.operation()).stream())
        .filter(restore -> !restore.head().isFinal())
        .filter(restore -> Restored.patients(restore).stream().anyMatch(p -> isAt(p, machine)))
        .findFirst();
  }

  private static boolean isAt(Patient patient, String machine) {
    return patient.machine().equals(machine) && !isOver(patient.phase());
  }

  private static boolean isOver(PatientPhase phase) {
    return phase.isFinal();
  }

  private Optional<Operation<Restore, Ward>> restore(String id) {
    try {
      return store.load(RestoreCourse.FORM, id);
    } catch (IllegalStateException anotherKind) {
      // The machine's rollouts and drills point here too.
      return Optional.empty();
    }
  }
}
