package dev.ringfence.rollout;

import dev.ringfence.fleet.Consistency;
import dev.ringfence.health.Invocation;
import dev.ringfence.operation.Sending;
import dev.ringfence.policy.WhenInconsistent;
import dev.ringfence.rollout.Stillness.Freeze;
import dev.ringfence.rollout.Stillness.Means;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves one machine on towards a restore point that is more than crash-consistent. That a frozen
 * machine is let go is not decided here but in {@link Thawing}, at every beat and in every phase.
 */
final class Quieting {
  private final Turn turn;
  private int held;

  Quieting(Turn turn) {
    this.turn = turn;
    this.held =
        (int)
            turn.batches().stream()
                .flatMap(batch -> batch.members().stream())
                .filter(Member::isHeld)
                .count();
  }

  /** What can be had of a machine at best, of what its policy asks for. */
  private Consistency wanted(Stillness stillness) {
    boolean silent = turn.policy().beforeSnapshot().isEmpty();
    Consistency best =
        stillness.means() == Means.COMMANDS && silent
            ? Consistency.FILE_SYSTEM
            : Consistency.APPLICATION;
    return turn.policy().consistency().atMost(best);
  }

  /** Why a machine cannot have what its policy insists on; null when it can, or need not. */
  @Nullable String objection(Member member) {
    Stillness stillness = member.stillness();
    boolean insists = turn.policy().whenInconsistent() == WhenInconsistent.LEAVE_OUT;
    return stillness != null && insists && wanted(stillness) != turn.policy().consistency()
        ? "its restore point cannot be as consistent as its policy asks for: there are no commands"
            + " in beforeSnapshot"
        : null;
  }

  /** Whether a point is as consistent as the policy asks for, or may be less. */
  boolean suffices(Consistency achieved) {
    return achieved.isAtLeast(turn.policy().consistency())
        || turn.policy().whenInconsistent() == WhenInconsistent.TAKE_CRASH;
  }

  /**
   * Begins an attempt.
   *
   * @return the machine unchanged when too many are frozen at present
   */
  Member ask(Member member, int attempt) {
    Stillness stillness = member.stillness();
    if (stillness == null) {
      return member.in(new MemberPhase.Securing(turn.now, attempt, null, null));
    }
    String key =
        stillness.means() == Means.SHADOWS
            ? Keys.snapshot(turn.head(), member, attempt)
            : Keys.freeze(turn.head(), member, attempt);
    Sending order = Sending.intent(key, turn.now, List.of(member.machine()));
    MemberPhase.Securing begun = new MemberPhase.Securing(turn.now, attempt, null, null);
    if (stillness.means() == Means.SHADOWS) {
      return member.in(begun.with(new Quiet.Shadowing(order)));
    }
    if (held >= Tempo.FROZEN_AT_ONCE) {
      turn.due(turn.now.plus(Tempo.FROZEN));
      return member;
    }
    held++;
    turn.due(turn.now.plus(Tempo.FROZEN));
    return member.frozen(new Freeze(order, null, 0, null)).in(begun.with(new Quiet.Freezing()));
  }

  /** One look further. */
  Member advance(Member member, MemberPhase.Securing securing, Quiet quiet) {
    return switch (quiet) {
      case Quiet.Freezing f -> freezing(member, securing);
      case Quiet.Frozen f -> frozen(member, securing, f);
      case Quiet.Thawing t -> thawing(member, securing);
      case Quiet.Shadowing s -> shadowing(member, securing, s.order());
      case Quiet.Finding f -> member;
      case Quiet.Marking m -> marking(member, securing, m);
      case Quiet.LetGo l -> letGo(member, securing, l);
      case Quiet.Known k -> member;
    };
  }

  private Member freezing(Member member, MemberPhase.Securing securing) {
    Freeze freeze = member.freeze();
    if (freeze == null || freeze.isOver() || freeze.release() != null) {
      return gone(member, securing, "it was let go before its snapshots were started");
    }
    Sending hold = freeze.hold();
    if (hold.refused() != null) {
      return gone(member, securing, "it could not be asked to hold still: " + hold.refused());
    }
    Invocation seen = turn.sight.invocation(hold.commandId(), member.machine());
    if (seen != null && seen.outcome().isTerminal()) {
      boolean frozen =
          seen.outcome() == Invocation.Outcome.SUCCESS
              && seen.output().contains(FreezeScript.FROZEN);
      if (!frozen) {
        return gone(member, securing, "it could not be brought to rest: " + seen.details());
      }
      turn.due(turn.now);
      return member.in(securing.with(new Quiet.Frozen(turn.now)));
    }
    Duration patience =
        Tempo.FREEZE_DELIVERY.plus(FreezeScript.forCommands(turn.policy())).plus(Tempo.ANSWER);
    return turn.now.isBefore(hold.intended().plus(patience))
        ? member
        : gone(member, securing, "it did not say in time that it holds still");
  }

