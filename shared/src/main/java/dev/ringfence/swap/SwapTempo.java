package dev.ringfence.swap;

import java.time.Duration;

/** How often and for how long a swap tries. */
final class SwapTempo {
  /** A refusal may come from lists that lag behind; after three, a minute apart, it is meant. */
  static final int ATTEMPTS = 3;

  /** Longer than EC2's lists lag behind, and about the time between two looks. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  /**
   * How long a step is asked for that AWS does not answer or throttles: when a thousand machines
   * are exchanged at once, EC2's five changes a second are used up for half an hour.
   */
  static final Duration UNANSWERED = Duration.ofHours(1);

  /**
   * What a machine was left with is said only after this long without anything new being done to
   * it: a list that lags behind must not have the last word.
   */
  static final Duration CALM = Duration.ofMinutes(3);

  /**
   * Longer than every wait of one attempt of each step together. Whoever is not done by then goes
   * back.
   */
  static final Duration FORWARD = Duration.ofHours(4);

  /** How long a machine that has no root is tried to be given its old one. */
  static final Duration BACKWARD = Duration.ofHours(8);

  private SwapTempo() {}
}
