package dev.ringfence.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.fleet.Build;
import dev.ringfence.operation.Disk;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.policy.Drills;
import dev.ringfence.swap.Swap;
import dev.ringfence.swap.SwapOrder;
import dev.ringfence.swap.SwapStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an exchange on a clone that came to nothing says of the restore that it rehearses. */
class RehearsingTest {
  private static final Instant START = Instant.parse("2026-11-03T02:00:00Z");
  private static final String TWIN = "i-0123456789abcdef0";
  private static final String DEVICE = "/dev/xvda";

  /** No step is begun more often than this. */
  private static final int ATTEMPTS = 3;

  @Test
  void startThatFindsNoCapacity_takesNoProofBack() {
    Verdict.Failed failed =
        after("InsufficientInstanceCapacity: none in az-1", Duration.ofMinutes(10));
    assertEquals(
        new Verdict.Failed(DrillFailure.NO_CAPACITY, "EC2 has no capacity to start it"), failed);
    assertEquals(false, failed.reason().refutes());
  }

  @Test
  void exchangeThatOnlyRanLate_takesNoProofBack() {
    Verdict.Failed failed = after("RequestLimitExceeded", Duration.ofMinutes(91));
    assertEquals(
        new Verdict.Failed(DrillFailure.GIVEN_UP, "the exchange did not end in time"), failed);
    assertEquals(false, failed.reason().refutes());
  }

  /** The verdict on a clone that has its new root and whose last start was refused. */
  private static Verdict.Failed after(String said, Duration since) {
    Instant now = START.plus(since);
    Rig rig =
        new Rig(
            TWIN,
            "az-1",
            "stopped",
            "",
            DEVICE,
            Map.of(DEVICE, new Rig.Attached("vol-new", "attached", true)),
            false,
            new Rig.Make("ami-1", "t3.micro", "Linux/UNIX", "x86_64"),
            null);
    Sight sight = Sight.look(now).rigs(Map.of(TWIN, rig)).seen();
    Rehearsal one = swapping(said);
    Rehearsal next = new Rehearsing(drill(), List.of(), sight, now).advance(one);
    DrillResult result = Objects.requireNonNull(next.result(), next.toString());
    return (Verdict.Failed) result.verdict();
  }

  private static Rehearsal swapping(String said) {
    RestorePoint point = new RestorePoint("snap-1", START);
    SwapOrder order =
        new SwapOrder(
            "rf-1",
            TWIN,
            "az-1",
            DEVICE,
            "vol-old",
            "snap-1",
            new Disk("gp3", 8, null, null, null),
            true,
            null,
            Map.of(),
            Map.of());
    Swap swap =
        new Swap(
            order,
            START,
            Map.of(SwapStep.START, ATTEMPTS),
            new Swap.Doing(SwapStep.START, START, true, Swap.Doing.End.REFUSED, said),
            "vol-new",
            Set.of(SwapStep.TAG_OLD),
            new Swap.Found("running", ""),
            null,
            null,
            List.of());
    return new Rehearsal(
        "i-original",
        "a class",
        "vol-original",
        Build.UNKNOWN,
        new RehearsalPhase.Swapping(START, point, TWIN, swap, 0),
        null,
        false,
        "");
  }

  private static Drill drill() {
    DrillOrder order =
        new DrillOrder(
            "drill-1",
            "falcon",
            Map.of("product", List.of("falcon")),
            Drills.in("subnet-0123456789abcdef0", "sg-0123456789abcdef0"),
            new DrillOrder.Scope.Due(),
            null,
            "schedule");
    return Drill.of(order, "abc", START);
  }
}
