package dev.ringfence.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ringfence.health.Check;
import dev.ringfence.health.Invocation;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Sight;
import dev.ringfence.policy.Drills;
import dev.ringfence.release.Channel;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is made of a clone's answer. A restore point's tag says what the fleet had when it was
 * taken, and its machine may have had something else: it was off, or it is new and comes from an
 * older image.
 */
class CloneLifeTest {
  private static final Instant START = Instant.parse("2026-11-03T06:00:00Z");
  private static final String TWIN = "i-twin";

  /** Later than a clone may take to boot and to be asked. */
  private static final Instant LATE = START.plus(Duration.ofHours(2));

  private static final Probing PROBING =
      new Probing(
          "falcon",
          Channel.CAPABILITY,
          new VersionProbe(new SsmDocument("Probe", "1", "0123456789abcdef".repeat(4)), Map.of()));

  private static Drill drill() {
    Drills rules = Drills.in("subnet-0123456789abcdef0", "sg-0123456789abcdef0");
    return Drill.of(
        new DrillOrder(
            "drill-falcon-1",
            "falcon",
            Map.of("role", List.of("edge")),
            rules,
            new DrillOrder.Scope.Due(),
            PROBING,
            "the schedule"),
        "0123456789ab",
        START);
  }

  /** The verdict on a clone that lives and whose newest probe ended so. */
  private static Verdict verdict(
      @Nullable String holds, Invocation.Outcome outcome, String output) {
    RestorePoint point = new RestorePoint("snap-1", START.minus(Duration.ofHours(3)), holds);
    Sending probe = Sending.intent("read", LATE, List.of(TWIN)).sent("cmd-1");
    Vitals.Ec2 ec2 = new Vitals.Ec2("running", Check.OK, Check.OK, Check.OK);
    Sight sight =
        Sight.look(LATE)
            .vitals(Map.of(TWIN, new Vitals(LATE, ec2, new Vitals.Agent(LATE))))
            .invocations(
                Map.of("cmd-1", Map.of(TWIN, new Invocation(outcome, LATE, output, "Failed"))))
            .seen();
    CloneLife.Finding found =
        new CloneLife(drill(), sight, LATE)
            .of("key", new RehearsalPhase.Proving(START, START, point, TWIN, probe, 1));
    return ((CloneLife.Finding.Judged) found).verdict();
  }

  private static Verdict passed(@Nullable String runs) {
    return new Verdict.Passed(Duration.ofHours(2), Duration.ofHours(3), runs);
  }

  @Test
  void machineThatMissedAVersion_isNotProvenAndTakesNoProofBack() {
    assertEquals(
        new Verdict.Failed(
            DrillFailure.WRONG_VERSION,
            "it runs 0.9.0, and the fleet had 1.0.0 when its restore point was taken"),
        verdict("falcon CAPABILITY 1.0.0", Invocation.Outcome.SUCCESS, "version=0.9.0"));
    assertFalse(DrillFailure.WRONG_VERSION.refutes(), "the machine may never have had it");
  }

  @Test
  void restorePointFromBeforeTheProductCame_provesThatTheCloneBoots() {
    assertEquals(passed(null), verdict(null, Invocation.Outcome.FAILED, ""));
    assertEquals(passed("0.9.0"), verdict(null, Invocation.Outcome.SUCCESS, "version=0.9.0"));
  }

  @Test
  void cloneThatTellsNoVersionWhereThereShouldBeOne_isNotProven() {
    assertEquals(
        new Verdict.Failed(DrillFailure.WRONG_VERSION, "its probe told no version: Failed"),
        verdict("falcon CAPABILITY 1.0.0", Invocation.Outcome.FAILED, ""));
  }
}
