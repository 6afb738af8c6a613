package dev.ringfence.operation;

import dev.ringfence.operation.DrillResult.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What drills have shown of one class or of one machine.
 *
 * @param passed the newest drill that passed; null when none ever did
 * @param failed the newest drill that failed; null when none ever did
 */
public record DrillProof(@Nullable DrillResult passed, @Nullable DrillResult failed) {
  /** Nothing was ever drilled. */
  public static final DrillProof NONE = new DrillProof(null, null);

  /** This proof with one more result; an older one than is known changes nothing. */
  public DrillProof with(DrillResult result) {
    return result.passed()
        ? new DrillProof(newer(passed, result), failed)
        : new DrillProof(passed, newer(failed, result));
  }

  private static DrillResult newer(@Nullable DrillResult known, DrillResult result) {
    return known == null || known.at().isBefore(result.at()) ? result : known;
  }

  /** When it was last tried; null when it never was. */
  public @Nullable Instant tried() {
    if (passed == null || failed == null) {
      return passed == null ? (failed == null ? null : failed.at()) : passed.at();
    }
    return passed.at().isAfter(failed.at()) ? passed.at() : failed.at();
  }

  /** The newest drill that passed, unless a later one showed that the restore does not work. */
  public Optional<DrillResult> standing() {
    boolean refuted =
        passed != null
            && failed != null
            && failed.verdict() instanceof Verdict.Failed f
            && f.reason().refutes()
            && failed.at().isAfter(passed.at());
    return refuted ? Optional.empty() : Optional.ofNullable(passed);
  }

  /**
   * Why nobody should rely on a restore; empty when a passing drill is young enough.
   *
   * @param maxAge how old the passing drill may be
   */
  public Optional<String> objection(Duration maxAge, Instant now) {
    Optional<DrillResult> pass = standing();
    if (pass.isPresent()) {
      Instant at = pass.get().at();
      return now.isAfter(at.plus(maxAge))
          ? Optional.of("its last passing drill is of " + at)
          : Optional.empty();
    }
    if (failed != null && failed.verdict() instanceof Verdict.Failed f) {
      return Optional.of("its drill of " + failed.at() + " failed: " + f.reason().sentence());
    }
    return Optional.of("it was never drilled");
  }
}
