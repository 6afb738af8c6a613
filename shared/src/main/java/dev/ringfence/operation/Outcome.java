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
   */
  record Unsettled(String key, String message) implements Outcome {}
}
