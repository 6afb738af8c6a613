package dev.ringfence.notice;

import dev.ringfence.contract.CellEvents;
import dev.ringfence.rollout.HaltReason;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutPhase;
import java.util.Map;
import java.util.Optional;

/** What is news about a rollout. */
public final class RolloutNotices {
  private RolloutNotices() {}

  /**
   * The news of a rollout that has entered the phase that it is in. Holds are none: they end by
   * themselves, or become a halt or a question.
   */
  public static Optional<Notice> of(Rollout rollout) {
    return switch (rollout.phase()) {
      case RolloutPhase.Halting halting -> Optional.of(halted(rollout, halting.reason()));
      case RolloutPhase.Succeeded succeeded -> Optional.of(succeeded(rollout));
      case RolloutPhase.Ending ending ->
          switch (ending.finish()) {
            case RolloutPhase.Finish.AskPerson ask ->
                Optional.of(personNeeded(rollout, ask.reason()));
            case RolloutPhase.Finish.Success s -> Optional.empty();
          };
      case RolloutPhase.NeedsPerson asks -> Optional.of(personNeeded(rollout, asks.reason()));
      case RolloutPhase.Queued q -> Optional.empty();
      case RolloutPhase.Planning p -> Optional.empty();
      case RolloutPhase.Running r -> Optional.empty();
      case RolloutPhase.Holding h -> Optional.empty();
      case RolloutPhase.Aftercare a -> Optional.empty();
      case RolloutPhase.Halted h -> Optional.empty();
      case RolloutPhase.Dropped d -> Optional.empty();
    };
  }

  private static Notice halted(Rollout rollout, HaltReason reason) {
    String message =
        "HALTED: %s. No further machine gets it, commands under way are called back, and the version is quarantined. Reason: %s. %s"
            .formatted(name(rollout), reason.sentence(), look(rollout));
    return notice(CellEvents.ROLLOUT_HALTED, rollout, message, Map.of("reason", reason.sentence()));
  }

  private static Notice succeeded(Rollout rollout) {
    String message = "%s has reached every ring.".formatted(name(rollout));
    return notice(CellEvents.ROLLOUT_SUCCEEDED, rollout, message, Map.of());
  }

  private static Notice personNeeded(Rollout rollout, String reason) {
    String message =
        "A person is needed: %s cannot go on by itself. Reason: %s. %s"
            .formatted(name(rollout), reason, look(rollout));
    return notice(CellEvents.PERSON_NEEDED, rollout, message, Map.of("reason", reason));
  }

  private static String name(Rollout rollout) {
    return rollout.release().product() + " " + rollout.release().version();
  }

  private static String look(Rollout rollout) {
    return Words.ask("rollout", "status", rollout.id());
  }

  private static Notice notice(
      String type, Rollout rollout, String message, Map<String, String> facts) {
    return new Notice(
        type,
        rollout.id(),
        rollout.release().product(),
        rollout.release().version(),
        message,
        facts);
  }
}
