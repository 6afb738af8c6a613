package dev.ringfence.swap;

import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A swap beside what is seen of it now: what both directions ask and do. */
record Seeing(Swap swap, Rig rig, Map<String, Volume> volumes, Instant now) {

  SwapOrder order() {
    return swap.order();
  }

  boolean isRunning() {
    return rig.state().equals("running");
  }

  boolean isStopped() {
    return rig.state().equals("stopped");
  }

  /** The volume at the root device; null when there is none. */
  @Nullable String root() {
    Rig.Attached at = rig.devices().get(order().device());
    return at == null ? null : at.volume();
  }

  /** Whether what is at the root device stays there as it is. */
  boolean isRootSettled() {
    Rig.Attached at = rig.devices().get(order().device());
    return at != null && at.state().equals("attached");
  }

  boolean rootHasSetting() {
    Rig.Attached at = rig.devices().get(order().device());
    return at != null && at.deleteOnTermination() == order().deleteOnTermination();
  }

  boolean rootIs(@Nullable String volume) {
    return volume != null && volume.equals(root());
  }

  @Nullable Volume volume(@Nullable String id) {
    return id == null ? null : volumes.get(id);
  }

  Seeing with(Swap next) {
    return new Seeing(next, rig, volumes, now);
  }

  SwapMove waiting(String until) {
    return new SwapMove.Waiting(swap, until);
  }

  boolean isLate() {
    return !now.isBefore(
        swap.began().plus(swap.back() == null ? SwapTempo.FORWARD : SwapTempo.BACKWARD));
  }

  /** What the newest attempt at a step has come to. */
  enum Attempt {
    /** None was made. */
    NONE,
    /** It is under way, or done and may take a while to show. */
    UNDER_WAY,
    /** It was refused, was never answered, or did not show in time. */
    USED_UP
  }

  Attempt attempt(SwapStep step) {
    return attempt(swap, step, now);
  }

  static Attempt attempt(Swap swap, SwapStep step, Instant now) {
    Swap.Doing doing = swap.doing();
    if (doing == null || doing.step() != step) {
      return Attempt.NONE;
    }
    boolean refused = doing.end() == Swap.Doing.End.REFUSED;
    Instant until = doing.since().plus(refused ? SwapTempo.PAUSE : patience(doing));
    return now.isBefore(until) ? Attempt.UNDER_WAY : Attempt.USED_UP;
  }

  /** As long as AWS has not answered it is asked again under the same key at every beat. */
  private static Duration patience(Swap.Doing doing) {
    Duration shows = doing.step().patience();
    boolean longer = doing.isOpen() && shows.compareTo(SwapTempo.UNANSWERED) < 0;
    return longer ? SwapTempo.UNANSWERED : shows;
  }

  /** Why the newest attempt at a step came to nothing. */
  String failure(SwapStep step) {
    return failure(swap, step);
  }

  static String failure(Swap swap, SwapStep step) {
    Swap.Doing doing = swap.doing();
    if (doing == null || doing.step() != step || doing.said().isEmpty()) {
      return step.words(swap.order()) + " had no effect in time";
    }
    return step.words(swap.order()) + " failed: " + doing.said();
  }

  SwapMove act(SwapStep step) {
    Rig.Membership group = rig.group();
    return new SwapMove.Act(swap.begin(step, now, group == null ? null : group.group()));
  }
}
