package dev.ringfence.rollout;

import dev.ringfence.operation.Decision.LaneClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One open ring: judge everybody, halt or hold if something speaks against it, else secure, send,
 * bake and pass.
 */
final class RingCourse {
  private final Turn turn;
  private final RolloutPhase.@Nullable Holding holding;
  private final RolloutPhase.Running before;
  private final Plan.Ring ring;

  private RingCourse(
      Turn turn, RolloutPhase.Running before, RolloutPhase.@Nullable Holding holding) {
    this.turn = turn;
    this.before = before;
    this.holding = holding;
    this.ring = turn.head().planned().rings().get(before.ring());
  }

  static void running(Turn turn, RolloutPhase.Running running) {
    new RingCourse(turn, running, null).advance();
  }

  static void holding(Turn turn, RolloutPhase.Holding holding) {
    new RingCourse(turn, holding.resume(), holding).advance();
  }

  private void advance() {
    if (turn.request != null) {
      // Before anybody is judged: who asks for a halt need not have looked at a single machine.
      Halting.begin(turn, new HaltReason.Asked(turn.request.by(), turn.request.evidence()));
      return;
    }
    Progress progress = Progress.judge(turn, grace());
    HarmGate harm = new HarmGate(turn.head(), turn.batches(), turn.now);
    Optional<HaltReason> halt = Gates.halt(turn, harm);
    if (halt.isPresent()) {
      Halting.begin(turn, halt.get());
      return;
    }
    HoldReason hold = Gates.hold(turn, progress.stalled(), harm);
    if (hold == null && !progress.overdue().isEmpty()) {
      hold = new HoldReason.NoEvidence(Gates.named(progress.overdue()));
    }
    if (hold == null) {
      goOn(progress, harm);
    } else {
      if (hold instanceof HoldReason.DeliveryFails) {
        Dispatching.of(turn, ring, before.opened(), false);
      }
      hold(hold);
    }
  }

  /** While AWS's own side fails, and for a while after, silence says nothing of the release. */
  private Instant grace() {
    boolean dark = holding != null && holding.reason() instanceof HoldReason.Infrastructure;
    return dark ? turn.now.plus(turn.policy().proofOfLife()) : before.graceUntil();
  }

  private void goOn(Progress progress, HarmGate harm) {
    RolloutPhase.Running running = resumed();
    Securing.of(turn, turn.batchesOf(ring));
    Dispatching dispatching = Dispatching.of(turn, ring, running.opened(), true);
    Map<String, Integer> stalled = new HashMap<>(progress.stalled());
    dispatching.stalled().forEach((zone, count) -> stalled.merge(zone, count, Integer::sum));
    HoldReason late = Gates.hold(turn, stalled, harm);
    boolean stuck = dispatching.isLimited() && turn.batches().stream().noneMatch(Batch::isInFlight);
    if (late != null) {
      hold(late);
    } else if (stuck) {
      hold(new HoldReason.LimitReached(harm.hurt()));
    } else {
      passOrBake(running, progress.unseen());
    }
  }

  private void passOrBake(RolloutPhase.Running running, List<String> unseen) {
    boolean settled =
        turn.batchesOf(ring).stream()
            .flatMap(batch -> batch.members().stream())
            .allMatch(this::isSettled);
    Instant complete = !settled ? null : running.complete() == null ? turn.now : running.complete();
    RolloutPhase.Running next =
        new RolloutPhase.Running(running.ring(), running.opened(), running.graceUntil(), complete);
    if (complete == null) {
      enter(next);
      return;
    }
    Instant due = later(running.opened().plus(ring.gap()), complete.plus(turn.policy().bake()));
    if (turn.now.isBefore(due)) {
      enter(next);
      turn.due(due);
    } else if (unseen.isEmpty() && running.complete() != null && anyProven()) {
      pass(next);
    } else if (running.complete() == null) {
      // Settled in this very beat, which did not look at everybody: the next one does.
      enter(next);
      turn.due(turn.now);
    } else {
      List<String> missing =
          unseen.isEmpty()
              ? List.of("no machine of ring " + ring.name() + " proved itself")
              : unseen;
      hold(new HoldReason.NoEvidence(Gates.named(missing)));
    }
  }

