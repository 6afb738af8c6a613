package dev.ringfence.drill;

import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.Course;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Proofs;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.Settled;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state machine of a drill. */
public final class DrillCourse implements Course<Drill, Bay> {
  /** How the engine and the store handle drills. */
  public static final Form<Drill, Bay> FORM =
      new Form<>(Head.Kind.DRILL, Drill.class, Bay.class, new DrillCourse());

  private DrillCourse() {}

  @Override
  public Watch watch(Operation<Drill, Bay> operation, Instant now) {
    return switch (operation.head().phase()) {
      case DrillPhase.Planning p ->
          Watch.NOTHING.withFleet(operation.head().selector()).withProofs();
      case DrillPhase.Running r -> DrillWatch.of(operation.parts());
      case DrillPhase.Done d -> Watch.NOTHING;
    };
  }

  @Override
  public Decision<Drill, Bay> decide(Operation<Drill, Bay> operation, Sight sight, Instant now) {
    return switch (operation.head().phase()) {
      case DrillPhase.Planning planning -> plan(operation, planning, sight, now);
      case DrillPhase.Running running -> run(operation, running, sight, now);
      case DrillPhase.Done d ->
          new Decision<>(operation.head(), operation.parts(), List.of(), List.of(), now);
    };
  }

  private static Decision<Drill, Bay> plan(
      Operation<Drill, Bay> operation, DrillPhase.Planning planning, Sight sight, Instant now) {
    Drill head = operation.head();
    List<Machine> fleet = sight.fleet();
    Proofs proofs = sight.proofs();
    Request request = operation.request();
    if (request != null) {
      return over(operation, now, null, "stopped by " + request.by() + ": " + request.evidence());
    }
    if (fleet == null || proofs == null) {
      return now.isAfter(planning.since().plus(DrillTempo.PLANNING))
          ? over(operation, now, null, "the fleet could not be read: " + sight.gaps())
          : new Decision<>(
              head, operation.parts(), List.of(), List.of(), now.plus(DrillTempo.LOOK));
    }
    Coverage coverage = DrillSchedule.coverage(fleet, proofs, head.rules(), now);
    List<Rehearsal> chosen = DrillPlanning.choose(head, fleet, proofs, now);
    if (chosen.isEmpty()) {
      return over(operation, now, coverage, "no class is due");
    }
    return new Decision<>(
        head.in(new DrillPhase.Running(now, coverage)),
        Bay.of(chosen),
        List.of(chosen(head, chosen, coverage, now)),
        List.of(),
        now);
  }

  private static JournalEntry chosen(
      Drill head, List<Rehearsal> chosen, Coverage coverage, Instant now) {
    return new JournalEntry(
        now,
        "beat",
        "drills " + chosen.size() + " machines, asked for by " + head.by(),
        chosen.stream().map(one -> one.machine() + " for " + one.restoreClass()).toList()
            + ", proven before: "
            + coverage);
  }

  private static Decision<Drill, Bay> over(
      Operation<Drill, Bay> operation, Instant now, @Nullable Coverage coverage, String remark) {
    return new Decision<>(
        operation.head().in(new DrillPhase.Done(now, 0, List.of(), coverage, List.of(), remark)),
        operation.parts(),
        List.of(new JournalEntry(now, "beat", "drilled nothing", remark)),
        List.of(),
        now);
  }

  private static Decision<Drill, Bay> run(
      Operation<Drill, Bay> operation, DrillPhase.Running running, Sight sight, Instant now) {
    Drill head = operation.head();
    Request request = operation.request();
    Rehearsing rehearsing = new Rehearsing(head, operation.parts(), sight, now);
    List<Bay> bays =
        operation.parts().stream()
            .map(bay ->
                bay.each(one ->
                    rehearsing.advance(
                        request == null
                            ? one
                            : rehearsing.giveUp(one, request.by() + ": " + request.evidence()))))
            .toList();
    List<JournalEntry> journal = new ArrayList<>(rehearsing.journal());
    Drill next = head;
    if (bays.stream().allMatch(bay -> bay.rehearsals().stream().allMatch(Rehearsal::isEnded))) {
      DrillPhase.Done done = done(head, bays, running.coverage(), now);
      next = head.in(done);
      journal.add(
          new JournalEntry(
              now,
              "beat",
              "done: " + done.passed() + " passed, " + done.failed() + " failed",
              done.leftovers().isEmpty() ? "nothing is left" : "left: " + done.leftovers()));
    }
    return new Decision<>(next, bays, journal, List.of(), now.plus(DrillTempo.LOOK));
  }

  private static DrillPhase.Done done(Drill head, List<Bay> bays, Coverage coverage, Instant now) {
    List<Rehearsal> all = bays.stream().flatMap(bay -> bay.rehearsals().stream()).toList();
    List<DrillFailure> failures = all.stream().flatMap(DrillCourse::failure).toList();
    List<String> left =
        all.stream()
            .filter(
                one -> one.phase() instanceof RehearsalPhase.Ended ended && !ended.left().isEmpty())
            .map(one -> DrillKeys.of(head, one))
            .toList();
    return new DrillPhase.Done(now, all.size() - failures.size(), failures, coverage, left, "");
  }

  private static Stream<DrillFailure> failure(Rehearsal one) {
    DrillResult result = Objects.requireNonNull(one.result(), "an ended rehearsal has a result");
    return result.verdict() instanceof DrillResult.Verdict.Failed failed
        ? Stream.of(failed.reason())
        : Stream.empty();
  }

  @Override
  public List<Effect> open(Operation<Drill, Bay> operation) {
    DrillEffects effects = new DrillEffects(operation.head());
    return operation.parts().stream()
        .flatMap(bay -> bay.rehearsals().stream())
        .flatMap(one -> effects.open(one).stream())
        .toList();
  }

  @Override
  public Settled<Drill, Bay> settle(
      Operation<Drill, Bay> operation, List<Outcome> outcomes, Instant now) {
    Map<String, Outcome> byKey = new HashMap<>();
    outcomes.forEach(outcome -> byKey.put(outcome.key(), outcome));
    DrillEffects effects = new DrillEffects(operation.head());
    List<Bay> bays =
        operation.parts().stream()
            .map(bay -> bay.each(one -> effects.settle(one, byKey, now)))
            .toList();
    return new Settled<>(operation.with(operation.head(), bays), List.of());
  }
}
