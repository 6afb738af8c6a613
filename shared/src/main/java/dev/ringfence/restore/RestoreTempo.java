package dev.ringfence.restore;

import java.time.Duration;

/** How fast a restore goes and how long it is patient. */
final class RestoreTempo {
  /** Tasks and status checks move by the minute. */
  static final Duration LOOK = Duration.ofMinutes(1);

  /**
   * How many root replacements may be under way at once. EC2 lets an account make 50 mutating calls
   * at once and 5 more a second (EC2 API throttling); a beat a minute could start 300, and half is
   * left to others.
   */
  static final int UNDER_WAY = 150;

  /** A ping within two periods of five minutes and one more is a sign of life. */
  static final Duration SILENCE = Duration.ofMinutes(11);

  /** A replacement takes minutes; one that has not ended after this will not. */
  static final Duration REPLACEMENT = Duration.ofHours(1);

  /** How long failing infrastructure under a restored machine is waited out beyond its deadline. */
  static final Duration INFRASTRUCTURE = Duration.ofHours(2);

  private RestoreTempo() {}
}
