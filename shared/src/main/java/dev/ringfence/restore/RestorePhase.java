package dev.ringfence.restore;

import java.time.Instant;

/** Where a restore stands. */
public sealed interface RestorePhase {
  /** Machines are being brought back. */
  record Running() implements RestorePhase {}

  /**
   * Final: every machine has its last word.
   *
   * @param leftAlone how many came back by themselves before anything was done to them
   */
  record Done(Instant at, int restored, int leftAlone, int needPerson) implements RestorePhase {}
}
