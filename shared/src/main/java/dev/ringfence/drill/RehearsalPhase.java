package dev.ringfence.drill;

import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Tries;
import dev.ringfence.swap.Swap;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where the rehearsal of one machine stands. */
public sealed interface RehearsalPhase {
  /** Nothing was done yet. */
  record Waiting() implements RehearsalPhase {}

  /**
   * It has no restore point, so one is taken.
   *
   * @param tries what came of the attempts to take it; null before there is anything to tell
   * @param point the snapshot, which may still be pending; null until it is known
   */
  record Snapshotting(Instant since, @Nullable Tries tries, @Nullable RestorePoint point)
      implements RehearsalPhase {}

  /**
   * A clone is being launched.
   *
   * @param said EC2's last words about it; empty when it said nothing
   * @param place in which of the policy's subnets, counted from 0
   */
  record Launching(Instant since, boolean tried, RestorePoint point, String said, int place)
      implements RehearsalPhase {}

  /**
   * The clone's root is being exchanged.
   *
   * @param swap null until the clone is seen to run
   * @param place in which of the policy's subnets it is, counted from 0
   */
  record Swapping(Instant since, RestorePoint point, String twin, @Nullable Swap swap, int place)
      implements RehearsalPhase {}

  /**
   * The restored clone was started and has to live.
   *
   * @param swapBegan when the swap began, from which the recovery time counts
   * @param probe the newest command that asks what it runs; null before the first
   * @param probes how many there were
   */
  record Proving(
      Instant since,
      Instant swapBegan,
      RestorePoint point,
      String twin,
      @Nullable Sending probe,
      int probes)
      implements RehearsalPhase {
    Proving asking(Sending next) {
      return new Proving(since, swapBegan, point, twin, next, probes + 1);
    }

    Proving with(Sending same) {
      return new Proving(since, swapBegan, point, twin, same, probes);
    }
  }

  /**
   * The verdict is reached and what the clone shows is being kept.
   *
   * @param tried whether an attempt ended without a clear outcome
   */
  record Capturing(Instant since, boolean tried, String twin) implements RehearsalPhase {}

  /**
   * EC2 refused something for good, and the next decision makes a verdict of it.
   *
   * @param said EC2's words
   */
  record Refused(DrillFailure reason, String said) implements RehearsalPhase {}

  /**
   * Everything that was made is being removed.
   *
   * @param tried whether an attempt ended without everything being gone
   * @param left what was still there at the last look; empty before the first
   */
  record Removing(Instant since, boolean tried, String left) implements RehearsalPhase {}

  /**
   * Final.
   *
   * @param left what could not be removed; empty when everything is gone
   */
  record Ended(Instant at, String left) implements RehearsalPhase {}
}
