package dev.ringfence.rollout;

import dev.ringfence.policy.ChannelPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long holds may last, and what they do to the schedule. */
final class Patience {
  private Patience() {}

  /**
   * The hold that goes on or begins. A new reason begins with its own patience: what a closed
   * window took was not the alarm's. Yet reasons that take turns must end too, so all of them
   * together use up what is left, and only a closed window takes nothing of it.
   */
  static RolloutPhase.Holding next(
      Turn turn,
      RolloutPhase.@Nullable Holding holding,
      HoldReason reason,
      RolloutPhase.Running resumed) {
    if (holding != null && holding.reason().getClass().equals(reason.getClass())) {
      // The first words of a hold stay: what it names may change at every look, and each change
      // would be a write.
      return holding;
    }
    ChannelPolicy policy = turn.policy();
    Instant until = Gates.until(reason, policy, turn.now);
    if (reason instanceof HoldReason.WindowClosed) {
      Duration left = holding == null ? policy.holdLimit() : left(holding, turn.now);
      return new RolloutPhase.Holding(reason, turn.now, until, left, resumed);
    }
    Duration own = Duration.between(turn.now, until);
    Duration most = holding == null ? policy.holdLimit() : left(holding, turn.now);
    boolean untouched = most.compareTo(policy.holdLimit()) >= 0;
    Duration left = untouched && own.compareTo(most) > 0 ? own : most;
    Instant end = turn.now.plus(own.compareTo(left) < 0 ? own : left);
    return new RolloutPhase.Holding(reason, turn.now, end, left, resumed);
  }

  private static Duration left(RolloutPhase.Holding holding, Instant now) {
    if (holding.reason() instanceof HoldReason.WindowClosed) {
      return holding.left();
    }
    Duration left = holding.left().minus(Duration.between(holding.since(), now));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The ring as a hold leaves it: a hold shifts the schedule and never eats into a bake. */
  static RolloutPhase.Running resumed(
      Turn turn, RolloutPhase.Running before, RolloutPhase.@Nullable Holding holding) {
    if (holding == null) {
      return before;
    }
    Duration held = Duration.between(holding.since(), turn.now);
    Duration forgiven = forgiven(turn, holding.reason(), held);
    Instant graceUntil = turn.now.plus(forgiven);
    boolean longer = !forgiven.isZero() && graceUntil.isAfter(before.graceUntil());
    Instant complete = before.complete();
    return new RolloutPhase.Running(
        before.ring(),
        before.opened().plus(held),
        longer ? graceUntil : before.graceUntil(),
        complete == null ? null : complete.plus(held));
  }

  /**
   * For how long silence is forgiven after a hold. After an outage of AWS machines need time to be
   * heard again; after a look that failed, no longer than it failed, or looks that fail now and
   * then would forgive for ever.
   */
  private static Duration forgiven(Turn turn, HoldReason reason, Duration held) {
    Duration most = turn.policy().proofOfLife();
    return switch (reason) {
      case HoldReason.Infrastructure i -> most;
      case HoldReason.NoEvidence n -> held.compareTo(most) < 0 ? held : most;
      case HoldReason.AlarmsBlind a -> Duration.ZERO;
      case HoldReason.AlarmsFiredBefore a -> Duration.ZERO;
      case HoldReason.DeliveryFails d -> Duration.ZERO;
      case HoldReason.LimitReached l -> Duration.ZERO;
      case HoldReason.WindowClosed w -> Duration.ZERO;
      case HoldReason.CalendarClosed c -> Duration.ZERO;
    };
  }
}
