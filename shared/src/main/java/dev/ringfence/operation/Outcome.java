package dev.ringfence.operation;

import java.time.Instant;

/** What came of an effect. */
public sealed interface Outcome {
  /** The effect's key. */
  String key();

  /**
   * It took place, now or at an earlier attempt.
   *
   * @param result what AWS called it: a command id, a root snapshot id, a task id; empty where
   *     there is none
   * @param at when it took place, as far as AWS says
   */
  record Done(String key, String result, Instant at) implements Outcome {}

  /** AWS refused it for good: it did not take place and asking again would not help. */
  record Refused(String key, String code, String message) implements Outcome {}

  /**
   * It may or may not have taken place: a time-out, a throttle, a lost answer. The intent stays
   * open and the next beat looks before it acts.
   *
   * @param message what it ran into, in a few words that hold nothing of what was to be done
   * @param how how far it came
   */
  record Unsettled(String key, String message, How how) implements Outcome {
    /** Attempted, and nobody knows with what result. */
    public Unsettled(String key, String message) {
      this(key, message, How.UNCLEAR);
    }

    /** How far an attempt came. */
    public enum How {
      /** It is about to begin; whether the beat that attempts it lives to tell is not known. */
      BEGINS,
      /** It was attempted, and may have taken place. */
      UNCLEAR,
      /** Something that should not be kept it from being attempted. */
      PREVENTED,
      /** It was put off, as it happens when all is well. */
      POSTPONED
    }
  }
}
