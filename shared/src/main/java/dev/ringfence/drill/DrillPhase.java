package dev.ringfence.drill;

import dev.ringfence.operation.DrillFailure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a drill stands. */
public sealed interface DrillPhase {
  /** Its machines are being chosen. */
  record Planning(Instant since) implements DrillPhase {}

  /**
   * Clones are being made, restored, judged and removed.
   *
   * @param coverage how far the fleet was proven when the drill began
   */
  record Running(Instant since, Coverage coverage) implements DrillPhase {}

  /**
   * Final: each machine has its verdict.
   *
   * @param failures why each machine that did not pass did not, sorted
   * @param coverage how far the fleet was proven when the drill began; null when the fleet was
   *     never read
   * @param leftovers keys of rehearsals of which something is left, for the janitor
   * @param remark why nothing was drilled; empty when something was
   */
  record Done(
      Instant at,
      int passed,
      List<DrillFailure> failures,
      @Nullable Coverage coverage,
      List<String> leftovers,
      String remark)
      implements DrillPhase {
    public Done {
      failures = failures.stream().sorted().toList();
      leftovers = List.copyOf(leftovers);
    }

    /** How many machines did not pass. */
    public int failed() {
      return failures.size();
    }
  }
}
