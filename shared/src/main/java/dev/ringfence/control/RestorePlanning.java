package dev.ringfence.control;

import dev.ringfence.engine.Histories;
import dev.ringfence.engine.Store;
import dev.ringfence.engine.World;
import dev.ringfence.fleet.RootPath;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import dev.ringfence.release.json.Path;
import dev.ringfence.release.json.Problems;
import dev.ringfence.release.json.Reading;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a restore: whose machines, what they are now, what they go back to. */
final class RestorePlanning {
  private final Store store;
  private final World world;

  RestorePlanning(Store store, World world) {
    this.store = store;
    this.world = world;
  }

  /** The plan, or the fields for which there is none. */
  Reading<RestorePlan> plan(RestoreAsk ask) {
    Problems problems = new Problems();
    Operation<Rollout, Batch> cause = cause(ask, problems);
    if (cause == null) {
      return new Reading.Refused<>(problems.list());
    }
    Map<String, Member> members = members(cause, ask, problems);
    if (problems.count() > 0) {
      return new Reading.Refused<>(problems.list());
    }
    // The restore looks at the same, and would not take what it finds spoilt.
    Sight sight =
        new Histories(store, cause.head().release().product())
            .into(world.observe(watch(ask, members)), members.keySet());
    return plan(ask, cause.head(), members, look(ask, sight, members), problems);
  }

  private Reading<RestorePlan> plan(
      RestoreAsk ask, Rollout cause, Map<String, Member> members, Sight sight, Problems problems) {
    Beds beds = new Beds(store, sight, ask);
    Exchanges exchanges = new Exchanges(ask);
    List<Bed> planned = new ArrayList<>();
    int index = 0;
    for (Member member : members.values()) {
      Rig rig = sight.rigs().get(member.machine());
      if (rig == null) {
        problems.add(
            ask.machines().isEmpty() ? "rollout" : Path.element("machines", index),
            member.machine()
                + " is no instance of this account and Region"
                + (sight.gaps().isEmpty() ? "" : ", or could not be read: " + sight.gaps()));
      } else {
        exchanges.check(rig, problems);
        planned.add(beds.of(member, rig));
      }
      index++;
    }
    if (problems.count() > 0) {
      return new Reading.Refused<>(problems.list());
    }
    List<Bed> detailed = detailed(exchanges, planned, sight);
    return new Reading.Accepted<>(new RestorePlan(id(cause, detailed), cause, detailed));
  }

  /** What is wanted for machines that would be stopped is known once their restore points are. */
  private List<Bed> detailed(Exchanges exchanges, List<Bed> planned, Sight sight) {
    if (planned.stream().noneMatch(bed -> bed.isRestoredBy(RootPath.B))) {
      return planned;
    }
    Sight closer = world.observe(Exchanges.watch(planned, sight.rigs()));
    return planned.stream()
        .map(bed -> {
          Rig rig = Objects.requireNonNull(sight.rigs().get(bed.machine()), "it has a bed");
          return exchanges.detailed(bed, rig, closer);
        })
        .toList();
  }

  /** The rollout that is named, or the newest that all the machines were in. */
  private @Nullable Operation<Rollout, Batch> cause(RestoreAsk ask, Problems problems) {
    String named = ask.rollout();
    if (named != null) {
      return rollout(named)
          .orElseGet(() -> {
            problems.add("rollout", "is no rollout of this account and Region");
            return null;
          });
    }
    Operation<Rollout, Batch> first = null;
    for (int i = 0; i < ask.machines().size(); i++) {
      Operation<Rollout, Batch> newest = newest(ask.machines().get(i)).orElse(null);
      String at = Path.element("machines", i);
      if (newest == null) {
        problems.add(at, "was in no rollout of this account and Region, so nothing is known of it");
      } else if (first != null && !first.head().id().equals(newest.head().id())) {
        problems.add(at, "was last in another rollout, " + newest.head().id() + ": ask apart");
      } else {
        first = newest;
      }
    }
    return problems.count() > 0 ? null : first;
  }

