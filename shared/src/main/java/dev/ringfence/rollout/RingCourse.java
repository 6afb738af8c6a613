package dev.ringfence.rollout;

import dev.ringfence.operation.Quarantine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

  /** A person lets it go on: the next beat judges everybody anew, and a hold begins anew. */
  static void resume(Turn turn, RolloutPhase.Holding holding) {
    RingCourse course = new RingCourse(turn, holding.resume(), holding);
    course.enter(course.resumed());
  }

  private void advance() {
    if (turn.request != null) {
      // Before anybody is judged: who asks for a halt need not have looked at a single machine.
      Halting.begin(turn, new HaltReason.Asked(turn.request.by(), turn.request.evidence()));
      return;
    }
    Optional<String> banned = banned();
    if (banned.isPresent()) {
      Halting.begin(turn, new HaltReason.Quarantined(banned.get()));
      return;
    }
    turn.forgive(grace());
    Progress progress = Progress.judge(turn, turn.graceUntil());
    HarmGate harm = new HarmGate(turn.head(), turn.batches(), turn.now);
    progress.letGoMute(turn.policy().failureBudget().limit(harm.dispatched()) - 1);
    Optional<HaltReason> halt = Gates.halt(turn, harm);
    if (halt.isPresent()) {
      Halting.begin(turn, halt.get());
      return;
    }
    HoldReason hold = standsInTheWay(progress, harm);
    if (hold == null) {
      goOn(progress, harm);
    } else {
      if (hold instanceof HoldReason.DeliveryFails && Gates.closed(turn) == null) {
        Dispatching.of(turn, ring, before.opened(), false);
      }
      hold(hold);
    }
  }

  /** Another rollout may have shown what this one carries to be harmful. */
  private Optional<String> banned() {
    Quarantine seen = turn.sight.quarantine();
    return seen == null ? Optional.empty() : seen.against(turn.head().release());
  }

  /** While AWS's own side fails, and for a while after, silence says nothing of the release. */
  private Instant grace() {
    boolean dark = holding != null && holding.reason() instanceof HoldReason.Infrastructure;
    return dark ? turn.now.plus(turn.policy().proofOfLife()) : before.graceUntil();
  }

  /** Updated machines and those that are next are asked alike: nobody is sent into an outage. */
  private @Nullable HoldReason standsInTheWay(Progress progress, HarmGate harm) {
    Preflight.Ahead ahead =
        Preflight.ahead(turn, Dispatching.next(turn.batchesOf(ring)), before.opened());
    Map<String, Integer> stalled = new TreeMap<>(progress.stalled());
    ahead.stalled().forEach((zone, count) -> stalled.merge(zone, count, Integer::sum));
    HoldReason hold = Gates.hold(turn, stalled, harm);
    List<String> missing = new ArrayList<>(progress.overdue());
    missing.addAll(ahead.unseen());
    // A closed window must not hide that machines in flight cannot be seen: its wait is the longer
    // one.
    boolean mayGoOn = hold == null || Gates.closed(turn) != null;
    return mayGoOn && !missing.isEmpty() ? new HoldReason.NoEvidence(Gates.named(missing)) : hold;
  }

  private void goOn(Progress progress, HarmGate harm) {
    RolloutPhase.Running running = resumed();
    turn.forgive(running.graceUntil());
    Securing.of(turn, turn.batchesOf(ring), running.opened());
    Dispatching dispatching = Dispatching.of(turn, ring, running.opened(), true);
    boolean stuck = dispatching.isLimited() && turn.batches().stream().noneMatch(Batch::isInFlight);
    if (stuck) {
      hold(new HoldReason.LimitReached(harm.hurt()));
    } else {
      passOrBake(running, progress, harm);
    }
  }

  private void passOrBake(RolloutPhase.Running running, Progress progress, HarmGate harm) {
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
    } else if (running.complete() == null || !turn.hasRoom()) {
      // Settled in this very beat, which did not look at everybody: the next one does.
      enter(next);
      turn.due(turn.now);
    } else {
      HoldReason lacking = Lack.of(turn, ring, progress, harm);
      if (lacking == null) {
        pass(next);
      } else {
        hold(lacking);
      }
    }
  }

  private boolean isSettled(Member member) {
    return switch (member.phase()) {
      case MemberPhase.Planned p -> false;
      case MemberPhase.Securing s -> false;
      case MemberPhase.Secured s -> false;
      case MemberPhase.Dispatched d -> false;
      case MemberPhase.Undelivered u -> !Dispatching.hasTriesLeft(turn.policy(), member);
      case MemberPhase.Proven p -> true;
      case MemberPhase.Hurt h -> true;
      case MemberPhase.HandedOver h -> true;
      case MemberPhase.Lost l -> true;
      case MemberPhase.LeftOut l -> true;
    };
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
      Ending.succeed(turn, evidence());
    }
  }

  private String evidence() {
    Map<String, Integer> counts = new TreeMap<>();
    turn.batches().stream()
        .flatMap(batch -> batch.members().stream())
        .forEach(member -> counts.merge(member.phase().title(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  private void hold(HoldReason reason) {
    RolloutPhase.Holding next = Patience.next(turn, holding, reason, resumed());
    if (holding != null && !turn.now.isBefore(next.until())) {
      Gates.escalation(reason, ring.name())
          .ifPresentOrElse(
              halt -> Halting.begin(turn, halt),
              () -> Ending.askPerson(turn, "held too long: " + reason.sentence()));
      return;
    }
    if (!next.equals(holding)) {
      turn.note("holds", reason.sentence());
    }
    turn.enter(next);
    turn.due(turn.now.plus(Tempo.IN_FLIGHT));
    turn.due(next.until());
  }

  private RolloutPhase.Running resumed() {
    return Patience.resumed(turn, before, holding);
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
