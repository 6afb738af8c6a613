package dev.ringfence.rollout;

import dev.ringfence.health.Invocation;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Moments of a roll-out that several tests begin with. */
final class Scenes {
  static final RolloutCourse COURSE = (RolloutCourse) RolloutCourse.FORM.course();

  private Scenes() {}

  static Decision<Rollout, Batch> decide(
      Operation<Rollout, Batch> operation, Sight sight, Instant now) {
    return COURSE.decide(operation, sight, now);
  }

  /** Once an outcome is known, five minutes after the start. */
  static Operation<Rollout, Batch> settled(Operation<Rollout, Batch> operation, Outcome outcome) {
    return COURSE.settle(operation, List.of(outcome), Given.START.plusSeconds(300)).operation();
  }

  static Operation<Rollout, Batch> after(
      Operation<Rollout, Batch> operation, Decision<Rollout, Batch> decision) {
    return operation.with(decision.head(), decision.parts());
  }

  /** Everybody of a ring has a restore point. */
  static Operation<Rollout, Batch> secured(Operation<Rollout, Batch> operation, int ring) {
    return Given.members(operation, ring, m -> m.secured(Sights.pointOf(m)));
  }

  /** Everybody of a ring was sent the update, and Systems Manager took it. */
  static Operation<Rollout, Batch> sent(Operation<Rollout, Batch> operation, int ring, Instant at) {
    return Given.batches(
        secured(operation.with(operation.head().exposing(at), operation.parts()), ring),
        ring,
        batch -> {
          List<String> ids = batch.members().stream().map(Member::machine).toList();
          Sending sending =
              Sending.intent("rf-update-b" + batch.number(), at, ids)
                  .sent("cmd-b" + batch.number());
          List<Member> members =
              batch.members().stream()
                  .map(m -> m.in(new MemberPhase.Dispatched(at, 1, 0)))
                  .toList();
          return batch.dispatching(members, sending).markPointed();
        });
  }

  /** Everybody of a ring proved itself ten minutes after it was sent the update. */
  static Operation<Rollout, Batch> proven(
      Operation<Rollout, Batch> operation, int ring, Instant at) {
    return Given.members(
        sent(operation, ring, at),
        ring,
        m -> m.in(new MemberPhase.Proven(at, at.plus(Duration.ofMinutes(10)))));
  }

  static RolloutPhase.Running open(int ring, Instant opened) {
    return new RolloutPhase.Running(ring, opened, Instant.EPOCH, null);
  }

  /** The last ring is in flight since {@code at}, the ones before it are proven. */
  static Operation<Rollout, Batch> inFlight(Given given, Instant at) {
    Operation<Rollout, Batch> operation = given.running();
    int last = operation.head().planned().rings().size() - 1;
    for (int ring = 0; ring < last; ring++) {
      operation = proven(operation, ring, Given.START);
    }
    return Given.enter(sent(operation, last, at), open(last, at));
  }

  /** Everybody is proven, the last ring complete since {@code at}. */
  static Operation<Rollout, Batch> baking(Given given, Instant at) {
    Operation<Rollout, Batch> operation = inFlight(given, at);
    int last = operation.head().planned().rings().size() - 1;
    return Given.enter(
        proven(operation, last, at),
        new RolloutPhase.Running(last, at, Instant.EPOCH, at.plus(Duration.ofMinutes(10))));
  }

  static Invocation answered(String version, Instant booted, Instant at) {
    return new Invocation(
        Invocation.Outcome.SUCCESS, at, "version=" + version + "\nbooted=" + booted, "Success");
  }

  static List<String> machines(Operation<Rollout, Batch> operation, int ring) {
    return operation.parts().stream()
        .filter(batch -> batch.ring() == ring)
        .flatMap(batch -> batch.members().stream())
        .map(Member::machine)
        .toList();
  }

  static Member member(List<Batch> batches, String machine) {
    return batches.stream()
        .flatMap(batch -> batch.members().stream())
        .filter(m -> m.machine().equals(machine))
        .findFirst()
        .orElseThrow();
  }

  static UnaryOperator<Member> inZone(String zone) {
    return m ->
        new Member(
            m.machine(),
            zone,
            m.stratum(),
            m.group(),
            m.groupLimit(),
            m.rootVolume(),
            m.point(),
            m.phase());
  }

  static Sending update(Batch batch) {
    return Objects.requireNonNull(batch.update(), "no update");
  }

  /** Update commands that are open: to be sent by whoever acts on this. */
  static List<Sending> unsent(List<Batch> batches) {
    return batches.stream()
        .map(Batch::update)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .filter(Sending::isOpen)
        .toList();
  }
}
