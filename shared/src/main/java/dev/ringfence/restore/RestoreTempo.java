package dev.ringfence.restore;

import java.time.Duration;

/** How fast a restore goes and how long it is patient. */
final class RestoreTempo {
  /** Tasks and status checks move by the minute. */
  static final Duration LOOK = Duration.ofMinutes(1);

  /** Each step of an exchange shows within seconds, and a machine is down meanwhile. */
  static final Duration STEP = Duration.ofSeconds(15);

  /**
   * While roots are still to be asked for. EC2 lets 50 calls that change something come at once and
   * earns 5 a second back ("Request throttling for the Amazon EC2 API"), so an empty bucket is full
   * again after this, and whoever comes later lets tokens go to waste.
   */
  static final Duration ASKING = Duration.ofSeconds(10);

  /**
   * How many machines may be examined, or wait for their root to be asked for, at the same time:
   * what EC2 lets a beat ask for twice over. Whoever examined everybody first would leave the roots
   * unasked meanwhile.
   */
  static final int AHEAD_MAX = 100;

  /**
   * How long a machine is looked at before it is restored with what could be seen: pictures are
   * worth some minutes and no more.
   */
  static final Duration EXAMINATION = Duration.ofMinutes(5);

  /** A ping within two periods of five minutes and one more is a sign of life. */
  static final Duration SILENCE = Duration.ofMinutes(11);

  /**
   * How long a hurt machine must show life in every look before it is left alone. A fault that
   * shows after minutes brings a boot loop down more than once in that time: of faults with a mean
   * of two minutes and the five in which a ping goes missing, 95 % show within eleven.
   */
  static final Duration STEADY = Duration.ofMinutes(15);

  /**
   * The longest that a machine which still has what hurt it, or does not say so, is watched for:
   * what takes longer to show is the matter of whoever looks at the release.
   */
  static final Duration OUTLIVED_MAX = Duration.ofHours(3);

  /** How long a machine that comes and goes is watched before somebody is asked. */
  static final Duration REVIVAL = OUTLIVED_MAX.plusHours(1);

  /**
   * How long it is tried to read what a stop would meet and cost. While EC2 does not answer that it
   * would not stop the machine either.
   */
  static final Duration WEIGHING = Duration.ofHours(1);

  /**
   * How long a machine that comes back while it leaves its group's service is waited for to fall
   * silent again: longer than the group takes to let it go, which is an hour by default.
   */
  static final Duration LEAVING = Duration.ofMinutes(90);

  /** A replacement takes minutes; one that has not ended after this will not. */
  static final Duration REPLACEMENT = Duration.ofHours(1);

  /**
   * How long a machine that another operation works on is waited for: longer than a replacement, an
   * exchange after it and the proof take when all goes well.
   */
  static final Duration TURN = Duration.ofHours(3);

  /**
   * How long failing infrastructure under a restored machine is waited out beyond its deadline, and
   * how long a look at one that is to be restored.
   */
  static final Duration INFRASTRUCTURE = Duration.ofHours(2);

  /**
   * How much longer a machine may take to prove its life from a volume that was just made: its
   * blocks come from the snapshot as they are first touched, and it may stay below half its speed
   * until then ("Initialize Amazon EBS volumes"). A boot of a quarter of an hour takes twice that.
   */
  static final Duration COLD = Duration.ofMinutes(15);

  /** How long a root that was replaced is kept: two weekends after a bad Friday. */
  static final Duration OLD_ROOT_KEPT = Duration.ofDays(14);

  private RestoreTempo() {}
}
