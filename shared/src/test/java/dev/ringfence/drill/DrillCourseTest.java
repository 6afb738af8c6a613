package dev.ringfence.drill;

import static dev.ringfence.drill.DrillScheduleTest.kind;
import static dev.ringfence.drill.DrillScheduleTest.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.fleet.Build;
import dev.ringfence.fleet.Machine;
import dev.ringfence.health.Check;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Disk;
import dev.ringfence.operation.DrillEffect;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Proofs;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Volume;
import dev.ringfence.policy.Drills;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a drill decides in each of its phases. */
class DrillCourseTest {
  private static final Instant START = Instant.parse("2026-11-03T06:00:00Z");
  private static final String ID = "drill-falcon-1";
  private static final String TWIN = "i-twin";
  private static final Machine MACHINE = machine("i-a1", "m7g");
  private static final RestorePoint POINT =
      new RestorePoint("snap-1", START.minus(Duration.ofHours(3)));
  private static final Drills RULES = Drills.in("subnet-0123456789abcdef0", "sg-0123456789abcdef0");
  private static final DrillCourse COURSE = (DrillCourse) DrillCourse.FORM.course();
  private static final RehearsalPhase.Proving PROVING =
      new RehearsalPhase.Proving(at(20), at(10), POINT, TWIN, null, 0);

