package dev.ringfence.drill;

import java.time.Duration;

/** How fast a drill goes and how long it is patient with each step. */
final class DrillTempo {
  /** Instances, volumes and status checks move by the minute. */
  static final Duration LOOK = Duration.ofMinutes(1);

  /** Longer than a Region's lists fail; a drill that cannot read its fleet is tried again later. */
  static final Duration PLANNING = Duration.ofMinutes(30);

  /** The first snapshot of a volume copies all of it, which may take hours. */
  static final Duration SNAPSHOT = Duration.ofHours(2);

  /** A launch takes a minute; capacity that is not there for so long is missing today. */
  static final Duration LAUNCH = Duration.ofMinutes(20);

  /**
   * Where there is another subnet to go to, capacity is waited for no longer: AWS advises a few
   * minutes, or another Availability Zone ("Troubleshoot Amazon EC2 instance launch issues").
   */
  static final Duration ELSEWHERE = Duration.ofMinutes(5);

  /** A swap takes some minutes; whoever is exchanged for longer is no help at 3 a.m. */
  static final Duration SWAP = Duration.ofMinutes(90);

  /** A picture and 64 KB of text. */
  static final Duration CAPTURE = Duration.ofMinutes(10);

  /** An instance is terminated within minutes and its volumes after it. */
  static final Duration REMOVAL = Duration.ofMinutes(55);

  /** No rehearsal begins later than this, so that what began can come to its end. */
  static final Duration BEGIN = Duration.ofHours(3);

  /**
   * After this everything is removed, whatever it is at: the schedule runs again after six hours.
   */
  static final Duration RUN = Duration.ofHours(5);

  private DrillTempo() {}
}