  private Optional<Operation<Rollout, Batch>> newest(String machine) {
    return store.pointersOf(machine).stream()
        .flatMap(pointer -> rollout(pointer.operation()).stream())
        .findFirst();
  }

  private Optional<Operation<Rollout, Batch>> rollout(String id) {
    try {
      return store.load(RolloutCourse.FORM, id);
    } catch (IllegalStateException anotherKind) {
      // A restore points to its machines too.
      return Optional.empty();
    }
  }

  private Map<String, Member> members(
      Operation<Rollout, Batch> cause, RestoreAsk ask, Problems problems) {
    Map<String, Member> all = new LinkedHashMap<>();
    cause.parts().stream()
        .flatMap(batch -> batch.members().stream())
        .forEach(member -> all.put(member.machine(), member));
    if (ask.machines().isEmpty()) {
      all.values().removeIf(member -> member.phase().hurtBehind() == null);
      if (all.isEmpty()) {
        problems.add("rollout", "has hurt no machine");
      }
      return all;
    }
    Map<String, Member> named = new LinkedHashMap<>();
    for (int i = 0; i < ask.machines().size(); i++) {
      String machine = ask.machines().get(i);
      Member member = all.get(machine);
      if (member == null) {
        problems.add(Path.element("machines", i), "is not in rollout " + cause.head().id());
      } else {
        named.put(machine, member);
      }
    }
    return named;
  }

  private static Watch watch(RestoreAsk ask, Map<String, Member> members) {
    Set<String> roots =
        members.values().stream()
            .map(Member::rootVolume)
            .flatMap(root -> Optional.ofNullable(root).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> snapshots =
        members.values().stream()
            .map(Member::point)
            .flatMap(point -> Optional.ofNullable(point).stream())
            .map(RestorePoint::snapshot)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!ask.point().equals(RestoreAsk.NEWEST)) {
      snapshots.add(ask.point());
    }
    Set<String> instances =
        members.keySet().stream()
            .filter(id -> id.startsWith("i-"))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return Watch.NOTHING
        .withRigs(instances)
        // Many machines take more calls than one look may make, and asking again goes on.
        .withObstacles(
            instances, ask.pathAsked() == RootPath.B ? instances : Set.of(), RestorePlan.VALID)
        .withMachines(instances, Set.of())
        .withRestorePoints(snapshots, Set.of(), Instant.EPOCH)
        .withPast(roots);
  }

  /** Once more, for restore points that only the first look has found. */
  private Sight look(RestoreAsk ask, Sight seen, Map<String, Member> members) {
    Set<String> found =
        seen.past().values().stream()
            .flatMap(List::stream)
            .map(RestorePoint::snapshot)
            .collect(Collectors.toSet());
    found.removeAll(seen.snapshots().keySet());
    members
        .values()
        .removeIf(member -> ask.machines().isEmpty() && member.machine().startsWith("mi-"));
    if (found.isEmpty()) {
      return seen;
    }
    Map<String, Sight.Snapshot> all = new LinkedHashMap<>(seen.snapshots());
    // They are listed by their state, so they are complete.
    found.forEach(snapshot -> all.put(snapshot, Sight.Snapshot.COMPLETED));
    return seen.again().snapshots(all).seen();
  }

  /**
   * The same machines with the same roots and the same history give the same id, so that pressing
   * Test twice begins one restore; a machine that was restored has another root.
   */
  private String id(Rollout cause, List<Bed> beds) {
    List<String> facts = new ArrayList<>();
    for (Bed bed : beds) {
      facts.add(bed.machine() + " " + bed.root() + " " + ended(bed.machine()));
    }
    return cause.release().product().replaceAll("[^A-Za-z0-9_-]", "-")
        + "-restore-"
        + Confirm.of(facts);
  }

  private long ended(String machine) {
    return store.pointersOf(machine).stream()
        .filter(pointer -> isOver(pointer.operation()))
        .count();
  }

  private boolean isOver(String id) {
    try {
      return store
          .load(RestoreCourse.FORM, id)
          .map(Operation::head)
          .filter(Restore::isFinal)
          .isPresent();
    } catch (IllegalStateException anotherKind) {
      // A rollout points to its machines too.
      return false;
    }
  }
}
