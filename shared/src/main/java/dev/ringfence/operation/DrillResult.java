package dev.ringfence.operation;

import java.time.Duration;
import java.time.Instant;

/**
 * What one drill of one machine showed.
 *
 * @param drill the drill's id
 * @param restoreClass the name of the class that the machine stood for
 * @param at when the verdict was reached
 */
public record DrillResult(
    String drill, String machine, String restoreClass, Instant at, Verdict verdict) {

  /** Pass or fail; there is nothing in between. */
  public sealed interface Verdict {
    /**
     * The restored clone lived.
     *
     * @param recoveryTime from the start of the swap until all checks were ok
     * @param recoveryPoint how old the restored snapshot was when the swap started
     */
    record Passed(Duration recoveryTime, Duration recoveryPoint) implements Verdict {}

    /**
     * It did not, or could not be tried.
     *
     * @param evidence what was seen
     */
    record Failed(DrillFailure reason, String evidence) implements Verdict {}
  }

  public boolean passed() {
    return verdict instanceof Verdict.Passed;
  }
}
