package dev.ringfence.restore;

import dev.ringfence.operation.Rig;
import dev.ringfence.swap.Standstill;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where one machine stands in a restore. */
public sealed interface PatientPhase {
  /**
   * Nothing was done to it yet.
   *
   * @param unseenSince since when its turn has come and nobody could see whether it lives; null
   *     while that is not so
   */
  record Waiting(@Nullable Instant unseenSince) implements PatientPhase {}

  /**
   * It is looked at before anything is done to it.
   *
   * @param tried whether an attempt to keep what it shows ended without a clear outcome
   * @param evidence what was kept of what it shows, and where; null until that is known
   * @param rig how it is put together; null until it was seen
   */
  record Examining(Instant since, boolean tried, @Nullable String evidence, @Nullable Rig rig)
      implements PatientPhase {
    /** What was kept of it, as the journal tells it. */
    String kept() {
      return evidence == null ? "nothing of what it shows could be kept in time" : evidence;
    }
  }

  /**
   * It shows life although nothing was done to it, and is watched whether that lasts.
   *
   * @param first when it was first seen to
   * @param since since when it has, without having gone down in between
   */
  record Reviving(Instant first, Instant since) implements PatientPhase {}

  /**
   * Another operation works on its root, so nothing is done to it.
   *
   * @param holder that operation
   */
  record Held(Instant since, String holder) implements PatientPhase {}

  /**
   * EC2 is replacing its root from its restore point.
   *
   * @param tried whether an attempt to ask for it ended without a clear outcome
   * @param task EC2's task id; null until it is known
   * @param refused EC2's words when it did not want to; null when it did
   * @param body what it was put together of; null when that could not be seen, and then there is no
   *     other way
   */
  record Replacing(
      Instant since,
      boolean tried,
      @Nullable String task,
      @Nullable String refused,
      @Nullable Body body)
      implements PatientPhase {
    /** Whether EC2 was certainly not asked yet: after that only the proof of life counts. */
    boolean isUntouched() {
      return task == null && refused == null && !tried;
    }
  }

  /**
   * Before it is stopped it is looked at once more, for what a stop would meet and cost.
   *
   * @param body what it was put together of
   * @param why why it is to be stopped
   * @param tried what was tried before, in words; empty for nothing
   * @param rootless whether it has no root, so that nothing is taken from it
   */
  record Weighing(Instant since, Body body, String why, String tried, boolean rootless)
      implements PatientPhase {
    /** Both, for whoever reads on. */
    String told() {
      return tried.isEmpty() ? why : tried + ": " + why;
    }
  }

  /**
   * Its root is being exchanged while it is stopped, after the data volumes that go back with it.
   *
   * @param tried what was tried before, in words; empty for nothing
   */
  record Exchanging(Standstill standstill, String tried) implements PatientPhase {
    /** Whether nothing was done to it yet. */
    boolean isUntouched() {
      return standstill.isUntouched();
    }
  }

  /**
   * Its root was replaced at {@code since}; it has not proved its life yet.
   *
   * @param old the volume that was its root and still has to be tagged; null when there is none or
   *     it was tagged
   */
  record Proving(Instant since, @Nullable String old) implements PatientPhase {}

  /** Final: it lives and runs what the restore point holds. */
  record Restored(Instant at) implements PatientPhase {}

  /**
   * Final: it came back by itself, and nothing was replaced.
   *
   * @param why what was seen of it
   */
  record LeftAlone(Instant at, String why) implements PatientPhase {}

  /**
   * Final: it could not be brought back without a person.
   *
   * @param reason why
   * @param tried what was tried, in words
   */
  record NeedsPerson(Instant at, String reason, String tried) implements PatientPhase {}

  /** How far hands were laid on it, in words that follow others; empty where there is no need. */
  default String where() {
    if (!(this instanceof Exchanging exchanging)) {
      return "";
    }
    return ", with " + exchanging.standstill().inWords();
  }

  /** Whether something is being done to it, so that it counts among those at once. */
  default boolean isUnderWay() {
    return switch (this) {
      case Examining e -> true;
      case Replacing r -> true;
      case Weighing w -> true;
      case Exchanging e -> true;
      case Waiting w -> false;
      case Reviving r -> false;
      case Held h -> false;
      case Proving p -> false;
      case Restored r -> false;
      case LeftAlone l -> false;
      case NeedsPerson n -> false;
    };
  }

  /** Whether its root is in this restore's hands, so that nobody else may touch it. */
  default boolean isInHand() {
    return switch (this) {
      case Replacing r -> true;
      case Weighing w -> true;
      case Exchanging e -> true;
      case Proving p -> true;
      case Waiting w -> false;
      case Examining e -> false;
      case Reviving r -> false;
      case Held h -> false;
      case Restored r -> false;
      case LeftAlone l -> false;
      case NeedsPerson n -> false;
    };
  }

  /** Whether nothing more will be done to it. */
  default boolean isFinal() {
    return switch (this) {
      case Restored r -> true;
      case LeftAlone l -> true;
      case NeedsPerson n -> true;
      case Waiting w -> false;
      case Examining e -> false;
      case Reviving r -> false;
      case Held h -> false;
      case Replacing r -> false;
      case Weighing w -> false;
      case Exchanging e -> false;
      case Proving p -> false;
    };
  }
}
