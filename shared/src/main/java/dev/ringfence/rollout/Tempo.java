package dev.ringfence.rollout;

import java.time.Duration;

/** How often a roll-out looks, and how long it is patient with the world. */
final class Tempo {
  /** While machines are in flight: EC2's status checks run once a minute, so looking more often sees nothing new. */
  static final Duration IN_FLIGHT = Duration.ofMinutes(1);

  /** While nothing is in flight: agents ping every five minutes, so looking more often sees nothing new. */
  static final Duration IDLE = Duration.ofMinutes(5);

  /**
   * After which the versions of those that are ready are read although others of the batch are not: one ping period
   * and a minute, within which every living machine should have pinged.
   */
  static final Duration READ_TOGETHER = Duration.ofMinutes(6);

  /** How long a version probe may take to be answered before another is sent. */
  static final Duration PROBE_PATIENCE = Duration.ofMinutes(2);

  /** By how much that patience grows at most with the number of probes. */
  static final int PROBE_PATIENCE_FACTOR = 5;

  /** How long the probe's delivery may take: it goes only to machines that have just shown life. */
  static final Duration PROBE_DELIVERY = Duration.ofMinutes(1);

  /** How long to wait before an update is sent again to a machine that did not take it. */
  static final Duration RETRY_PAUSE = Duration.ofMinutes(5);

  /** A first snapshot of a large volume "can take several hours" (EBS user guide); after these it is given up. */
  static final Duration SNAPSHOT_PATIENCE = Duration.ofHours(6);

  /** How often a restore point is tried for one machine before it is left out. */
  static final int SNAPSHOT_ATTEMPTS = 2;

  /**
   * How many snapshots may be pending at once: EC2's documented limit is 100 an account, of which a fifth is left to
   * others.
   */
  static final int SNAPSHOTS_PENDING = 80;

  /** For how many batches ahead existing restore points are looked up: five calls' worth of volumes. */
  static final int LOOK_AHEAD = 20;

  /** How long the fleet may stay unreadable before a person is asked. */
  static final Duration PLANNING_PATIENCE = Duration.ofHours(1);

  /** Hurt machines that show within this are handed over together: one restore, not one a machine. */
  static final Duration ORDER_GATHERS = Duration.ofMinutes(3);

  /**
   * An open intent that nobody reported on may still be in the hands of a running beat; after this, longer than a beat
   * function may run, that beat is dead.
   */
  static final Duration BEAT_DIES = Duration.ofMinutes(2);

  /**
   * Beyond so many exposed machines a look at the settled ones is spread over several beats while others are in flight.
   */
  static final int LOOK_AT_ONCE = 500;

  /** Over how many beats it is spread: one ping period. */
  static final int LOOK_SLICES = 5;

  private Tempo() {}
}
