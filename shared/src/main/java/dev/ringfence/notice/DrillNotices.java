package dev.ringfence.notice;

import dev.ringfence.contract.CellEvents;
import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillPhase;
import dev.ringfence.operation.DrillFailure;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is news about a drill. */
public final class DrillNotices {
  /** A drill is about the way back and ships nothing. */
  private static final String NO_VERSION = "";

  /** Said when none of the failures speaks against a restore. */
  private static final String STANDS =
      " None of that shows that a restore does not work, so earlier proofs stand and only grow older.";

  private DrillNotices() {}

  /**
   * The news of a drill that has entered the phase that it is in: that it ended and not every
   * machine passed. A drill in which all passed is no news.
   */
  public static Optional<Notice> of(Drill drill) {
    return switch (drill.phase()) {
      case DrillPhase.Planning p -> Optional.empty();
      case DrillPhase.Running r -> Optional.empty();
      case DrillPhase.Done done ->
          done.failed() == 0 ? Optional.empty() : Optional.of(failed(drill, done));
    };
  }

  /** Each reason once, with how many machines it kept from passing. */
  private static String reasons(DrillPhase.Done done) {
    Map<DrillFailure, Integer> counted = new EnumMap<>(DrillFailure.class);
    done.failures().forEach(reason -> counted.merge(reason, 1, Integer::sum));
    return counted.entrySet().stream()
        .map(one -> one.getKey().sentence() + ": " + one.getValue())
        .collect(Collectors.joining("; "));
  }

  private static Notice failed(Drill drill, DrillPhase.Done done) {
    String message =
        "The way back of %s was tried on clones: %d of %d did not pass (%s).%s The journal of %s says which and why, and what the clones showed is in the evidence bucket."
            .formatted(
                drill.product(),
                done.failed(),
                done.passed() + done.failed(),
                reasons(done),
                done.failures().stream().anyMatch(DrillFailure::refutes) ? "" : STANDS,
                drill.id());
    return new Notice(
        CellEvents.DRILL_FAILED,
        drill.id(),
        drill.product(),
        NO_VERSION,
        message,
        Map.of(
            "passed", Integer.toString(done.passed()), "failed", Integer.toString(done.failed())));
  }
}
