package dev.ringfence.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.fleet.RootPath;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.Blueprint;
import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Custody;
import dev.ringfence.operation.Disk;
import dev.ringfence.operation.Exposure;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Volume;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.rollout.Sights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a restore stops a machine to exchange its root, and when it does not. */
class ExchangeTableTest {
  private static final Instant START = Instant.parse("2026-11-03T12:00:00Z");
  private static final String MACHINE = "i-00000000000000001";
  private static final Disk DISK = new Disk("gp3", 8, 3000, 125, null);
  private static final RestoreCourse COURSE = (RestoreCourse) RestoreCourse.FORM.course();

  private static Operation<Restore, Ward> in(PatientPhase phase, @Nullable Request request) {
    return in(phase, request, true);
  }

  private static Operation<Restore, Ward> in(
      PatientPhase phase, @Nullable Request request, boolean automatic) {
    RestoreOrder order =
        new RestoreOrder(
            "falcon-1-r1",
            "falcon-1",
            "falcon",
            "7.16.1",
            automatic,
            automatic ? Consent.ALL : Consent.REPLACEMENT,
            new VersionProbe(new SsmDocument("Probe", "1", "0123456789abcdef".repeat(4)), Map.of()),
            Duration.ofHours(1),
            10,
            List.of(
                new RestoreOrder.Hurt(
                    MACHINE,
                    "az-1",
                    START,
                    new RestorePoint("snap-1", START.minusSeconds(60)),
                    null,
                    "silent")));
    List<Ward> wards =
        Restore.wards(order).stream().map(ward -> ward.eachPatient(p -> p.in(phase))).toList();
    return new Operation<>(Restore.of(order, "0123456789ab", START), wards, request, 1);
  }

  private static PatientPhase next(PatientPhase phase, Sight sight) {
    return next(in(phase, null), sight);
  }

  private static PatientPhase next(Operation<Restore, Ward> restore, Sight sight) {
    return COURSE.decide(restore, sight, START).parts().getFirst().patients().getFirst().phase();
  }

  private static Rig rig(String state, boolean spot) {
    return new Rig(
        MACHINE,
        "az-1",
        state,
        "",
        "/dev/xvda",
        Map.of("/dev/xvda", new Rig.Attached("vol-old", "attached", true)),
        spot,
        new Rig.Make("ami-1", "t3.micro", "Windows", "x86_64"),
        null);
  }

  private static Body body(boolean spot) {
    return new Body("az-1", "/dev/xvda", "vol-old", DISK, true, spot, true);
  }

  private static Sight sight(Rig rig) {
    Volume old = new Volume("vol-old", "az-1", "in-use", DISK, null, List.of(), Map.of());
    return Sight.look(START)
        .vitals(Map.of(MACHINE, Sights.dead(START)))
        .rigs(Map.of(MACHINE, rig))
        .volumes(Map.of("vol-old", old))
        .past(Map.of("vol-old", List.of()))
        .custody(Map.of(MACHINE, Custody.NOBODY))
        .seen();
  }

  private static PatientPhase.Replacing replacing(@Nullable String refused, @Nullable Body body) {
    return new PatientPhase.Replacing(
        START, true, refused == null ? "task-1" : null, refused, body);
  }

  private static Sight task(Sight.Progress progress) {
    return Sight.look(START)
        .replacements(Map.of("task-1", new Sight.Replacement(progress, START)))
        .seen();
  }

  private static Sight known(Unrestorable... reasons) {
    return Sight.look(START)
        .obstacles(Map.of(MACHINE, Set.of(reasons)))
        .blueprints(Map.of("snap-1", Blueprint.NONE, "snap-0", Blueprint.NONE))
        .seen();
  }

  /** What was weighed and found open is exchanged by the next beat. */
  private static PatientPhase.Exchanging exchanged(PatientPhase weighing) {
    return assertInstanceOf(PatientPhase.Exchanging.class, next(weighing, known()));
  }

  @Test
  void examination_waitsForEvidence() {
    PatientPhase open = new PatientPhase.Examining(START, false, null, null);
    assertInstanceOf(PatientPhase.Examining.class, next(open, sight(rig("running", false))));
    PatientPhase kept = new PatientPhase.Examining(START, true, "s3://x", null);
    assertEquals(
        new PatientPhase.Replacing(START, false, null, null, body(false)),
        next(kept, sight(rig("running", false))));
  }