  private boolean isSettled(Member member) {
    return switch (member.phase()) {
      case MemberPhase.Planned p -> false;
      case MemberPhase.Securing s -> false;
      case MemberPhase.Secured s -> false;
      case MemberPhase.Dispatched d -> false;
      case MemberPhase.Undelivered u -> !Dispatching.hasTriesLeft(turn, member);
      case MemberPhase.Proven p -> true;
      case MemberPhase.Hurt h -> true;
      case MemberPhase.HandedOver h -> true;
      case MemberPhase.Lost l -> true;
      case MemberPhase.LeftOut l -> true;
    };
  }

  private boolean anyProven() {
    return turn.batchesOf(ring).stream()
        .flatMap(batch -> batch.members().stream())
        .anyMatch(member -> member.phase() instanceof MemberPhase.Proven);
  }

  private void pass(RolloutPhase.Running running) {
    Rollout head = turn.head();
    turn.note("ring " + ring.name() + " passed", evidence());
    int next = running.ring() + 1;
    if (next < head.planned().rings().size()) {
      turn.enter(new RolloutPhase.Running(next, turn.now, running.graceUntil(), null));
      turn.note("opened ring " + head.planned().rings().get(next).name(), "");
      turn.due(turn.now);
    } else {
      turn.claim(new LaneClaim.GiveBack(head.lane(), head.id(), head.release().version()));
      turn.enter(new RolloutPhase.Succeeded(turn.now));
      turn.note("succeeded", evidence());
    }
  }

  private String evidence() {
    Map<String, Integer> counts = new java.util.TreeMap<>();
    turn.batches().stream()
        .flatMap(batch -> batch.members().stream())
        .forEach(
            member -> counts.merge(member.phase().getClass().getSimpleName(), 1, Integer::sum));
    return counts.toString();
  }

  private void hold(HoldReason reason) {
    Instant since = holding == null ? turn.now : holding.since();
    Instant until = Gates.until(reason, turn.policy(), since);
    if (holding != null && !turn.now.isBefore(until)) {
      Gates.escalation(reason, ring.name())
          .ifPresentOrElse(
              halt -> Halting.begin(turn, halt),
              () -> Queueing.askPerson(turn, "held too long: " + reason.sentence()));
      return;
    }
    if (holding == null || !holding.reason().getClass().equals(reason.getClass())) {
      turn.note("holds", reason.sentence());
    }
    // The first words of a hold stay: what it names may change at every look, and each change would
    // be a write.
    boolean same = holding != null && holding.reason().getClass().equals(reason.getClass());
    turn.enter(
        same && holding != null ? holding : new RolloutPhase.Holding(reason, since, until, before));
    turn.due(turn.now.plus(Tempo.IN_FLIGHT));
    turn.due(until);
  }

  /** A hold shifts the schedule: it never eats into a bake. */
  private RolloutPhase.Running resumed() {
    if (holding == null) {
      return before;
    }
    Duration held = Duration.between(holding.since(), turn.now);
    boolean wasBlind =
        holding.reason() instanceof HoldReason.Infrastructure
            || holding.reason() instanceof HoldReason.NoEvidence;
    Instant grace = wasBlind ? turn.now.plus(turn.policy().proofOfLife()) : before.graceUntil();
    Instant complete = before.complete();
    return new RolloutPhase.Running(
        before.ring(),
        before.opened().plus(held),
        grace,
        complete == null ? null : complete.plus(held));
  }

  private void enter(RolloutPhase.Running next) {
    if (holding != null) {
      turn.note(
          "goes on", "was held since " + holding.since() + ": " + holding.reason().sentence());
    }
    turn.enter(next);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
