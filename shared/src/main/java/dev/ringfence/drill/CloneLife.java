package dev.ringfence.drill;

import dev.ringfence.health.Invocation;
import dev.ringfence.health.ProofOfLife;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.ProbeRhythm;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Sight;
import dev.ringfence.release.VersionProbe.ReadBack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a restored clone lives, and what it says that it runs. */
record CloneLife(Drill head, Sight sight, Instant now) {

  /** What one look came to. */
  sealed interface Finding {
    /** Nothing is known yet. */
    record Open(RehearsalPhase.Proving proving) implements Finding {}

    record Judged(Verdict verdict) implements Finding {}
  }

  /**
   * What this look came to.
   *
   * @param key what begins the keys of the rehearsal's effects
   */
  Finding of(String key, RehearsalPhase.Proving proving) {
    Vitals seen = sight.vitals().get(proving.twin());
    Vitals.Ec2 ec2 = seen == null ? null : seen.ec2();
    boolean fresh = !now.isBefore(proving.since().plus(Vitals.CHECK_LAG));
    boolean reports =
        head.rules().instanceProfile() == null
            || (seen != null && seen.pingedAfter(proving.since()));
    if (ec2 != null && ec2.allOk() && fresh && reports) {
      Probing probing = head.probing();
      return probing == null ? passed(proving, null) : asked(key, proving, probing);
    }
    if (!isLate(proving, Duration.ZERO)) {
      return new Finding.Open(proving);
    }
    return failed(
        DrillFailure.DID_NOT_BOOT,
        ec2 == null
            ? "nothing was seen of its clone"
            : shown(ec2) + (reports ? "" : ", and its agent does not report"));
  }

  private static String shown(Vitals.Ec2 ec2) {
    return "its clone is "
        + ec2.state()
        + ", instance check "
        + ec2.instance()
        + ", system check "
        + ec2.system();
  }

  /** It lives; what is left is to hear from itself what it runs. */
  private Finding asked(String key, RehearsalPhase.Proving proving, Probing probing) {
    Invocation answer = answer(proving);
    ReadBack read =
        answer == null || answer.outcome() != Invocation.Outcome.SUCCESS
            ? null
            : ReadBack.parse(answer.output()).orElse(null);
    if (read != null) {
      String wanted = probing.wanted(proving.point());
      return wanted == null || wanted.equals(read.version())
          ? passed(proving, read.version())
          : failed(
              DrillFailure.WRONG_VERSION,
              "it runs "
                  + read.version()
                  + ", and the fleet had "
                  + wanted
                  + " when its restore point was taken");
    }
    if (isLate(proving, ProofOfLife.READ_GRACE)) {
      return unread(proving, answer, probing);
    }
    List<String> twin = List.of(proving.twin());
    return ProbeRhythm.isDueAtOnce(proving.probe(), proving.probes(), twin, now)
        ? new Finding.Open(
            proving.asking(Sending.intent(key + "-read" + (proving.probes() + 1), now, twin)))
        : new Finding.Open(proving);
  }

  private @Nullable Invocation answer(RehearsalPhase.Proving proving) {
    Sending probe = proving.probe();
    return probe == null ? null : sight.invocation(probe.commandId(), proving.twin());
  }

  /**
   * A probe that ran on the clone and told no version says that it has none, which may be as it
   * should: nobody knows that the product was there when the restore point was taken.
   */
  private Finding unread(
      RehearsalPhase.Proving proving, @Nullable Invocation answer, Probing probing) {
    if (answer != null && ran(answer.outcome())) {
      return probing.wanted(proving.point()) == null
          ? passed(proving, null)
          : failed(DrillFailure.WRONG_VERSION, "its probe told no version: " + answer.details());
    }
    Sending probe = proving.probe();
    String refused = probe == null ? null : probe.refused();
    return failed(
        DrillFailure.NOT_ASKED,
        Objects.requireNonNullElse(refused, "Systems Manager brought no answer"));
  }

  private static boolean ran(Invocation.Outcome outcome) {
    return switch (outcome) {
      case SUCCESS, FAILED -> true;
      case RUNNING, UNDELIVERED, CANCELLED -> false;
    };
  }

  private Finding passed(RehearsalPhase.Proving proving, @Nullable String runs) {
    Instant began = proving.swapBegan();
    Duration point = Duration.between(proving.point().takenAt(), began);
    return new Finding.Judged(new Verdict.Passed(Duration.between(began, now), point, runs));
  }

  private static Finding failed(DrillFailure reason, String evidence) {
    return new Finding.Judged(new Verdict.Failed(reason, evidence));
  }

  private boolean isLate(RehearsalPhase.Proving proving, Duration grace) {
    return now.isAfter(proving.since().plus(head.rules().bootWithin()).plus(grace));
  }
}
