package dev.ringfence.contract;

import java.time.Duration;

/** When what has expired is removed, which the stack's schedule and the sweep must agree on. */
public final class ExpiryTimes {
  /**
   * How often. A run removes what EC2 lets it remove in a minute, so a large fleet's restore points
   * take all the runs of a day.
   */
  public static final Duration EVERY = Duration.ofHours(1);

  private ExpiryTimes() {}
}
