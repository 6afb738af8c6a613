package dev.ringfence.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.contract.CellEvents;
import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillOrder;
import dev.ringfence.drill.DrillPhase;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.policy.Drills;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillNoticesTest {
  private static final Instant NOW = Instant.parse("2026-11-03T12:00:00Z");

  private static Drill drill(DrillPhase phase) {
    return new Drill(
        "drill-falcon-1",
        "0123456789ab",
        NOW,
        "falcon",
        Map.of("agent", List.of("falcon")),
        Drills.in("subnet-0123456789abcdef0", "sg-0123456789abcdef0"),
        new DrillOrder.Scope.Due(),
        null,
        "schedule",
        phase);
  }

  private static DrillPhase done(int passed, DrillFailure... failures) {
    return new DrillPhase.Done(NOW, passed, List.of(failures), null, List.of(), "");
  }

  private static String message(DrillPhase phase) {
    return DrillNotices.of(drill(phase)).map(Notice::message).orElse("");
  }

  @Test
  void machinesThatFailed_areToldWithWhereToLook() {
    assertEquals(
        Optional.of(
            new Notice(
                CellEvents.DRILL_FAILED,
                "drill-falcon-1",
                "falcon",
                "",
                "The way back of falcon was tried on clones: 3 of 15 did not pass (EC2 had no"
                    + " capacity for a clone: 1; the restored clone showed no life in time: 2)."
                    + " The journal of drill-falcon-1 says which and why, and what the clones showed is in the"
                    + " evidence bucket.",
                Map.of("passed", "12", "failed", "3"))),
        DrillNotices.of(
            drill(
                done(
                    12,
                    DrillFailure.DID_NOT_BOOT,
                    DrillFailure.NO_CAPACITY,
                    DrillFailure.DID_NOT_BOOT))));
  }

  @Test
  void wantOfCapacity_isToldAsWhatItIs() {
    String message = message(done(2, DrillFailure.NO_CAPACITY));
    assertTrue(message.contains("(EC2 had no capacity for a clone: 1)"), message);
    assertTrue(message.contains("earlier proofs stand"), message);
    String refuted = message(done(2, DrillFailure.NO_CAPACITY, DrillFailure.DID_NOT_BOOT));
    assertTrue(!refuted.contains("earlier proofs stand"), refuted);
  }

  @Test
  void drillUnderWay_andOneThatAllPassed_areNoNews() {
    assertEquals(Optional.empty(), DrillNotices.of(drill(new DrillPhase.Planning(NOW))));
    assertEquals(Optional.empty(), DrillNotices.of(drill(done(12))));
  }
}
