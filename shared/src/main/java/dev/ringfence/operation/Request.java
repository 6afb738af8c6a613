package dev.ringfence.operation;

import java.time.Instant;

/**
 * What an alarm or an operator asks of an operation. It is written to the head under a condition
 * and answered by the operation's own beat; a halt once asked for is never overwritten by anything
 * milder.
 *
 * @param by who asks: an alarm's name or an operator's identity
 * @param evidence why, in one sentence that the journal keeps
 */
public record Request(Wish wish, String by, String evidence, Instant at) {
  /** What can be asked for; the operators' wishes join when their functions are built. */
  public enum Wish {
    /** Its clock gave up: whatever it was at, a person must take over. */
    PERSON,
    HALT
  }
}
