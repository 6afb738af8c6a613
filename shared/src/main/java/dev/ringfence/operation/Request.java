package dev.ringfence.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an alarm or an operator asks of an operation. It is written to the head under a condition
 * and answered by the operation's own beat; a halt once asked for is never overwritten by anything
 * milder.
 *
 * @param by who asks: an alarm's name or an operator's identity
 * @param evidence why, in one sentence that the journal keeps
 * @param agreed how far the restore that is asked for may go; null where none is asked for
 */
public record Request(Wish wish, String by, String evidence, Instant at, @Nullable Consent agreed) {
  /** Asks for anything but a restore. */
  public Request(Wish wish, String by, String evidence, Instant at) {
    this(wish, by, evidence, at, null);
  }

  /** What can be asked for. Every decision that sees a wish answers it, and then it is gone. */
  public enum Wish {
    /** Its clock gave up: whatever it was at, a person must take over. */
    PERSON,
    HALT,
    /** Stop for good without blaming the release. */
    ABORT,
    /** Go on with what a hold, or a question to a person, keeps waiting. */
    RESUME,
    /** Restore the hurt machines, where the policy asks before it does. */
    APPROVE,
    /** Leave out what is left of a ring on hold, and open the next one. */
    SKIP_RING
  }
}