  @Test
  void restorePointFromUnderWhatIsQuarantined_isNotGoneBackTo() {
    PatientPhase kept = new PatientPhase.Examining(START, true, "s3://x", null);
    Exposure spoilt = new Exposure("7.15.9", START.minusSeconds(90), null);
    RestorePoint older = new RestorePoint("snap-0", START.minusSeconds(120));
    Sight sight =
        sight(rig("running", false)).again().exposures(Map.of(MACHINE, List.of(spoilt))).seen();
    PatientPhase.NeedsPerson none =
        assertInstanceOf(PatientPhase.NeedsPerson.class, next(kept, sight));
    assertEquals(
        "its restore point snap-1 was taken while it had what is quarantined, and there is no"
            + " other",
        none.reason());
    Sight more = sight.again().past(Map.of("vol-old", List.of(older))).seen();
    Operation<Restore, Ward> restore = in(kept, null);
    Patient clean = COURSE.decide(restore, more, START).parts().getFirst().patients().getFirst();
    assertEquals(older, clean.point());
    assertEquals(kept, clean.phase());
    List<Ward> wards = restore.parts().stream().map(ward -> ward.eachPatient(p -> clean)).toList();
    assertEquals(
        new PatientPhase.Replacing(START, false, null, null, body(false)),
        next(restore.with(restore.head(), wards), more));
    assertInstanceOf(PatientPhase.NeedsPerson.class, next(in(kept, null, false), more));
  }

  @Test
  void machineThatSomebodySwitchedOff_isNotSwitchedOn() {
    PatientPhase kept = new PatientPhase.Examining(START, true, "s3://x", null);
    PatientPhase.NeedsPerson off =
        assertInstanceOf(PatientPhase.NeedsPerson.class, next(kept, sight(rig("stopped", false))));
    assertTrue(off.reason().startsWith("it is stopped: "), off.reason());
    assertEquals("nothing", off.tried());
    PatientPhase.NeedsPerson meanwhile =
        assertInstanceOf(
            PatientPhase.NeedsPerson.class,
            next(replacing("IncorrectInstanceState: stopped", body(false)), Sight.blind(START)));
    assertTrue(meanwhile.reason().startsWith("it is not running: "), meanwhile.reason());
  }

  @Test
  void machineThatThisRestoreItselfStopped_goesOn() {
    PatientPhase kept = new PatientPhase.Examining(START, true, "s3://x", null);
    Operation<Restore, Ward> first = in(kept, null);
    RestorePoint older = new RestorePoint("snap-0", START.minusSeconds(120));
    List<Ward> second =
        first.parts().stream()
            .map(ward ->
                ward.eachPatient(
                    p -> p.withOlder(List.of(older)).further("an exchange", START).in(kept)))
            .toList();
    exchanged(next(first.with(first.head(), second), sight(rig("stopped", false))));
  }

  @Test
  void examinationThatSawNothing_isLeftToEc2sOwnReplacement() {
    Instant longAgo = START.minus(RestoreTempo.EXAMINATION);
    assertEquals(
        new PatientPhase.Replacing(START, false, null, null, null),
        next(
            new PatientPhase.Examining(longAgo, true, null, null),
            Sight.blind(START).with(Map.of(MACHINE, Custody.NOBODY))));
  }

  @Test
  void replacementThatWasRefusedOrFailed_isFollowedByAnExchange() {
    Sight blind = Sight.blind(START);
    exchanged(next(replacing("NotSupported: no", body(false)), blind));
    for (Sight.Progress failed : List.of(Sight.Progress.FAILED, Sight.Progress.FAILED_DETACHED)) {
      PatientPhase.Exchanging exchanging =
          exchanged(next(replacing(null, body(false)), task(failed)));
      assertEquals("vol-old", exchanging.standstill().last().oldVolume());
      assertEquals("snap-1", exchanging.standstill().last().snapshot());
    }
  }

  @Test
  void machineThatAPersonsPlanLetsRun_isNotStoppedForAnotherWay() {
    PatientPhase.NeedsPerson refused =
        assertInstanceOf(
            PatientPhase.NeedsPerson.class,
            next(in(replacing("NotSupported: no", body(false)), null, false), Sight.blind(START)));
    assertTrue(refused.reason().contains("path B, is not in the plan"), refused.reason());
    Operation<Restore, Ward> asked = in(replacing(null, body(false)), null, false);
    PatientPhase.NeedsPerson failed =
        assertInstanceOf(PatientPhase.NeedsPerson.class, next(asked, task(Sight.Progress.FAILED)));
    assertTrue(failed.reason().contains("path B, is not in the plan"), failed.reason());
    exchanged(next(asked, task(Sight.Progress.FAILED_DETACHED)));
  }

  @Test
  void replacementThatIsForbidden_isNotDoneInAnotherWay() {
    for (String code : List.of("UnauthorizedOperation", "AccessDenied", "AccessDeniedException")) {
      assertEquals(
          new PatientPhase.NeedsPerson(
              START, "EC2 refused the replacement: " + code + ": no", "root replacement"),
          next(replacing(code + ": no", body(false)), Sight.blind(START)));
    }
  }

