package dev.ringfence.lab.judge;

import dev.ringfence.rollout.RolloutPhase;

/** Which ring a rollout is at, so that it is seen when one is passed. */
final class OpenRing {
  private OpenRing() {}

  /** Whether the last ring is passed. */
  static boolean hasPassedAll(RolloutPhase phase) {
    return phase instanceof RolloutPhase.Succeeded
        || (phase instanceof RolloutPhase.Ending ending
            && ending.finish() instanceof RolloutPhase.Finish.Success);
  }

  /** The index of the ring that is open; -1 when none is. */
  static int of(RolloutPhase phase) {
    return switch (phase) {
      case RolloutPhase.Running running -> running.ring();
      case RolloutPhase.Holding holding -> holding.resume().ring();
      case RolloutPhase.Queued q -> -1;
      case RolloutPhase.Planning p -> -1;
      case RolloutPhase.Halting h -> -1;
      case RolloutPhase.Aftercare a -> -1;
      case RolloutPhase.Ending e -> -1;
      case RolloutPhase.Halted h -> -1;
      case RolloutPhase.Succeeded s -> -1;
      case RolloutPhase.NeedsPerson n -> -1;
      case RolloutPhase.Dropped d -> -1;
    };
  }
}
