package dev.ringfence.rollout;

import dev.ringfence.health.ProofOfLife;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The end of a rollout that is not halted. Nobody is left in the air: what is under way is called
 * back, who has the release in flight is judged to the end, and the hurt are handed over.
 */
final class Ending {
  private Ending() {}

  /** Every ring passed. The few that were hurt all the same are handed over first. */
  static void succeed(Turn turn, String evidence) {
    turn.note("every ring passed", evidence);
    HandOver.of(turn);
    if (HandOver.isDone(turn)) {
      end(turn, new RolloutPhase.Finish.Success(), List.of());
    } else {
      begin(turn, new RolloutPhase.Finish.Success());
    }
  }

  /** It cannot go on without a person. */
  static void askPerson(Turn turn, String reason) {
    RolloutPhase.Finish finish = new RolloutPhase.Finish.AskPerson(reason);
    HandOver.of(turn);
    if (unfinished(turn).isEmpty()) {
      end(turn, finish, List.of());
    } else {
      turn.note("will need a person", reason);
      begin(turn, finish);
    }
  }

  /**
   * Nobody beats for it any more, so there is no later beat to finish anything: what can be called
   * back and handed over by the one who says so is, and the rest is named.
   */
  static void atOnce(Turn turn, String reason) {
    HandOver.of(turn);
    end(turn, new RolloutPhase.Finish.AskPerson(reason), unfinished(turn));
  }

  private static void begin(Turn turn, RolloutPhase.Finish finish) {
    Instant until =
        turn.now
            .plus(turn.policy().proofOfLife())
            .plus(ProofOfLife.READ_GRACE)
            .plus(turn.policy().holdLimit());
    turn.enter(new RolloutPhase.Ending(finish, turn.now, until, turn.graceUntil()));
    turn.due(turn.now);
  }

  /** Moves it on; harm that shows on the way halts like any other. */
  static void ending(Turn turn, RolloutPhase.Ending ending) {
    if (turn.request != null && turn.request.wish() == Request.Wish.HALT) {
      Halting.begin(turn, new HaltReason.Asked(turn.request.by(), turn.request.evidence()));
      return;
    }
    Progress progress = Progress.judge(turn, ending.graceUntil());
    progress.letGoMute(Integer.MAX_VALUE);
    Optional<HaltReason> harm = new HarmGate(turn.head(), turn.batches(), turn.now).verdict();
    if (harm.isPresent()) {
      Halting.begin(turn, harm.get());
      return;
    }
    if (!progress.stalled().isEmpty()) {
      turn.enter(
          new RolloutPhase.Ending(
              ending.finish(),
              ending.at(),
              ending.until(),
              turn.now.plus(turn.policy().proofOfLife())));
    }
    HandOver.of(turn);
    List<String> unfinished = unfinished(turn);
    if ((unfinished.isEmpty() && turn.hasRoom()) || !turn.now.isBefore(ending.until())) {
      end(turn, ending.finish(), unfinished);
    } else {
      turn.due(turn.now.plus(Tempo.IN_FLIGHT));
      turn.due(ending.until());
    }
  }

  private static List<String> unfinished(Turn turn) {
    List<String> open = HandOver.unfinished(turn);
    if (turn.batches().stream().anyMatch(Halting::mustBeCalledBack)) {
      open.add("commands in flight were not called back");
    }
    if (turn.batches().stream().anyMatch(Thawing::isOwed)) {
      open.add("frozen machines did not say that they go on");
    }
    return open;
  }

  private static void end(Turn turn, RolloutPhase.Finish finish, List<String> unfinished) {
    Rollout head = turn.head();
    String but = unfinished.isEmpty() ? "" : "; but " + String.join(", ", unfinished);
    boolean holdsLane = Queueing.holdsLane(head.phase());
    switch (finish) {
      case RolloutPhase.Finish.Success s -> {
        turn.claim(new LaneClaim.GiveBack(head.lane(), head.id(), head.release().version()));
        turn.enter(new RolloutPhase.Succeeded(turn.now));
        turn.note("succeeded", "every ring passed" + but);
      }
      case RolloutPhase.Finish.AskPerson person -> {
        if (holdsLane) {
          turn.claim(new LaneClaim.GiveBack(head.lane(), head.id(), null));
        }
        turn.enter(new RolloutPhase.NeedsPerson(person.reason() + but, turn.now));
        turn.note("needs a person", person.reason() + but);
      }
    }
  }
}
