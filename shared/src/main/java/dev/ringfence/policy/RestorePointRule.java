package dev.ringfence.policy;

import java.time.Duration;

/** Which snapshot a machine needs before it is updated. */
public sealed interface RestorePointRule {
  /** One that was taken for this rollout. */
  record Fresh() implements RestorePointRule {}

  /** An existing one that is completed and younger than {@code age}; else a fresh one. */
  record ReuseYoungerThan(Duration age) implements RestorePointRule {}
}
