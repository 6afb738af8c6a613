package dev.ringfence.drill;

import static dev.ringfence.drill.DrillScheduleTest.kind;
import static dev.ringfence.drill.DrillScheduleTest.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.policy.Drills;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where EC2 has no room for a clone, other subnets are tried in the policy's order. */
class NoRoomTest {
  private static final Instant START = Instant.parse("2026-11-03T06:00:00Z");
  private static final String FULL = "InsufficientInstanceCapacity";
  private static final String FIRST = "subnet-0123456789abcdef0";
  private static final String SECOND = "subnet-0123456789abcdef1";
  private static final RestorePoint POINT =
      new RestorePoint("snap-1", START.minus(Duration.ofHours(3)));

  private static Instant at(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private static Drill drill(List<String> otherSubnets) {
    Drills some = Drills.in(FIRST, "sg-0123456789abcdef0");
    Drills rules =
        new Drills(
            some.subnet(),
            otherSubnets,
            some.securityGroup(),
            some.period(),
            some.atOnce(),
            some.perRun(),
            some.bootWithin(),
            null);
    DrillOrder order =
        new DrillOrder(
            "drill-1",
            "falcon",
            Map.of("role", List.of("edge")),
            rules,
            new DrillOrder.Scope.Due(),
            null,
            "the schedule");
    return Drill.of(order, "0123456789ab", START);
  }

  private static Rehearsal in(RehearsalPhase phase) {
    return Rehearsal.of(machine("i-a1", "m7g")).in(phase);
  }

  private static RehearsalPhase.Launching launching(Instant since, String said, int place) {
    return new RehearsalPhase.Launching(since, !said.isEmpty(), POINT, said, place);
  }

  private static Rehearsal advanced(Drill drill, RehearsalPhase from, Sight sight, Instant now) {
    return new Rehearsing(drill, List.of(), sight, now).advance(in(from));
  }

  private static Rehearsal failed(
      RehearsalPhase from, DrillFailure reason, String evidence, Instant now) {
    Verdict verdict = new Verdict.Failed(reason, evidence);
    return in(from)
        .judged(new DrillResult("drill-1", "i-a1", kind("m7g"), now, verdict))
        .in(new RehearsalPhase.Removing(now, false, ""));
  }

  @Test
  void capacityThatIsMissingForFiveMinutes_isLookedForInTheNextSubnet() {
    Drill drill = drill(List.of(SECOND));
    RehearsalPhase full = launching(at(1), FULL, 0);
    assertEquals(in(full), advanced(drill, full, Sight.blind(at(6)), at(6)));
    Rehearsing rehearsing = new Rehearsing(drill, List.of(), Sight.blind(at(7)), at(7));
    assertEquals(in(launching(at(7), "", 1)), rehearsing.advance(in(full)));
    assertEquals(
        List.of(
            new JournalEntry(
                at(7),
                "beat",
                "no room in " + FIRST + " for the clone of i-a1",
                FULL + "; it is tried in " + SECOND)),
        rehearsing.journal());
  }

  @Test
  void typeThatAZoneDoesNotOffer_isNotWaitedFor() {
    Drill drill = drill(List.of(SECOND));
    RehearsalPhase launching = launching(at(1), "", 0);
    String key = "rf-0123456789ab-i-a1-run";
    Rehearsal told =
        new DrillEffects(drill)
            .settle(
                in(launching),
                Map.of(key, new Outcome.Refused(key, "Unsupported", "not in this zone")),
                at(2));
    RehearsalPhase unsupported = launching(at(1), "Unsupported: not in this zone", 0);
    assertEquals(in(unsupported), told);
    assertEquals(
        in(launching(at(2), "", 1)), advanced(drill, told.phase(), Sight.blind(at(2)), at(2)));
    assertEquals(
        failed(unsupported, DrillFailure.NOT_LAUNCHED, "Unsupported: not in this zone", at(2)),
        advanced(drill(List.of()), unsupported, Sight.blind(at(2)), at(2)));
  }

  @Test
  void theLastSubnet_isWaitedForLonger() {
    Drill drill = drill(List.of(SECOND));
    RehearsalPhase full = launching(at(1), FULL, 1);
    assertEquals(in(full), advanced(drill, full, Sight.blind(at(21)), at(21)));
    assertEquals(
        failed(full, DrillFailure.NO_CAPACITY, FULL + " in the last of 2 subnets", at(22)),
        advanced(drill, full, Sight.blind(at(22)), at(22)));
  }

  @Test
  void cloneThatEc2TerminatesForWantOfCapacity_isLaunchedElsewhere() {
    Drill drill = drill(List.of(SECOND));
    RehearsalPhase taken = new RehearsalPhase.Swapping(at(1), POINT, "i-twin", null, 0);
    Sight gone = terminated("Server.InsufficientInstanceCapacity", at(2));
    assertEquals(in(launching(at(2), "", 1)), advanced(drill, taken, gone, at(2)));
    assertEquals(
        failed(
            taken,
            DrillFailure.NOT_LAUNCHED,
            "its clone i-twin never ran: Client.InternalError",
            at(2)),
        advanced(drill, taken, terminated("Client.InternalError", at(2)), at(2)));
  }

  private static Sight terminated(String reason, Instant now) {
    Rig.Make make = new Rig.Make("ami-1", "m7g.large", "Linux/UNIX", "arm64");
    Rig rig =
        new Rig("i-twin", "az-1", "terminated", reason, "/dev/xvda", Map.of(), false, make, null);
    return Sight.look(now).rigs(Map.of("i-twin", rig)).seen();
  }

  @Test
  void eachSubnet_hasKeysOfItsOwnAndTheSameDrillTag() {
    Drill drill = drill(List.of(SECOND));
    DrillEffects effects = new DrillEffects(drill);
    List<String> launches =
        List.of(0, 1).stream()
            .flatMap(place -> effects.open(in(launching(at(1), "", place))).stream())
            .map(one -> (dev.ringfence.operation.DrillEffect.LaunchClone) one)
            .map(one -> one.key() + " " + one.subnet() + " " + one.tags().get("ringfence:drill"))
            .toList();
    assertEquals(
        List.of(
            "rf-0123456789ab-i-a1-run " + FIRST + " rf-0123456789ab-i-a1",
            "rf-0123456789ab-i-a1-p1-run " + SECOND + " rf-0123456789ab-i-a1"),
        launches);
  }
}
