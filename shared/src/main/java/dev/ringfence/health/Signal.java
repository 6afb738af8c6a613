package dev.ringfence.health;

/** The streams of failures, kept apart because they call for different verdicts. */
public enum Signal {
  /** A machine did not come back after its reboot: harm. */
  RETURN,
  /** A machine lost its heartbeat, crashed or raised its alarm after the update: harm. */
  LIVENESS,
  /** The update did not arrive and the machine lives on the old version: a reason to hold. */
  DELIVERY
}
