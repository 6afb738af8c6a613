package dev.ringfence.restore;

import java.time.Instant;

/** Where a restore stands. */
public sealed interface RestorePhase {
  /** Machines are being brought back. */
  record Running() implements RestorePhase {}

  /** Final: every machine has its last word. */
  record Done(Instant at, int restored, int needPerson) implements RestorePhase {}
}
