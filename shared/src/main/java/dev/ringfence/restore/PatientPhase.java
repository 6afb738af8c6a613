package dev.ringfence.restore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where one machine stands in a restore. */
public sealed interface PatientPhase {
  /** Nothing was done to it yet. */
  record Waiting() implements PatientPhase {}

  /**
   * Its root is being replaced from its restore point.
   *
   * @param tried whether an attempt to ask for it ended without a clear outcome
   * @param task EC2's task id; null until it is known
   */
  record Replacing(Instant since, boolean tried, @Nullable String task) implements PatientPhase {}

  /** Its root was replaced at {@code since}; it has not proved its life yet. */
  record Proving(Instant since) implements PatientPhase {}

  /** Final: it lives and runs what the restore point holds. */
  record Restored(Instant at) implements PatientPhase {}

  /**
   * Final: it could not be brought back without a person.
   *
   * @param reason why
   * @param tried what was tried, in words
   */
  record NeedsPerson(Instant at, String reason, String tried) implements PatientPhase {}

  /** Whether nothing more will be done to it. */
  default boolean isFinal() {
    return switch (this) {
      case Restored r -> true;
      case NeedsPerson n -> true;
      case Waiting w -> false;
      case Replacing r -> false;
      case Proving p -> false;
    };
  }
}
