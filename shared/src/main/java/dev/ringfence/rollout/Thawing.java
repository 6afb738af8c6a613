package dev.ringfence.rollout;

import dev.ringfence.health.Invocation;
import dev.ringfence.operation.Sending;
import dev.ringfence.rollout.Stillness.End;
import dev.ringfence.rollout.Stillness.Freeze;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets frozen machines go: at every beat and in every phase, whoever was asked to hold still and
 * has no reason any more to do so is told to go on, and is asked again until it says that it does.
 * The machine's own timer is what holds when nobody can tell it anything.
 */
final class Thawing {
  private final Turn turn;

  private Thawing(Turn turn) {
    this.turn = turn;
  }

  static void of(Turn turn) {
    Thawing thawing = new Thawing(turn);
    for (Batch batch : turn.batches()) {
      if (isOwed(batch)) {
        turn.due(turn.now.plus(Tempo.FROZEN));
        if (turn.hasRoom()) {
          turn.put(batch.eachMember(thawing::advance));
        }
      }
    }
  }

  /** Whether a machine of a batch may be frozen. */
  static boolean isOwed(Batch batch) {
    return batch.members().stream().anyMatch(Member::isHeld);
  }

  /** The commands whose answers tell how freezes stand. */
  static Stream<String> commands(Batch batch) {
    return batch.members().stream()
        .filter(Member::isHeld)
        .flatMap(member -> Stream.ofNullable(member.freeze()))
        .flatMap(freeze ->
            Stream.ofNullable(freeze.release() == null ? freeze.hold() : freeze.release()))
        .flatMap(sending -> Stream.ofNullable(sending.commandId()));
  }

  private Member advance(Member member) {
    Freeze freeze = member.freeze();
    if (freeze == null || freeze.isOver()) {
      return member;
    }
    Sending release = freeze.release();
    if (release == null) {
      return mayHold(member) ? member : release(member, freeze);
    }
    if (release.refused() != null) {
      return end(member, freeze, End.UNKNOWN);
    }
    Invocation seen = turn.sight.invocation(release.commandId(), member.machine());
    if (seen != null && seen.outcome() == Invocation.Outcome.SUCCESS) {
      boolean held = seen.output().contains(FreezeScript.HELD);
      return end(member, freeze, held ? End.HELD : End.NOT_HELD);
    }
    String failure = seen != null && seen.outcome().isTerminal() ? seen.details() : null;
    if (failure == null && turn.now.isBefore(release.intended().plus(patience()))) {
      return member;
    }
    return freeze.releases() < Tempo.THAWS
        ? release(member, freeze)
        : givenUp(member, freeze, failure == null ? "no answer" : failure);
  }

  /** Only a machine whose snapshots are about to be started, while nothing holds the rollout. */
  private boolean mayHold(Member member) {
    return turn.head().phase() instanceof RolloutPhase.Running
        && member.phase() instanceof MemberPhase.Securing securing
        && (securing.quiet() instanceof Quiet.Freezing || securing.quiet() instanceof Quiet.Frozen);
  }

  private Member release(Member member, Freeze freeze) {
    String key = Keys.thaw(freeze.hold(), freeze.releases() + 1);
    turn.due(turn.now.plus(Tempo.FROZEN));
    return member.frozen(
        freeze.releasing(Sending.intent(key, turn.now, List.of(member.machine()))));
  }

  /**
   * From the order to its answer: delivery, the run, which may wait for the freeze, and a while.
   */
  private Duration patience() {
    return Tempo.FREEZE_DELIVERY.plus(turn.policy().freezeLimit()).plus(Tempo.ANSWER);
  }

  private Member givenUp(Member member, Freeze freeze, String why) {
    turn.note(
        member.machine() + " did not say that it goes on",
        "it was told " + Tempo.THAWS + " times (" + why + "); its own timer has run out");
    return end(member, freeze, End.UNKNOWN);
  }

  private Member end(Member member, Freeze freeze, End how) {
    turn.due(turn.now);
    return member.frozen(freeze.ended(how));
  }
}
