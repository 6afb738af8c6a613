package dev.ringfence.rollout;

import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Sending;
import dev.ringfence.policy.RestoreMode;
import java.time.Instant;
import java.util.ArrayList;
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
    turn.claim(new LaneClaim.Quarantine(head.lane(), head.release().version(), reason.sentence()));
    if (head.phase() instanceof RolloutPhase.Planning) {
      // It holds the lane and has no plan yet, by which the end of the halt would know.
      turn.claim(new LaneClaim.GiveBack(head.lane(), head.id(), null));
    }
    turn.enter(new RolloutPhase.Halting(reason, turn.now));
    handOver(turn);
    turn.due(turn.now);
  }

  static void halting(Turn turn, RolloutPhase.Halting halting) {
    Progress.judge(turn, Instant.EPOCH);
    handOver(turn);
    boolean calledBack = turn.batches().stream().noneMatch(Halting::mustBeCalledBack);
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
    withdraw(turn);
    Progress progress = Progress.judge(turn, aftercare.graceUntil());
    if (!progress.stalled().isEmpty()) {
      turn.enter(
          new RolloutPhase.Aftercare(
              aftercare.reason(),
              aftercare.at(),
              aftercare.until(),
              turn.now.plus(turn.policy().proofOfLife())));
    }
    handOver(turn);
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

  /** A command whose fate is not settled, or that still may reach machines. */
  static boolean mustBeCalledBack(Batch batch) {
    Sending update = batch.update();
    return update != null
        && (update.isOpen()
            || (update.commandId() != null && !update.cancelled() && mayStillArrive(batch)));
  }

  /**
   * Whoever did not prove itself may be handed the command still: one that lives without it, and
   * one that was dead and comes back by its restore.
   */
  private static boolean mayStillArrive(Batch batch) {
    return batch.members().stream()
        .anyMatch(m -> m.isExposed() && !(m.phase() instanceof MemberPhase.Proven));
  }

  private static boolean isQuiet(Turn turn) {
    return unfinished(turn).isEmpty() && turn.hasRoom();
  }

  /** What a halt still has to do, in words; empty when it is nothing. */
  private static String unfinished(Turn turn) {
    List<String> open = new ArrayList<>();
    if (!turn.head().orders().stream().allMatch(Rollout.Order::started)) {
      open.add("a restore was not started");
    }
    boolean waiting =
        turn.policy().restore() == RestoreMode.AUTO
            && turn.batches().stream()
                .flatMap(batch -> batch.members().stream())
                .anyMatch(member -> member.phase() instanceof MemberPhase.Hurt);
    if (waiting) {
      open.add("hurt machines were not handed over");
    }
    if (turn.batches().stream().anyMatch(Batch::isInFlight)) {
      open.add("machines were not judged");
    }
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

  /**
   * Hurt machines become a restore order, at once the first time, later those of some minutes
   * together.
   */
  private static void handOver(Turn turn) {
    List<Rollout.Order> orders = turn.head().orders();
    boolean gathering =
        !orders.isEmpty() && turn.now.isBefore(orders.getLast().at().plus(Tempo.ORDER_GATHERS));
    if (turn.policy().restore() != RestoreMode.AUTO || gathering) {
      return;
    }
    int number = orders.size() + 1;
    int machines = 0;
    for (Batch batch : turn.batches()) {
      long hurt = batch.members().stream().filter(Halting::isHurt).count();
      if (hurt > 0 && turn.hasRoom()) {
        machines += (int) hurt;
        turn.put(
            batch.eachMember(member ->
                member.phase() instanceof MemberPhase.Hurt h
                    ? member.in(new MemberPhase.HandedOver(h, number))
                    : member));
      }
    }
    if (machines > 0) {
      List<Rollout.Order> next = new ArrayList<>(orders);
      String restore = turn.head().id() + "-r" + number;
      next.add(new Rollout.Order(restore, turn.now, false, false));
      turn.become(turn.head().with(next));
      turn.note("hands over " + machines + " hurt machines to restore " + restore, "");
    }
  }

  private static boolean isHurt(Member member) {
    return member.phase() instanceof MemberPhase.Hurt;
  }
}
