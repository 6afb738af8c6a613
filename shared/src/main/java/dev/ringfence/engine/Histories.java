package dev.ringfence.engine;

import dev.ringfence.operation.Exposure;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Quarantine;
import dev.ringfence.operation.Sight;
import dev.ringfence.restore.PatientPhase;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.restore.Ward;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When machines had on them what is quarantined now, as the rollouts and restores that they were in
 * tell it: a plan must look at the same as the restore does. It lives for one look, since storms
 * have few operations for many machines.
 */
public final class Histories {
  /** How many of a machine's newest operations are read: restore points older than that expired. */
  private static final int POINTERS_MAX = 20;

  private final Store store;
  private final String product;
  private final Quarantine quarantine;
  private final Map<String, Optional<Operation<Rollout, Batch>>> rollouts = new HashMap<>();
  private final Map<String, Optional<Operation<Restore, Ward>>> restores = new HashMap<>();

  public Histories(Store store, String product) {
    this.store = store;
    this.product = product;
    this.quarantine = store.quarantine(product);
  }

  /** The same look with what is quarantined in it, and when these machines had that on them. */
  public Sight into(Sight sight, Set<String> machines) {
    Map<String, List<Exposure>> all = new HashMap<>();
    machines.forEach(machine -> all.put(machine, of(machine)));
    return sight.again().quarantine(quarantine).exposures(all).seen();
  }

  private List<Exposure> of(String machine) {
    List<Exposure> exposures = new ArrayList<>();
    if (quarantine.bans().isEmpty()) {
      return exposures;
    }
    List<Store.Pointer> newest =
        store.pointersOf(machine).stream()
            .sorted(Comparator.comparing(Store.Pointer::at).reversed())
            .limit(POINTERS_MAX)
            .toList();
    for (Store.Pointer pointer : newest.reversed()) {
      Instant proven = provenElse(pointer);
      if (proven != null) {
        exposures.replaceAll(exposure ->
            exposure.to() == null
                ? new Exposure(exposure.version(), exposure.from(), proven)
                : exposure);
      }
      banned(pointer).ifPresent(exposures::add);
    }
    return exposures;
  }

  private Optional<Exposure> banned(Store.Pointer pointer) {
    return rollout(pointer.operation())
        .filter(rollout -> wasSent(rollout, pointer.machine()))
        .map(rollout -> rollout.head().release())
        .filter(release -> release.product().equals(product))
        .filter(release -> quarantine.against(release).isPresent())
        .map(release -> new Exposure(release.version(), pointer.at(), null));
  }

  /** Pointers come first, and a halt may be quicker than the command that was to follow them. */
  private static boolean wasSent(Operation<Rollout, Batch> rollout, String machine) {
    return rollout.parts().stream()
        .flatMap(batch -> batch.members().stream())
        .filter(member -> member.machine().equals(machine))
        .noneMatch(member -> member.phase().dispatchedAt() == null);
  }

  /** When the machine was proven to run something that is not quarantined; null when it was not. */
  private @Nullable Instant provenElse(Store.Pointer pointer) {
    Optional<Operation<Rollout, Batch>> rollout = rollout(pointer.operation());
    if (rollout.isPresent()) {
      return quarantine.against(rollout.get().head().release()).isPresent()
          ? null
          : rollout.get().parts().stream()
              .flatMap(batch -> batch.members().stream())
              .filter(member -> member.machine().equals(pointer.machine()))
              .map(member -> member.phase())
              .filter(MemberPhase.Proven.class::isInstance)
              .map(phase -> ((MemberPhase.Proven) phase).at())
              .findFirst()
              .orElse(null);
    }
    return restore(pointer.operation()).stream()
        .flatMap(restore -> restore.parts().stream())
        .flatMap(ward -> ward.patients().stream())
        .filter(patient -> patient.machine().equals(pointer.machine()))
        .map(patient -> patient.phase())
        .filter(PatientPhase.Restored.class::isInstance)
        .map(phase -> ((PatientPhase.Restored) phase).at())
        .findFirst()
        .orElse(null);
  }

  private Optional<Operation<Rollout, Batch>> rollout(String id) {
    return rollouts.computeIfAbsent(
        id,
        one -> {
          try {
            return store
                .load(RolloutCourse.FORM, one)
                .filter(rollout -> rollout.head().release().product().equals(product));
          } catch (IllegalStateException anotherKind) {
            // Restores and drills point to their machines too.
            return Optional.empty();
          }
        });
  }

  private Optional<Operation<Restore, Ward>> restore(String id) {
    return restores.computeIfAbsent(
        id,
        one -> {
          try {
            return store
                .load(RestoreCourse.FORM, one)
                .filter(restore -> restore.head().product().equals(product));
          } catch (IllegalStateException anotherKind) {
            // Rollouts and drills point to their machines too.
            return Optional.empty();
          }
        });
  }
}
