package dev.ringfence.lab.judge;

import dev.ringfence.drill.Bay;
import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.engine.Store;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Operation;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.restore.Ward;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A finished run: the world, the store and what was observed on the way. */
record Run(SimulatedCloud cloud, Store store, CaseFile file) {
  List<Head> created() {
    return file.created();
  }

  List<Operation<Rollout, Batch>> rollouts() {
    return created().stream()
        .filter(Rollout.class::isInstance)
        .map(head -> store.load(RolloutCourse.FORM, head.id()).orElseThrow())
        .toList();
  }

  List<Operation<Restore, Ward>> restores() {
    return created().stream()
        .filter(Restore.class::isInstance)
        .map(head -> store.load(RestoreCourse.FORM, head.id()).orElseThrow())
        .toList();
  }

  List<Operation<Drill, Bay>> drills() {
    return created().stream()
        .filter(Drill.class::isInstance)
        .map(head -> store.load(DrillCourse.FORM, head.id()).orElseThrow())
        .toList();
  }

  /** The commands that installed a roll-out's release, in order. */
  List<Observed.Sent> updates(Rollout rollout) {
    return file.all(Observed.Sent.class).filter(sent -> sent.updates(rollout)).toList();
  }

  /** The writes to one operation, in order. */
  Stream<Observed.Written> writes(String id) {
    return file.all(Observed.Written.class).filter(write -> write.after().id().equals(id));
  }

  /** The write with which a roll-out's halt was decided; empty when it never was. */
  Optional<Observed.Written> halt(Rollout rollout) {
    return writes(rollout.id())
        .filter(write -> write.after().phaseName().equals("HALTING"))
        .findFirst();
  }

  static List<Member> members(Operation<Rollout, Batch> rollout) {
    return rollout.parts().stream().flatMap(batch -> batch.members().stream()).toList();
  }
}
