package dev.ringfence.lab.clock;

import java.util.List;
import java.util.Set;

/** An error by its name in the Amazon States Language, as Retry and Catch see it. */
final class AslError extends RuntimeException {
  static final String ALL = "States.ALL";
  static final String TASK_FAILED = "States.TaskFailed";
  static final String TIMEOUT = "States.Timeout";
  static final String RUNTIME = "States.Runtime";
  static final String DATA_LIMIT = "States.DataLimitExceeded";

  /** Caught by no wildcard; States.Runtime by nothing at all. */
  private static final Set<String> TERMINAL = Set.of(RUNTIME, DATA_LIMIT);

  private final String error;
  private final String cause;

  AslError(String error, String cause) {
    super(error + ": " + cause);
    this.error = error;
    this.cause = cause;
  }

  static AslError runtime(String cause) {
    return new AslError(RUNTIME, cause);
  }

  String error() {
    return error;
  }

  String cause() {
    return cause;
  }

  /**
   * Whether a Retry's or Catch's {@code ErrorEquals} means this error.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">
   *     Handling errors in Step Functions workflows</a>
   */
  boolean isOneOf(List<String> errorEquals) {
    if (error.equals(RUNTIME)) {
      return false;
    }
    return errorEquals.stream().anyMatch(this::isMeantBy);
  }

  private boolean isMeantBy(String name) {
    return switch (name) {
      case ALL -> !TERMINAL.contains(error);
      case TASK_FAILED -> !TERMINAL.contains(error) && !error.equals(TIMEOUT);
      default -> name.equals(error);
    };
  }
}
