package dev.ringfence.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringfence.fleet.Build;
import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.RestoreClass;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.Proofs;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.WayBack;
import dev.ringfence.release.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final Duration MAX_AGE = Duration.ofDays(14);
  private static final String CLASS = "Amazon Linux 2023 / m7g / uefi / not encrypted";
  private static final ChannelPolicy POLICY =
      ChannelPolicy.defaults(Channel.CAPABILITY).with(WayBack.MAX_DRILL_AGE, MAX_AGE);

  @Test
  void classWithAYoungPass_isTakenIn_andOnItsLastDayToo() {
    assertEquals(Optional.empty(), objection(passed(NOW.minus(Duration.ofDays(1)))));
    assertEquals(Optional.empty(), objection(passed(NOW.minus(MAX_AGE))));
  }

  @Test
  void passThatIsTooOld_isHeldWithItsDay() {
    assertEquals(
        Optional.of(
            "NO_PROVEN_RESTORE " + CLASS + ": its last passing drill is of 2026-11-06T07:59:59Z"),
        objection(passed(NOW.minus(MAX_AGE).minusSeconds(1))));
  }

  @Test
  void classThatWasNeverDrilled_isHeld() {
    assertEquals(
        Optional.of("NO_PROVEN_RESTORE " + CLASS + ": it was never drilled"),
        objection(Proofs.NONE));
  }

  @Test
  void bootThatFailedAfterAPass_refutesThePass() {
    Proofs refuted =
        passed(NOW.minus(Duration.ofDays(2)))
            .with(failed(DrillFailure.DID_NOT_BOOT, NOW.minus(Duration.ofDays(1))));
    assertEquals(
        Optional.of(
            "NO_PROVEN_RESTORE "
                + CLASS
                + ": its drill of 2026-11-19T08:00:00Z failed: the restored clone showed no life in"
                + " time"),
        objection(refuted));
  }

  @Test
  void drillThatCouldNotBeTried_leavesAnOlderPassStanding() {
    assertEquals(
        Optional.empty(),
        objection(
            passed(NOW.minus(Duration.ofDays(2)))
                .with(failed(DrillFailure.NO_CAPACITY, NOW.minus(Duration.ofDays(1))))));
  }

  @Test
  void machineThatIsUpdatedWithoutAWayBack_needsNoProofOfOne() {
    Admission admission = Objects.requireNonNull(Admission.of(POLICY, Proofs.NONE, NOW));
    assertEquals(Optional.empty(), admission.objection(machine(Set.of(Unrestorable.HIBERNATION))));
  }

  @Test
  void proofsThatCouldNotBeRead_areWaitedFor_whereTheyMatter() {
    assertNull(Admission.of(POLICY, null, NOW));
    ChannelPolicy free = POLICY.with(WayBack.MAX_DRILL_AGE, Duration.ZERO);
    assertEquals(Admission.OF_ALL, Admission.of(free, null, NOW));
  }

  private static Optional<String> objection(Proofs proofs) {
    return Objects.requireNonNull(Admission.of(POLICY, proofs, NOW)).objection(machine(Set.of()));
  }

  private static Machine machine(Set<Unrestorable> obstacles) {
    Machine machine =
        new Machine(
            "i-1",
            "eu-central-1a",
            "Amazon Linux 2023",
            "m7g",
            "3.3",
            Map.of(),
            "vol-1",
            true,
            obstacles,
            new Build("ami-1", "m7g.large", "uefi", "", "/dev/xvda"));
    assertEquals(CLASS, RestoreClass.of(machine).name());
    return machine;
  }

  private static Proofs passed(Instant at) {
    Verdict verdict = new Verdict.Passed(Duration.ofMinutes(9), Duration.ofHours(3));
    return Proofs.NONE.with(new DrillResult("drill-1", "i-9", CLASS, at, verdict));
  }

  private static DrillResult failed(DrillFailure reason, Instant at) {
    return new DrillResult("drill-2", "i-9", CLASS, at, new Verdict.Failed(reason, "seen"));
  }
}
