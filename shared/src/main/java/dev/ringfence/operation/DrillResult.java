package dev.ringfence.operation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
     * @param recoveryTime from the start of the swap until all checks were ok and, where it was
     *     asked, its version was read
     * @param recoveryPoint how old the restored snapshot was when the swap started
     * @param runs the version that was read back; null when it was not asked
     */
    record Passed(Duration recoveryTime, Duration recoveryPoint, @Nullable String runs)
        implements Verdict {
      /** It was not asked what it runs. */
      public Passed(Duration recoveryTime, Duration recoveryPoint) {
        this(recoveryTime, recoveryPoint, null);
      }

      /** What is proven, in words. */
      public String shows() {
        return runs == null ? "boots" : "boots and runs version " + runs;
      }
    }

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
