package dev.ringfence.drill;

import dev.ringfence.health.Vitals;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a restored clone lives. */
record CloneLife(Drill head, Sight sight, Instant now) {

  /** Empty as long as it may still show life. */
  Optional<Verdict> verdict(RehearsalPhase.Proving proving) {
    Vitals seen = sight.vitals().get(proving.twin());
    Vitals.Ec2 ec2 = seen == null ? null : seen.ec2();
    boolean fresh = !now.isBefore(proving.since().plus(Vitals.CHECK_LAG));
    boolean reports =
        head.rules().instanceProfile() == null
            || (seen != null && seen.pingedAfter(proving.since()));
    if (ec2 != null && ec2.allOk() && fresh && reports) {
      Duration point = Duration.between(proving.point().takenAt(), proving.swapBegan());
      return Optional.of(new Verdict.Passed(Duration.between(proving.swapBegan(), now), point));
    }
    if (!now.isAfter(proving.since().plus(head.rules().bootWithin()))) {
      return Optional.empty();
    }
    String shown =
        ec2 == null
            ? "nothing was seen of its clone"
            : "its clone is "
                + ec2.state()
                + ", instance check "
                + ec2.instance()
                + ", system check "
                + ec2.system()
                + (reports ? "" : ", and its agent does not report");
    return Optional.of(new Verdict.Failed(DrillFailure.DID_NOT_BOOT, shown));
  }
}
