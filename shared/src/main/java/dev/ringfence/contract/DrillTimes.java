package dev.ringfence.contract;

import java.time.Duration;

/** When drills run, which the stack's schedule and the drills themselves must agree on. */
public final class DrillTimes {
  /** How often the schedule runs. A run's drills are over before the next one. */
  public static final Duration EVERY = Duration.ofHours(6);

  /** What a drill made and is older than this was left over: every drill has removed it by then. */
  public static final Duration LEFT_OVER = Duration.ofHours(7);

  private DrillTimes() {}
}
