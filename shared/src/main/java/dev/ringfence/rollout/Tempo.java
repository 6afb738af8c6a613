package dev.ringfence.rollout;

import java.time.Duration;

/** How often a roll-out looks, and how long it is patient with the world. */
final class Tempo {
  /**
   * While machines are in flight: EC2's status checks run once a minute, so looking more often sees
   * nothing new.
   */
  static final Duration IN_FLIGHT = Duration.ofMinutes(1);

  /**
   * While nothing is in flight: agents ping every five minutes, so looking more often sees nothing
   * new.
   */
  static final Duration IDLE = Duration.ofMinutes(5);

  /**
   * How long a command may take to be sent: a beat that died with it costs two minutes, a throttle
   * less.
   */
  static final Duration SENDING = Duration.ofMinutes(5);

  /** How long to wait before an update is sent again to a machine that did not take it. */
  static final Duration RETRY_PAUSE = Duration.ofMinutes(5);

  /**
   * A first snapshot of a large volume "can take several hours" (EBS user guide); after these it is
   * given up.
   */
  static final Duration SNAPSHOT_PATIENCE = Duration.ofHours(6);

  /** How often a batch's command may be refused for one machine before they are left out. */
  static final int REFUSALS_MAX = 3;

  /**
   * From so many updated machines in one zone on, failing infrastructure is more than a bad host.
   */
  static final int STALLED_MANY = 3;

  /** How many pieces of missing evidence are named; the rest is counted. */
  static final int NAMED_MAX = 5;

  /** EC2 lists are eventually consistent; a snapshot that is not listed after this is not there. */
  static final Duration SNAPSHOT_LISTED = Duration.ofMinutes(1);

  /**
   * While a machine is frozen: several looks in the shortest freeze that a policy may have, and as
   * long as a command takes to be delivered at the most.
   */
  static final Duration FROZEN = Duration.ofSeconds(5);

  /**
   * How many machines are frozen at once: as many as the snapshots that EC2 starts in two seconds
   * at its rate of five, so that the last one is not frozen much longer than the first.
   */
  static final int FROZEN_AT_ONCE = 10;

  /**
   * Systems Manager's shortest delivery time-out ("SendCommand", TimeoutSeconds): a freeze that
   * comes later is for nothing.
   */
  static final Duration FREEZE_DELIVERY = Duration.ofSeconds(30);

  /** How long an answer takes beyond delivery and run: agents answer within seconds. */
  static final Duration ANSWER = Duration.ofSeconds(30);

  /** How often a machine is told to let go before it is left to its own timer. */
  static final int THAWS = 3;

  /**
   * How long Windows may take to make a set of snapshots, first of all to install or renew the
   * components that do it.
   */
  static final Duration SHADOWS_PATIENCE = Duration.ofMinutes(30);

  /** How long it may take to write on snapshots what they achieved; after it they say less. */
  static final Duration MARKING_PATIENCE = Duration.ofMinutes(30);

  /**
   * How long a restore point is wanted: longer than the longest observation and aftercare that a
   * policy may ask for take together.
   */
  static final Duration POINT_KEPT = Duration.ofDays(70);

  /** How often a restore point is tried for one machine before it is left out. */
  static final int SNAPSHOT_ATTEMPTS = 2;

  /**
   * What is added to the number of the last attempt when a machine is given a crash-consistent
   * point after all: another logical effect, with a key that no other attempt has.
   */
  static final int FALLBACK = 10;

  /**
   * How many snapshots may be pending at once: EC2's documented limit is 100 an account, of which a
   * fifth is left to others.
   */
  static final int SNAPSHOTS_PENDING = 80;

  /**
   * For how many batches ahead existing restore points are looked up: five calls' worth of volumes.
   */
  static final int LOOK_AHEAD = 20;

  /** How long the fleet may stay unreadable before a person is asked. */
  static final Duration PLANNING_PATIENCE = Duration.ofHours(1);

  /**
   * Hurt machines that show within this are handed over together: one restore, not one a machine.
   */
  static final Duration ORDER_GATHERS = Duration.ofMinutes(3);

  /**
   * Beyond so many exposed machines a look at the settled ones is spread over several beats while
   * others are in flight.
   */
  static final int LOOK_AT_ONCE = 500;

  /** Over how many beats it is spread: one ping period. */
  static final int LOOK_SLICES = 5;

  private Tempo() {}
}