  private Member frozen(Member member, MemberPhase.Securing securing, Quiet.Frozen frozen) {
    Freeze freeze = member.freeze();
    boolean released = freeze == null || freeze.isOver() || freeze.release() != null;
    if (securing.snapshot() != null) {
      return released
          ? known(member, securing, Consistency.CRASH, "it was let go while they were started")
          : member.in(securing.with(new Quiet.Thawing()));
    }
    if (securing.tries() != null && !securing.tries().troubles().isEmpty()) {
      // They may have been started, and nobody knows when: that is looked up, and it is let go.
      return known(
          member, securing, Consistency.CRASH, "EC2 did not answer when they were started");
    }
    boolean over = !turn.now.isBefore(frozen.since().plus(turn.policy().freezeLimit()));
    return released || over
        ? gone(member, securing, "its snapshots were not started while it held still")
        : member;
  }

  private Member thawing(Member member, MemberPhase.Securing securing) {
    Freeze freeze = member.freeze();
    if (freeze == null || freeze.end() == null) {
      return freeze == null
          ? known(member, securing, Consistency.CRASH, "nobody knows how its freeze ended")
          : member;
    }
    boolean silent = turn.policy().beforeSnapshot().isEmpty();
    Consistency level = silent ? Consistency.FILE_SYSTEM : Consistency.APPLICATION;
    return switch (freeze.end()) {
      case HELD -> member.in(securing.with(new Quiet.Marking(turn.now, level, null)));
      case NOT_HELD ->
          known(member, securing, Consistency.CRASH, "it had not held still until it was let go");
      case UNKNOWN ->
          known(member, securing, Consistency.CRASH, "it did not say whether it held still");
    };
  }

  private Member shadowing(Member member, MemberPhase.Securing securing, Sending order) {
    if (order.refused() != null) {
      return gone(member, securing, "it could not be asked for VSS snapshots: " + order.refused());
    }
    Invocation seen = turn.sight.invocation(order.commandId(), member.machine());
    boolean over = !turn.now.isBefore(order.intended().plus(Tempo.SHADOWS_PATIENCE));
    // Whatever the command came to, it may have made snapshots, and only those count.
    return (seen != null && seen.outcome().isTerminal()) || (over && order.commandId() != null)
        ? member.in(securing.with(new Quiet.Finding(turn.now, null)))
        : over ? gone(member, securing, "it could not be asked for VSS snapshots") : member;
  }

  private Member marking(Member member, MemberPhase.Securing securing, Quiet.Marking marking) {
    return turn.now.isBefore(marking.since().plus(Tempo.MARKING_PATIENCE))
        ? member
        : known(member, securing, Consistency.CRASH, "it could not be written on its snapshots");
  }

  private Member letGo(Member member, MemberPhase.Securing securing, Quiet.LetGo letGo) {
    if (member.isHeld()) {
      return member;
    }
    if (securing.attempt() < Tempo.SNAPSHOT_ATTEMPTS) {
      Member next = member.frozen(null);
      Member asked = ask(next, securing.attempt() + 1);
      // As long as too many are frozen it stays where it is.
      return asked.equals(next) ? member : asked;
    }
    MemberPhase.Securing fallback =
        securing.snapshot() != null
            ? securing
            : new MemberPhase.Securing(turn.now, securing.attempt() + Tempo.FALLBACK, null, null);
    return known(member.frozen(null), fallback, Consistency.CRASH, letGo.why());
  }

  private static Member gone(Member member, MemberPhase.Securing securing, String why) {
    return member.in(securing.with(new Quiet.LetGo(why)));
  }

  private static Member known(
      Member member, MemberPhase.Securing securing, Consistency achieved, String why) {
    return member.in(securing.with(new Quiet.Known(achieved, why)));
  }
}
