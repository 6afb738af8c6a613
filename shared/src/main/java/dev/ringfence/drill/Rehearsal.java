package dev.ringfence.drill;

import dev.ringfence.fleet.Build;
import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.RestoreClass;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rehearsal of one machine's restore.
 *
 * @param restoreClass the name of the class that it stands for
 * @param rootVolume its root; null when it has none that could be restored
 * @param build what its clone is made of
 * @param result null until the verdict is reached
 * @param noted whether the store knows the result
 * @param evidence where what the clone showed is kept; empty when it is not
 */
public record Rehearsal(
    String machine,
    String restoreClass,
    @Nullable String rootVolume,
    Build build,
    RehearsalPhase phase,
    @Nullable DrillResult result,
    boolean noted,
    String evidence) {

  /** A machine that shall be rehearsed. */
  static Rehearsal of(Machine machine) {
    return new Rehearsal(
        machine.id(),
        RestoreClass.of(machine).name(),
        machine.rootVolume(),
        machine.build(),
        new RehearsalPhase.Waiting(),
        null,
        false,
        "");
  }

  /** Something that was asked for and is not there, which is a failure and not a missing row. */
  static Rehearsal ofNothing(Drill head, String machine, String restoreClass, Instant now) {
    DrillResult result =
        new DrillResult(
            head.id(),
            machine,
            restoreClass,
            now,
            new Verdict.Failed(DrillFailure.NO_MACHINE, "it is not in the fleet"));
    return new Rehearsal(
        machine,
        restoreClass,
        null,
        Build.UNKNOWN,
        new RehearsalPhase.Ended(now, ""),
        result,
        false,
        "");
  }

  Rehearsal in(RehearsalPhase next) {
    return new Rehearsal(machine, restoreClass, rootVolume, build, next, result, noted, evidence);
  }

  Rehearsal judged(DrillResult verdict) {
    return new Rehearsal(machine, restoreClass, rootVolume, build, phase, verdict, false, evidence);
  }

  Rehearsal markNoted() {
    return new Rehearsal(machine, restoreClass, rootVolume, build, phase, result, true, evidence);
  }

  Rehearsal kept(String where) {
    return new Rehearsal(machine, restoreClass, rootVolume, build, phase, result, noted, where);
  }

  boolean isEnded() {
    return phase instanceof RehearsalPhase.Ended && noted;
  }

  /** Whether it takes one of the places that the policy allows. */
  boolean isUnderWay() {
    return !(phase instanceof RehearsalPhase.Waiting || phase instanceof RehearsalPhase.Ended);
  }
}
