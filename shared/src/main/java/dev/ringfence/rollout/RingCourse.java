package dev.ringfence.rollout;

import dev.ringfence.operation.Decision.LaneClaim;
import java.time.Duration;
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

  private void advance() {
    if (turn.request != null) {
      // Before anybody is judged: who asks for a halt need not have looked at a single machine.
      Halting.begin(turn, new HaltReason.Asked(turn.request.by(), turn.request.evidence()));
      return;
    }
    turn.forgive(grace());
    Progress progress = Progress.judge(turn, turn.graceUntil());
    HarmGate harm = new HarmGate(turn.head(), turn.batches(), turn.now);
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
      HoldReason lacking = lacking(progress, harm);
      if (lacking == null) {
        pass(next);
      } else {
        hold(lacking);
      }
    }
  }

  /**
   * What the ring lacks to pass; null when it lacks nothing. A few machines whose hosts fail are
   * not waited for: in a large fleet there always are some. Those that show their health in this
   * very beat must outnumber them.
   */
  private @Nullable HoldReason lacking(Progress progress, HarmGate harm) {
    if (!progress.unseen().isEmpty()) {
      return new HoldReason.NoEvidence(Gates.named(progress.unseen()));
    }
    int fresh = progress.fresh(before.ring());
    int onFailingHosts = progress.onFailingHosts(before.ring()) + lost();
    if (onFailingHosts > 0 && onFailingHosts >= fresh) {
      return new HoldReason.Infrastructure("ring " + ring.name(), onFailingHosts);
    }
    if (fresh > 0) {
      return null;
    }
    return harm.undelivered() > 0
        ? new HoldReason.DeliveryFails(harm.undelivered(), harm.delivery().evidence())
        : new HoldReason.NoEvidence(
            List.of("no machine of ring " + ring.name() + " proved itself"));
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

  private int lost() {
    return (int)
        turn.batchesOf(ring).stream()
            .flatMap(batch -> batch.members().stream())
            .filter(member -> member.phase() instanceof MemberPhase.Lost)
            .count();
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
    Map<String, Integer> counts = new TreeMap<>();
    turn.batches().stream()
        .flatMap(batch -> batch.members().stream())
        .forEach(member -> counts.merge(member.phase().title(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  private void hold(HoldReason reason) {
    RolloutPhase.Holding next = next(reason);
    if (holding != null && !turn.now.isBefore(next.until())) {
      Gates.escalation(reason, ring.name())
          .ifPresentOrElse(
              halt -> Halting.begin(turn, halt),
              () -> Queueing.askPerson(turn, "held too long: " + reason.sentence()));
      return;
    }
    if (!next.equals(holding)) {
      turn.note("holds", reason.sentence());
    }
    turn.enter(next);
    turn.due(turn.now.plus(Tempo.IN_FLIGHT));
    turn.due(next.until());
  }

  /**
   * A new reason begins with its own patience: what a closed window took was not the alarm's. Yet
   * reasons that take turns must end too.
   */
  private RolloutPhase.Holding next(HoldReason reason) {
    if (holding != null && holding.reason().getClass().equals(reason.getClass())) {
      // The first words of a hold stay: what it names may change at every look, and each change
      // would be a write.
      return holding;
    }
    Instant until = Gates.until(reason, turn.policy(), turn.now);
    Instant latest =
        holding != null && !(reason instanceof HoldReason.WindowClosed)
            ? holding.latest()
            : later(until, turn.now.plus(turn.policy().holdLimit()));
    if (holding != null) {
      latest = later(latest, holding.latest());
    }
    Instant soonest = until.isBefore(latest) ? until : latest;
    return new RolloutPhase.Holding(reason, turn.now, soonest, latest, resumed());
  }

  /** A hold shifts the schedule: it never eats into a bake. */
  private RolloutPhase.Running resumed() {
    if (holding == null) {
      return before;
    }
    Duration held = Duration.between(holding.since(), turn.now);
    Duration forgiven = forgiven(holding.reason(), held);
    Instant grace =
        forgiven.isZero()
            ? before.graceUntil()
            : later(before.graceUntil(), turn.now.plus(forgiven));
    Instant complete = before.complete();
    return new RolloutPhase.Running(
        before.ring(),
        before.opened().plus(held),
        grace,
        complete == null ? null : complete.plus(held));
  }

  /**
   * For how long silence is forgiven after a hold. After an outage of AWS machines need time to be
   * heard again; after a look that failed, no longer than it failed, or looks that fail now and
   * then would forgive for ever.
   */
  private Duration forgiven(HoldReason reason, Duration held) {
    Duration most = turn.policy().proofOfLife();
    return switch (reason) {
      case HoldReason.Infrastructure i -> most;
      case HoldReason.NoEvidence n -> held.compareTo(most) < 0 ? held : most;
      case HoldReason.AlarmsBlind a -> Duration.ZERO;
      case HoldReason.DeliveryFails d -> Duration.ZERO;
      case HoldReason.LimitReached l -> Duration.ZERO;
      case HoldReason.WindowClosed w -> Duration.ZERO;
      case HoldReason.CalendarClosed c -> Duration.ZERO;
    };
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
