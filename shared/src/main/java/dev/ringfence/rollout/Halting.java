package dev.ringfence.rollout;

import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Sending;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From the halting decision on: call back what is in flight, quarantine, hand over the hurt, watch
 * the rest.
 */
final class Halting {
  private Halting() {}

  /** Decides the halt. Nothing is sent to any further machine from here on. */
  static void begin(Turn turn, HaltReason reason) {
    Rollout head = turn.head();
    turn.note("HALT", reason.sentence());
    if (blames(reason)) {
      turn.claim(
          new LaneClaim.Quarantine(
              head.lane(), head.release().version(), head.release().artifact(), reason.sentence()));
    }
    if (head.phase() instanceof RolloutPhase.Planning) {
      // It holds the lane and has no plan yet, by which the end of the halt would know.
      turn.claim(new LaneClaim.GiveBack(head.lane(), head.id(), null));
    }
    turn.enter(new RolloutPhase.Halting(reason, turn.now));
    HandOver.of(turn);
    turn.due(turn.now);
  }

  /** Whoever aborts has nothing against the release: it is neither banned nor taken back. */
  private static boolean blames(HaltReason reason) {
    return !(reason instanceof HaltReason.Aborted);
  }

  static void halting(Turn turn, RolloutPhase.Halting halting) {
    Progress.judge(turn, Instant.EPOCH).letGoMute(Integer.MAX_VALUE);
    HandOver.of(turn);
    boolean calledBack =
        turn.batches().stream()
            .noneMatch(batch -> mustBeCalledBack(batch) || Thawing.isOwed(batch));
    boolean overdue = !turn.now.isBefore(halting.at().plus(turn.policy().holdLimit()));
    if (!calledBack && !overdue) {
      turn.due(turn.now.plus(Tempo.IN_FLIGHT));
      return;
    }
    if (!calledBack) {
      turn.note("commands in flight could not be called back", "gave up after the hold limit");
    }
    Rollout head = turn.head();
    if (head.plan() != null) {
      turn.claim(new LaneClaim.GiveBack(head.lane(), head.id(), null));
    }
    Instant until = turn.now.plus(turn.policy().aftercare());
    turn.enter(new RolloutPhase.Aftercare(halting.reason(), halting.at(), until, Instant.EPOCH));
    turn.note("watches the machines that have the release", "until " + until);
    turn.due(turn.now);
  }

  static void aftercare(Turn turn, RolloutPhase.Aftercare aftercare) {
    if (blames(aftercare.reason())) {
      withdraw(turn);
    }
    Progress progress = Progress.judge(turn, aftercare.graceUntil());
    progress.letGoMute(Integer.MAX_VALUE);
    if (!progress.stalled().isEmpty()) {
      turn.enter(
          new RolloutPhase.Aftercare(
              aftercare.reason(),
              aftercare.at(),
              aftercare.until(),
              turn.now.plus(turn.policy().proofOfLife())));
    }
    HandOver.of(turn);
    boolean exposed = turn.batches().stream().anyMatch(Batch::isExposed);
    boolean over = !exposed || !turn.now.isBefore(aftercare.until());
    boolean longOver = !turn.now.isBefore(aftercare.until().plus(turn.policy().holdLimit()));
    if (longOver || (over && isQuiet(turn))) {
      turn.enter(new RolloutPhase.Halted(aftercare.reason(), aftercare.at(), turn.now));
      turn.note("halted for good", aftercare.reason().sentence() + unfinished(turn));
    } else if (!over) {
      turn.due(aftercare.until());
    } else {
      turn.due(turn.now.plus(Tempo.IN_FLIGHT));
    }
  }

  /** Whether one of its commands is not settled, or still may reach machines. */
  static boolean mustBeCalledBack(Batch batch) {
    return batch.commands().anyMatch(sending -> mustBeCalledBack(batch, sending));
  }

  /** A command whose fate is not settled, or that still may reach machines. */
  static boolean mustBeCalledBack(Batch batch, Sending sending) {
    return sending.isOpen()
        || (sending.commandId() != null && !sending.cancelled() && mayStillArrive(batch, sending));
  }

  /**
   * Whoever did not prove itself may be handed the command still: one that lives without it, and
   * one that was dead and comes back by its restore.
   */
  private static boolean mayStillArrive(Batch batch, Sending sending) {
    return batch.members().stream()
        .anyMatch(m ->
            m.isExposed()
                && sending.machines().contains(m.machine())
                && !(m.phase() instanceof MemberPhase.Proven));
  }

  private static boolean isQuiet(Turn turn) {
    return unfinished(turn).isEmpty() && turn.hasRoom();
  }

  /** What a halt still has to do, in words; empty when it is nothing. */
  private static String unfinished(Turn turn) {
    List<String> open = HandOver.unfinished(turn);
    if (turn.batches().stream().map(Batch::withdraw).anyMatch(Halting::isUnsent)) {
      open.add("the release could not be withdrawn everywhere");
    }
    return open.isEmpty() ? "" : "; but " + String.join(", ", open);
  }

  private static boolean isUnsent(@Nullable Sending sending) {
    return sending != null && sending.isOpen();
  }

  /**
   * Content that can be taken back is taken back from everybody who may have it, whether they have
   * proven themselves yet or not; only for the hurt it comes too late.
   */
  private static void withdraw(Turn turn) {
    if (turn.head().release().withdraw() == null) {
      return;
    }
    for (Batch batch : turn.batches()) {
      List<String> living =
          batch.members().stream()
              .filter(Member::isExposed)
              .filter(member -> member.phase().hurtBehind() == null)
              .map(Member::machine)
              .toList();
      if (!living.isEmpty() && batch.withdraw() == null && turn.hasRoom()) {
        String key = Keys.withdraw(turn.head(), batch);
        turn.put(batch.withWithdraw(Sending.intent(key, turn.now, living)));
        turn.note("withdraws the release from " + living.size() + " machines", "");
      }
    }
  }
}
