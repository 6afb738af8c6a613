package dev.ringfence.rollout;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a roll-out stands. */
public sealed interface RolloutPhase {
  /** Accepted; waits for its time or for its lane. */
  record Queued(Instant since, String waitsFor) implements RolloutPhase {}

  /** Its lane is taken; the fleet is being found. */
  record Planning(Instant since) implements RolloutPhase {}

  /**
   * A ring is open.
   *
   * @param opened when it opened; holds move it forward, so that they shift the schedule
   * @param graceUntil until when silence is forgiven, after AWS's own side had failed
   * @param complete when its last machine was settled; null while some are not
   */
  record Running(int ring, Instant opened, Instant graceUntil, @Nullable Instant complete)
      implements RolloutPhase {}

  /**
   * Nothing further is updated for now.
   *
   * @param since when this reason began; each reason has its own patience
   * @param until when the hold becomes a halt or a question to a person
   * @param left how long, when this reason began, holds that follow each other without a break may
   *     still last in all; closed windows take nothing of it
   */
  record Holding(HoldReason reason, Instant since, Instant until, Duration left, Running resume)
      implements RolloutPhase {}

  /** The halt is decided; commands in flight are being called back. */
  record Halting(HaltReason reason, Instant at) implements RolloutPhase {}

  /**
   * Halted. Machines that have the release are still watched, and those that it hurts later are
   * handed over to a restore too.
   *
   * @param until when the watch ends if nothing more is hurt
   * @param graceUntil until when silence is forgiven, after AWS's own side had failed
   */
  record Aftercare(HaltReason reason, Instant at, Instant until, Instant graceUntil)
      implements RolloutPhase {}

  /**
   * Nothing further is updated, and it is not halted: what is under way is called back, who has the
   * release in flight is judged to the end, and the hurt are handed over. Then it is over.
   *
   * @param until when it is over even if some of that could not be done
   * @param graceUntil until when silence is forgiven, after AWS's own side had failed
   */
  record Ending(Finish finish, Instant at, Instant until, Instant graceUntil)
      implements RolloutPhase {}

  /** How a rollout ends that is not halted. */
  sealed interface Finish {
    /** Every ring passed. */
    record Success() implements Finish {}

    /** It cannot go on without a person. */
    record AskPerson(String reason) implements Finish {}
  }

  /** Final: halted, and nothing is left to do. */
  record Halted(HaltReason reason, Instant at, Instant ended) implements RolloutPhase {}

  /** Final: every ring passed. */
  record Succeeded(Instant at) implements RolloutPhase {}

  /** Final: it could not go on without a person, and says why. */
  record NeedsPerson(String reason, Instant at) implements RolloutPhase {}

  /** Final: a newer version came before it began, or its version is quarantined. */
  record Dropped(String reason, Instant at) implements RolloutPhase {}

  /** The phase's name as an operator reads it. */
  default String title() {
    return switch (this) {
      case Queued q -> "QUEUED";
      case Planning p -> "PLANNING";
      case Running r -> "RUNNING";
      case Holding h -> "HOLDING";
      case Halting h -> "HALTING";
      case Aftercare a -> "AFTERCARE";
      case Ending e -> "ENDING";
      case Halted h -> "HALTED";
      case Succeeded s -> "SUCCEEDED";
      case NeedsPerson n -> "NEEDS_PERSON";
      case Dropped d -> "DROPPED";
    };
  }

  /** Whether nothing is left to do. */
  default boolean isFinal() {
    return switch (this) {
      case Halted h -> true;
      case Succeeded s -> true;
      case NeedsPerson n -> true;
      case Dropped d -> true;
      case Queued q -> false;
      case Planning p -> false;
      case Running r -> false;
      case Holding h -> false;
      case Halting h -> false;
      case Aftercare a -> false;
      case Ending e -> false;
    };
  }
}