  private static Instant at(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private static Drill drill(DrillOrder.Scope scope) {
    Map<String, List<String>> selector = Map.of("role", List.of("edge"));
    return Drill.of(
        new DrillOrder(ID, "falcon", selector, RULES, scope, null, "the schedule"),
        "0123456789ab",
        START);
  }

  private static Drill running() {
    return drill(new DrillOrder.Scope.Due())
        .in(new DrillPhase.Running(START, new Coverage(1, 0, 1, 0, null)));
  }

  private static Operation<Drill, Bay> planning(@Nullable Request request) {
    return new Operation<>(drill(new DrillOrder.Scope.Due()), List.of(), request, 1);
  }

  private static Operation<Drill, Bay> running(Rehearsal... all) {
    return new Operation<>(running(), Bay.of(List.of(all)), null, 1);
  }

  private static Rehearsal in(RehearsalPhase phase) {
    return Rehearsal.of(MACHINE).in(phase);
  }

  private static Rehearsal next(RehearsalPhase phase, Sight sight, Instant now) {
    return next(in(phase), sight, now);
  }

  private static Rehearsal next(Rehearsal one, Sight sight, Instant now) {
    return COURSE.decide(running(one), sight, now).parts().getFirst().rehearsals().getFirst();
  }

  private static Sight fleet(List<Machine> machines, Instant now) {
    return Sight.look(now).fleet(machines).proofs(Proofs.NONE).seen();
  }

  private static Sight twin(Check instance, @Nullable Instant ping, Instant now) {
    Vitals.Ec2 ec2 = new Vitals.Ec2("running", instance, Check.OK, Check.OK);
    return Sight.look(now)
        .vitals(Map.of(TWIN, new Vitals(now, ec2, new Vitals.Agent(ping))))
        .seen();
  }

  private static Rehearsal failed(
      RehearsalPhase from, RehearsalPhase to, DrillFailure reason, String evidence, Instant now) {
    Verdict verdict = new Verdict.Failed(reason, evidence);
    return in(from).judged(new DrillResult(ID, "i-a1", kind("m7g"), now, verdict)).in(to);
  }

  private static RehearsalPhase removing(Instant now) {
    return new RehearsalPhase.Removing(now, false, "");
  }

  private static Decision<Drill, Bay> drilledNothing(
      Operation<Drill, Bay> drill, Instant now, @Nullable Coverage coverage, String remark) {
    DrillPhase done = new DrillPhase.Done(now, 0, List.of(), coverage, List.of(), remark);
    return new Decision<>(
        drill.head().in(done),
        List.of(),
        List.of(new JournalEntry(now, "beat", "drilled nothing", remark)),
        List.of(),
        now);
  }

  @Test
  void planning_choosesWhoIsDue() {
    Coverage none = new Coverage(1, 0, 1, 0, null);
    Operation<Drill, Bay> drill = planning(null);
    assertEquals(
        new Decision<>(
            drill.head().in(new DrillPhase.Running(at(1), none)),
            List.of(new Bay(0, List.of(Rehearsal.of(MACHINE)))),
            List.of(
                new JournalEntry(
                    at(1),
                    "beat",
                    "drills 1 machines, asked for by the schedule",
                    "[i-a1 for " + kind("m7g") + "], proven before: " + none)),
            List.of(),
            at(1)),
        COURSE.decide(drill, fleet(List.of(MACHINE), at(1)), at(1)));
  }

  @Test
  void planning_ofNobody_isOverAtOnce() {
    Operation<Drill, Bay> drill = planning(null);
    assertEquals(
        drilledNothing(drill, at(1), new Coverage(0, 0, 0, 0, null), "no class is due"),
        COURSE.decide(drill, fleet(List.of(), at(1)), at(1)));
  }

  @Test
  void planning_waitsHalfAnHourForAFleetThatCannotBeRead() {
    Operation<Drill, Bay> drill = planning(null);
    Sight blind = Sight.blind(at(30));
    assertEquals(
        new Decision<>(drill.head(), List.of(), List.of(), List.of(), at(31)),
        COURSE.decide(drill, blind, at(30)));
    assertEquals(
        drilledNothing(drill, at(31), null, "the fleet could not be read: " + blind.gaps()),
        COURSE.decide(drill, blind, at(31)));
  }

  @Test
  void planning_thatIsAbandoned_drillsNothing() {
    Operation<Drill, Bay> drill = planning(new Request(Request.Wish.HALT, "anna", "quota", START));
    assertEquals(
        drilledNothing(drill, at(1), null, "stopped by anna: quota"),
        COURSE.decide(drill, fleet(List.of(MACHINE), at(1)), at(1)));
  }

  @Test
  void whatWasAskedForAndIsNotThere_isAFailureAndNoMissingRow() {
    Drill named = drill(new DrillOrder.Scope.Machines(List.of("i-a1", "i-gone")));
    List<Rehearsal> chosen =
        COURSE
            .decide(
                new Operation<>(named, List.of(), null, 1), fleet(List.of(MACHINE), START), START)
            .parts()
            .getFirst()
            .rehearsals();
    Verdict verdict = new Verdict.Failed(DrillFailure.NO_MACHINE, "it is not in the fleet");
    assertEquals(
        List.of(
            Rehearsal.of(MACHINE),
            new Rehearsal(
                "i-gone",
                "unknown class",
                null,
                Build.UNKNOWN,
                new RehearsalPhase.Ended(START, ""),
                new DrillResult(ID, "i-gone", "unknown class", START, verdict),
                false,
                "")),
        chosen);
  }

  @Test
  void waiting_launchesFromItsRestorePointOrTakesOne() {
    Sight found = Sight.look(at(1)).points(Map.of("vol-i-a1", POINT), true).seen();
    RehearsalPhase waiting = new RehearsalPhase.Waiting();
    assertEquals(
        in(new RehearsalPhase.Launching(at(1), false, POINT, "", 0)), next(waiting, found, at(1)));
    Sight none = Sight.look(at(1)).points(Map.of(), true).seen();
    assertEquals(
        in(new RehearsalPhase.Snapshotting(at(1), null, null)), next(waiting, none, at(1)));
    Sight unread = Sight.look(at(1)).points(Map.of(), false).seen();
    assertEquals(in(waiting), next(waiting, unread, at(1)));
  }

  @Test
  void waiting_forLongerThanThreeHours_isGivenUpWithNothingToRemove() {
    Instant late = at(181);
    assertEquals(
        failed(
            new RehearsalPhase.Waiting(),
            new RehearsalPhase.Ended(late, ""),
            DrillFailure.GIVEN_UP,
            "its turn did not come in time",
            late),
        next(new RehearsalPhase.Waiting(), Sight.blind(late), late));
  }

  @Test
  void waiting_beginsNoMoreThanThePolicyAllowsAtOnce() {
    Rehearsal[] six = new Rehearsal[RULES.atOnce() + 1];
    for (int i = 0; i < six.length; i++) {
      six[i] = Rehearsal.of(machine("i-" + i, "f" + i));
    }
    Sight none = Sight.look(at(1)).points(Map.of(), true).seen();
    long begun =
        COURSE.decide(running(six), none, at(1)).parts().getFirst().rehearsals().stream()
            .filter(Rehearsal::isUnderWay)
            .count();
    assertEquals(RULES.atOnce(), begun);
  }

  @Test
  void snapshotting_endsWithItsSnapshot() {
    RehearsalPhase taking = new RehearsalPhase.Snapshotting(at(1), null, POINT);
    assertEquals(
        in(new RehearsalPhase.Launching(at(5), false, POINT, "", 0)),
        next(taking, snapshot(Sight.Snapshot.COMPLETED, at(5)), at(5)));
    assertEquals(in(taking), next(taking, snapshot(Sight.Snapshot.PENDING, at(5)), at(5)));
    assertEquals(
        failed(
            taking, removing(at(5)), DrillFailure.NO_RESTORE_POINT, "its snapshot failed", at(5)),
        next(taking, snapshot(Sight.Snapshot.FAILED, at(5)), at(5)));
    assertEquals(
        failed(
            taking,
            removing(at(122)),
            DrillFailure.NO_RESTORE_POINT,
            "its snapshot was not completed in time",
            at(122)),
        next(taking, snapshot(Sight.Snapshot.PENDING, at(122)), at(122)));
  }

  private static Sight snapshot(Sight.Snapshot state, Instant now) {
    return Sight.look(now).snapshots(Map.of("snap-1", state)).seen();
  }

  @Test
  void launching_thatBringsNoClone_saysWhetherCapacityWasMissing() {
    RehearsalPhase mute = new RehearsalPhase.Launching(at(1), true, POINT, "", 0);
    assertEquals(in(mute), next(mute, Sight.blind(at(21)), at(21)));
    assertEquals(
        failed(mute, removing(at(22)), DrillFailure.NOT_LAUNCHED, "EC2 gave no answer", at(22)),
        next(mute, Sight.blind(at(22)), at(22)));
    String said = "InsufficientInstanceCapacity";
    RehearsalPhase full = new RehearsalPhase.Launching(at(1), true, POINT, said, 0);
    assertEquals(
        failed(full, removing(at(22)), DrillFailure.NO_CAPACITY, said, at(22)),
        next(full, Sight.blind(at(22)), at(22)));
  }

  @Test
  void swapping_beginsOnceTheCloneRuns() {
    RehearsalPhase.Swapping early = new RehearsalPhase.Swapping(at(2), POINT, TWIN, null, 0);
    assertEquals(in(early), next(early, rig("pending", at(3)), at(3)));
    Rehearsal begun = next(early, rig("running", at(3)), at(3));
    RehearsalPhase.Swapping swapping = (RehearsalPhase.Swapping) begun.phase();
    assertEquals(at(3), java.util.Objects.requireNonNull(swapping.swap()).began());
    assertEquals("vol-clone", swapping.swap().order().oldVolume());
    assertEquals("snap-1", swapping.swap().order().snapshot());
    assertEquals(TWIN, swapping.swap().order().machine(), "the clone's root, never the machine's");
    assertEquals(
        failed(
            early,
            removing(at(23)),
            DrillFailure.NOT_LAUNCHED,
            "its clone i-twin never ran",
            at(23)),
        next(early, rig("pending", at(23)), at(23)));
  }

  private static Sight rig(String state, Instant now) {
    Rig rig =
        new Rig(
            TWIN,
            "az-1",
            state,
            "",
            "/dev/xvda",
            Map.of("/dev/xvda", new Rig.Attached("vol-clone", "attached", true)),
            false,
            new Rig.Make("ami-1", "m7g.large", "Linux/UNIX", "arm64"),
            null);
    Volume original =
        new Volume(
            "vol-i-a1",
            "az-1",
            "in-use",
            new Disk("gp3", 8, 3000, 125, null),
            null,
            List.of(),
            Map.of());
    return Sight.look(now).rigs(Map.of(TWIN, rig)).volumes(Map.of("vol-i-a1", original)).seen();
  }

  @Test
  void proving_passesWithChecksThatAreNewerThanTheStart() {
    assertEquals(in(PROVING), next(PROVING, twin(Check.OK, null, at(21)), at(21)), "too fresh");
    Verdict passed =
        new Verdict.Passed(Duration.ofMinutes(12), Duration.ofHours(3).plusMinutes(10));
    assertEquals(
        in(PROVING)
            .judged(new DrillResult(ID, "i-a1", kind("m7g"), at(22), passed))
            .in(new RehearsalPhase.Capturing(at(22), false, TWIN)),
        next(PROVING, twin(Check.OK, null, at(22)), at(22)));
  }

  @Test
  void proving_waitsAsLongAsThePolicySays() {
    assertEquals(in(PROVING), next(PROVING, twin(Check.IMPAIRED, null, at(65)), at(65)));
    assertEquals(in(PROVING), next(PROVING, Sight.blind(at(65)), at(65)));
    RehearsalPhase capturing = new RehearsalPhase.Capturing(at(66), false, TWIN);
    assertEquals(
        failed(
            PROVING,
            capturing,
            DrillFailure.DID_NOT_BOOT,
            "its clone is running, instance check IMPAIRED, system check OK",
            at(66)),
        next(PROVING, twin(Check.IMPAIRED, null, at(66)), at(66)));
    assertEquals(
        failed(
            PROVING, capturing, DrillFailure.DID_NOT_BOOT, "nothing was seen of its clone", at(66)),
        next(PROVING, Sight.blind(at(66)), at(66)));
  }

  @Test
  void capturing_endsWithTheEvidenceOrWithoutInTime() {
    RehearsalPhase capturing = new RehearsalPhase.Capturing(at(30), false, TWIN);
    assertEquals(in(capturing), next(capturing, Sight.blind(at(40)), at(40)));
    assertEquals(
        in(capturing).kept("s3://there").in(removing(at(31))),
        next(in(capturing).kept("s3://there"), Sight.blind(at(31)), at(31)));
    assertEquals(in(removing(at(41))), next(capturing, Sight.blind(at(41)), at(41)));
  }

  @Test
  void refused_isAFailureAndRemovesWhatThereMayBe() {
    RehearsalPhase refused = new RehearsalPhase.Refused(DrillFailure.NO_IMAGE, "no such image");
    assertEquals(
        failed(refused, removing(at(5)), DrillFailure.NO_IMAGE, "no such image", at(5)),
        next(refused, Sight.blind(at(5)), at(5)));
  }

  @Test
  void removing_thatDoesNotEnd_isLeftToTheJanitorByName() {
    RehearsalPhase removing = new RehearsalPhase.Removing(at(30), true, "vol-7 is attached");
    assertEquals(in(removing), next(removing, Sight.blind(at(85)), at(85)));
    assertEquals(
        in(new RehearsalPhase.Ended(at(86), "vol-7 is attached")),
        next(removing, Sight.blind(at(86)), at(86)));
  }

  @Test
  void abandoned_failsWhoHasNoVerdictAndKeepsTheOthersResults() {
    Rehearsal proven = next(PROVING, twin(Check.OK, null, at(22)), at(22));
    Request halt = new Request(Request.Wish.HALT, "anna", "quota", at(23));
    Operation<Drill, Bay> asked =
        new Operation<>(running(), Bay.of(List.of(in(PROVING), proven)), halt, 1);
    assertEquals(
        List.of(
            failed(PROVING, removing(at(24)), DrillFailure.GIVEN_UP, "anna: quota", at(24)),
            proven),
        COURSE.decide(asked, Sight.blind(at(24)), at(24)).parts().getFirst().rehearsals());
  }

  @Test
  void afterFiveHours_whateverIsLeftIsGivenUp() {
    assertEquals(
        failed(
            PROVING, removing(at(301)), DrillFailure.GIVEN_UP, "the run's time is over", at(301)),
        next(PROVING, twin(Check.OK, null, at(301)), at(301)));
  }

  @Test
  void everybodyEndedAndNoted_theDrillIsDone() {
    Rehearsal passed = next(PROVING, twin(Check.OK, null, at(22)), at(22));
    Rehearsal ended = passed.in(new RehearsalPhase.Ended(at(40), "")).markNoted();
    Rehearsal left =
        failed(PROVING, PROVING, DrillFailure.DID_NOT_BOOT, "dead", at(30))
            .in(new RehearsalPhase.Ended(at(40), "vol-7"))
            .markNoted();
    Coverage before = new Coverage(1, 0, 1, 0, null);
    Operation<Drill, Bay> drill = running(ended, left);
    assertEquals(
        new Decision<>(
            drill
                .head()
                .in(
                    new DrillPhase.Done(
                        at(41),
                        1,
                        List.of(DrillFailure.DID_NOT_BOOT),
                        before,
                        List.of("rf-0123456789ab-i-a1"),
                        "")),
            drill.parts(),
            List.of(
                new JournalEntry(
                    at(41), "beat", "done: 1 passed, 1 failed", "left: [rf-0123456789ab-i-a1]")),
            List.of(),
            at(42)),
        COURSE.decide(drill, Sight.blind(at(41)), at(41)));
    Operation<Drill, Bay> unnoted = running(passed.in(new RehearsalPhase.Ended(at(40), "")));
    assertEquals(
        unnoted.head(),
        COURSE.decide(unnoted, Sight.blind(at(41)), at(41)).head(),
        "a result that the store does not know yet is no end");
  }

  @Test
  void launch_isAskedForWithTheDrillsTagAndNoNameOfTheMachine() {
    Operation<Drill, Bay> drill =
        running(in(new RehearsalPhase.Launching(at(1), false, POINT, "", 0)));
    Map<String, String> tags =
        Map.of(
            "ringfence:drill", "rf-0123456789ab-i-a1",
            "ringfence:operation", ID,
            "ringfence:machine", "i-a1");
    assertEquals(
        List.of(
            new DrillEffect.LaunchClone(
                "rf-0123456789ab-i-a1-run",
                at(1),
                false,
                "i-a1",
                MACHINE.build(),
                RULES.subnet(),
                RULES.securityGroup(),
                null,
                tags)),
        COURSE.open(drill));
  }

  @Test
  void removal_isDoneOnlyWhenNothingIsThereAnyMore() {
    Operation<Drill, Bay> drill = running(in(removing(at(1))));
    String key = "rf-0123456789ab-i-a1-gone";
    assertEquals(
        List.of(new DrillEffect.RemoveClone(key, at(1), false, "rf-0123456789ab-i-a1")),
        COURSE.open(drill));
    assertEquals(
        new RehearsalPhase.Removing(at(1), true, "i-twin is shutting down"),
        settled(drill, new Outcome.Unsettled(key, "i-twin is shutting down")));
    assertEquals(
        new RehearsalPhase.Ended(at(2), ""), settled(drill, new Outcome.Done(key, "", at(2))));
  }

  private static RehearsalPhase settled(Operation<Drill, Bay> drill, Outcome outcome) {
    return COURSE
        .settle(drill, List.of(outcome), at(2))
        .operation()
        .parts()
        .getFirst()
        .rehearsals()
        .getFirst()
        .phase();
  }
}