  @Test
  void spotMachineThatHasItsRootAndOneThatWasNeverSeen_needAPerson() {
    PatientPhase rootless = next(replacing(null, body(true)), task(Sight.Progress.FAILED_DETACHED));
    assertInstanceOf(PatientPhase.Exchanging.class, next(rootless, known(Unrestorable.SPOT)));
    Sight failed = task(Sight.Progress.FAILED);
    assertInstanceOf(PatientPhase.NeedsPerson.class, next(replacing(null, body(true)), failed));
    assertInstanceOf(PatientPhase.NeedsPerson.class, next(replacing(null, null), failed));
  }

  @Test
  void whatAStopWouldMeet_isReadAgainBeforeIt() {
    PatientPhase weighing = next(replacing("NotSupported: no", body(false)), Sight.blind(START));
    assertEquals(weighing, next(weighing, Sight.blind(START)));
    PatientPhase.NeedsPerson forbidden =
        assertInstanceOf(
            PatientPhase.NeedsPerson.class, next(weighing, known(Unrestorable.STOP_PROTECTION)));
    assertTrue(forbidden.reason().contains("disableApiStop"), forbidden.reason());
    assertEquals("root replacement", forbidden.tried());
    assertInstanceOf(
        PatientPhase.Exchanging.class, next(weighing, known(Unrestorable.AUTO_SCALING)));
  }

  /** Nobody has agreed to lose what is on an instance store, unless the policy says so. */
  @Test
  void whatAStopWouldCost_isNotPaidUnlessSomebodyHasAgreed() {
    PatientPhase weighing =
        new PatientPhase.Weighing(START, body(false), "EC2 refused", "root replacement", false);
    Sight store = known(Unrestorable.INSTANCE_STORE_DATA);
    PatientPhase.NeedsPerson kept =
        assertInstanceOf(PatientPhase.NeedsPerson.class, next(weighing, store));
    assertTrue(kept.reason().endsWith("may ask for path B"), kept.reason());
    Operation<Restore, Ward> asked = in(weighing, null);
    Agreement price =
        new Agreement(RootPath.A, Set.of(Unrestorable.INSTANCE_STORE_DATA), List.of());
    List<Ward> agreed =
        asked.parts().stream().map(ward -> ward.eachPatient(one -> agreeing(one, price))).toList();
    assertInstanceOf(PatientPhase.Exchanging.class, next(asked.with(asked.head(), agreed), store));
  }

  /** Nothing can be planned for a machine without a root, so nobody is told to ask for a plan. */
  @Test
  void rootlessMachineThatNobodyAgreedToStop_isToldHowToMendByHand() {
    PatientPhase weighing =
        new PatientPhase.Weighing(START, body(false), "it lost its root", "A", true);
    PatientPhase.NeedsPerson left =
        assertInstanceOf(
            PatientPhase.NeedsPerson.class, next(weighing, known(Unrestorable.PUBLIC_ADDRESS)));
    assertTrue(
        left.reason()
            .endsWith(
                " By hand it can be stopped, given its old root vol-old at /dev/xvda again, and"
                    + " started"),
        left.reason());
  }

  private static Patient agreeing(Patient patient, Agreement agreed) {
    return new Patient(
        patient.machine(),
        patient.zone(),
        patient.exposed(),
        patient.point(),
        patient.holds(),
        patient.why(),
        patient.older(),
        patient.failed(),
        patient.phase(),
        agreed);
  }

  /** Path B is taken at once when it was confirmed, and what is broken is still kept first. */
  @Test
  void confirmedPathB_isTakenWithoutAskingEc2ToReplaceTheRoot() {
    Operation<Restore, Ward> plain =
        in(new PatientPhase.Examining(START, true, "s3://x", null), null, false);
    List<Ward> agreed =
        plain.parts().stream()
            .map(ward ->
                ward.eachPatient(
                    one -> agreeing(one, new Agreement(RootPath.B, Set.of(), List.of()))))
            .toList();
    assertEquals(
        new PatientPhase.Weighing(
            START, body(false), "its restore by path B was confirmed", "", false),
        next(plain.with(plain.head(), agreed), sight(rig("running", false))));
  }

  @Test
  void haltDuringAnExchange_isAnsweredWhenTheMachineHasItsRoot() {
    PatientPhase begun =
        exchanged(next(replacing("NotSupported: no", body(false)), Sight.blind(START)));
    Request halt = new Request(Request.Wish.HALT, "operator", "stop", START);
    Request clock = new Request(Request.Wish.PERSON, "clock", "it gave up", START);
    PatientPhase.NeedsPerson halted =
        assertInstanceOf(
            PatientPhase.NeedsPerson.class, next(in(begun, halt), sight(rig("running", false))));
    assertTrue(halted.reason().contains("its old root is attached"), halted.reason());
    assertInstanceOf(PatientPhase.Exchanging.class, next(in(begun, halt), Sight.blind(START)));
    assertInstanceOf(PatientPhase.NeedsPerson.class, next(in(begun, clock), Sight.blind(START)));
  }
}
