package dev.ringfence.control;

import dev.ringfence.control.RolloutAsk.Action;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request.Wish;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.Wishes;
import java.util.Optional;

/** Which of an operator's actions become a wish to the rollout itself. */
final class RolloutWishes {
  private RolloutWishes() {}

  /** The wish behind an action; empty where the rollout is not asked for anything. */
  static Optional<Wish> of(Action action) {
    return switch (action) {
      case HALT -> Optional.of(Wish.HALT);
      case RESUME -> Optional.of(Wish.RESUME);
      case APPROVE -> Optional.of(Wish.APPROVE);
      case SKIP_RING -> Optional.of(Wish.SKIP_RING);
      case ABORT -> Optional.of(Wish.ABORT);
      case STATUS, PLAN, LIFT_QUARANTINE -> Optional.empty();
    };
  }

  /** Why the action would change nothing at this rollout; empty when it would. */
  static Optional<String> objection(Action action, Operation<Rollout, Batch> rollout) {
    return of(action).flatMap(wish -> Wishes.objection(wish, rollout));
  }
}
