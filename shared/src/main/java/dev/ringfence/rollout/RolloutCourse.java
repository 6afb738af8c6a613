package dev.ringfence.rollout;

import dev.ringfence.operation.Course;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.Settled;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Instant;
import java.util.List;

/** The state machine of a roll-out. Each phase is decided in a class of its own. */
public final class RolloutCourse implements Course<Rollout, Batch> {
  /** How the engine and the store handle roll-outs. */
  public static final Form<Rollout, Batch> FORM =
      new Form<>(Head.Kind.ROLLOUT, Rollout.class, Batch.class, new RolloutCourse());

  private RolloutCourse() {}

  @Override
  public Watch watch(Operation<Rollout, Batch> operation, Instant now) {
    return RolloutWatch.of(operation, now);
  }

  @Override
  public Decision<Rollout, Batch> decide(
      Operation<Rollout, Batch> operation, Sight sight, Instant now) {
    Turn turn = new Turn(operation, sight, now);
    Request request = operation.request();
    if (request == null || !Wishes.answered(turn, operation, request)) {
      advance(turn, operation);
    }
    Thawing.of(turn);
    return turn.decided();
  }

  private static void advance(Turn turn, Operation<Rollout, Batch> operation) {
    switch (operation.head().phase()) {
      case RolloutPhase.Queued queued -> Queueing.queued(turn, queued);
      case RolloutPhase.Planning planning -> Queueing.planning(turn, planning);
      case RolloutPhase.Running running -> RingCourse.running(turn, running);
      case RolloutPhase.Holding holding -> RingCourse.holding(turn, holding);
      case RolloutPhase.Halting halting -> Halting.halting(turn, halting);
      case RolloutPhase.Aftercare aftercare -> Halting.aftercare(turn, aftercare);
      case RolloutPhase.Ending ending -> Ending.ending(turn, ending);
      case RolloutPhase.Halted halted -> {}
      case RolloutPhase.Succeeded succeeded -> {}
      case RolloutPhase.NeedsPerson needsPerson -> {}
      case RolloutPhase.Dropped dropped -> {}
    }
  }

  @Override
  public boolean heeds(Operation<Rollout, Batch> operation, Request.Wish wish) {
    return Wishes.objection(wish, operation).isEmpty();
  }

  @Override
  public List<Effect> open(Operation<Rollout, Batch> operation) {
    return OpenEffects.of(operation.head(), operation.parts());
  }

  @Override
  public Settled<Rollout, Batch> settle(
      Operation<Rollout, Batch> operation, List<Outcome> outcomes, Instant now) {
    return Settling.of(operation, outcomes, now);
  }
}
