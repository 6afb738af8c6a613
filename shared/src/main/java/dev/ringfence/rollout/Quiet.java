package dev.ringfence.rollout;

import dev.ringfence.fleet.Consistency;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Tries;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a machine is with a restore point that shall be more than crash-consistent. What holds it
 * still is not in here but in {@link Stillness}, since it must be let go whatever becomes of this.
 */
public sealed interface Quiet {
  /** It was asked to hold still, and has not answered. */
  record Freezing() implements Quiet {}

  /** It holds still: its snapshots are to be started before it is let go. */
  record Frozen(Instant since) implements Quiet {}

  /**
   * Its snapshots were started while it held still, as far as we know; when it is let go it tells
   * whether it really did until then.
   */
  record Thawing() implements Quiet {}

  /** Windows was asked to make the snapshots itself. */
  record Shadowing(Sending order) implements Quiet {}

  /** The snapshots that Windows made are looked for. */
  record Finding(Instant since, @Nullable Tries tries) implements Quiet {}

  /** What was achieved is being written on the snapshots. */
  record Marking(Instant since, Consistency achieved, @Nullable Tries tries) implements Quiet {}

  /** It did not work; what comes next waits until the machine is let go. */
  record LetGo(String why) implements Quiet {}

  /**
   * It is known what the restore point has, or, while there is no snapshot yet, will have.
   *
   * @param why it is not more; empty when it is what was asked for
   */
  record Known(Consistency achieved, String why) implements Quiet {}
}
