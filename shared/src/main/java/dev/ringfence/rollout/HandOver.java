package dev.ringfence.rollout;

import dev.ringfence.operation.Consent;
import dev.ringfence.policy.RestoreMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives hurt machines into a restore's hands, where the policy lets it happen by itself. */
final class HandOver {
  private HandOver() {}

  /**
   * Hurt machines become a restore order: at once those that made the halt and those that the first
   * look at everybody shows, later those of some minutes together.
   */
  static void of(Turn turn) {
    if (turn.policy().restore() != RestoreMode.AUTO) {
      return;
    }
    List<Rollout.Order> orders = turn.head().orders();
    boolean firstLook = orders.size() == 1 && turn.head().phase() instanceof RolloutPhase.Halting;
    Instant gathered =
        orders.isEmpty() || firstLook ? turn.now : orders.getLast().at().plus(Tempo.ORDER_GATHERS);
    if (!turn.now.isBefore(gathered)) {
      order(turn, null);
    } else if (isAnybodyWaiting(turn)) {
      turn.due(gathered);
    }
  }

  /**
   * Hands over whoever is hurt and is in no restore's hands, whatever the policy says.
   *
   * @param agreed how far a person said that the restore may go; null when nobody was asked
   */
  static void order(Turn turn, @Nullable Consent agreed) {
    List<Rollout.Order> orders = turn.head().orders();
    int number = orders.size() + 1;
    int machines = 0;
    for (Batch batch : turn.batches()) {
      long hurt = batch.members().stream().filter(HandOver::isHurt).count();
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
      next.add(new Rollout.Order(restore, turn.now, agreed, null, false));
      turn.become(turn.head().with(next));
      turn.note("hands over " + machines + " hurt machines to restore " + restore, "");
    }
  }

  /** Whether nobody waits for a restore that the policy would begin by itself. */
  static boolean isDone(Turn turn) {
    return allStarted(turn) && !isAnybodyWaiting(turn);
  }

  /** What is still to be done for exposed machines, in words; empty when it is nothing. */
  static List<String> unfinished(Turn turn) {
    List<String> open = new ArrayList<>();
    if (!allStarted(turn)) {
      open.add("a restore was not started");
    }
    if (isAnybodyWaiting(turn)) {
      open.add("hurt machines were not handed over");
    }
    if (turn.batches().stream().anyMatch(Batch::isInFlight)) {
      open.add("machines were not judged");
    }
    return open;
  }

  private static boolean allStarted(Turn turn) {
    return turn.head().orders().stream().allMatch(Rollout.Order::started);
  }

  private static boolean isAnybodyWaiting(Turn turn) {
    return turn.policy().restore() == RestoreMode.AUTO
        && turn.batches().stream()
            .flatMap(batch -> batch.members().stream())
            .anyMatch(HandOver::isHurt);
  }

  private static boolean isHurt(Member member) {
    return member.phase() instanceof MemberPhase.Hurt;
  }
}
