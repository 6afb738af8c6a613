package dev.ringfence.lab.clock;

import java.time.Duration;

/**
 * What a {@link LambdaTap} throws to make an invocation fail the way Lambda itself fails, with the
 * error name that a state machine then sees.
 */
public final class LambdaFault extends RuntimeException {
  private final String error;
  private final Duration after;

  /**
   * A failure with a name of the tap's choice.
   *
   * @param error such as {@code Lambda.TooManyRequestsException}
   * @param after how long the caller waits for it, in virtual time
   */
  public LambdaFault(String error, String cause, Duration after) {
    super(cause);
    this.error = error;
    this.after = after;
  }

  /** Lambda itself is in trouble; the documentation says to retry this one. */
  public static LambdaFault serviceTrouble() {
    return new LambdaFault("Lambda.ServiceException", "Service unavailable", Duration.ZERO);
  }

  /** The function hung until Lambda ended it. */
  public static LambdaFault timedOut(Duration after) {
    return new LambdaFault(
        "Sandbox.Timedout",
        "{\"errorMessage\":\"Task timed out after " + after.toSeconds() + ".00 seconds\"}",
        after);
  }

  public String error() {
    return error;
  }

  public Duration after() {
    return after;
  }
}
