package dev.ringfence.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.health.Check;
import dev.ringfence.health.Invocation;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Custody;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Disk;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.MachineClaim;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Volume;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.rollout.Sights;
import dev.ringfence.swap.Standstill;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A hurt machine that comes back by itself keeps its root, and a boot loop is no coming back. */
class ComebackTest {
  private static final Instant START = Instant.parse("2026-11-03T12:00:00Z");
  private static final String MACHINE = "i-00000000000000001";
  private static final String BLAMED = "7.16.1";
  private static final Disk DISK = new Disk("gp3", 8, 3000, 125, null);
  private static final Body BODY =
      new Body("az-1", "/dev/xvda", "vol-old", DISK, true, false, true);
  private static final RestoreCourse COURSE = (RestoreCourse) RestoreCourse.FORM.course();

  private static Instant plus(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  /** Exposed twenty minutes before it was ordered. */
  private static Operation<Restore, Ward> in(PatientPhase phase) {
    RestorePoint point = new RestorePoint("snap-1", START.minusSeconds(3600));
    Instant exposed = START.minus(Duration.ofMinutes(20));
    RestoreOrder order =
        new RestoreOrder(
            "falcon-1-r1",
            "falcon-1",
            "falcon",
            BLAMED,
            true,
            Consent.ALL,
            new VersionProbe(new SsmDocument("Probe", "1", "0123456789abcdef".repeat(4)), Map.of()),
            Duration.ofHours(1),
            10,
            List.of(new RestoreOrder.Hurt(MACHINE, "az-1", exposed, point, null, "silent")));
    List<Ward> wards =
        Restore.wards(order).stream().map(ward -> ward.eachPatient(p -> p.in(phase))).toList();
    return new Operation<>(Restore.of(order, "0123456789ab", START), wards, null, 1);
  }

  private static Sights look(Instant at, Vitals vitals) {
    return Sights.at(at).vitals(MACHINE, vitals);
  }

  private static Decision<Restore, Ward> decide(Operation<Restore, Ward> restore, Sights sights) {
    var sight =
        sights
            .seen()
            .again()
            .rigs(Map.of(MACHINE, rig()))
            .volumes(
                Map.of(
                    "vol-old",
                    new Volume("vol-old", "az-1", "in-use", DISK, null, List.of(), Map.of())))
            .past(Map.of("vol-old", List.of()))
            .custody(Map.of(MACHINE, Custody.NOBODY))
            .seen();
    return COURSE.decide(restore, sight, sight.at());
  }

  private static Rig rig() {
    return new Rig(
        MACHINE,
        "az-1",
        "running",
        "",
        "/dev/xvda",
        Map.of("/dev/xvda", new Rig.Attached("vol-old", "attached", true)),
        false,
        new Rig.Make("ami-1", "t3.micro", "Windows", "x86_64"),
        null);
  }

  private static PatientPhase phase(Decision<Restore, Ward> decision) {
    return decision.parts().getFirst().patients().getFirst().phase();
  }

  private static final PatientPhase REVIVING = new PatientPhase.Reviving(START, START);

  @Test
  void machineThatShowsLifeInTheLastLook_isNotTouched() {
    PatientPhase examined = new PatientPhase.Examining(START, true, "s3://x", null);
    PatientPhase unasked = new PatientPhase.Replacing(START, false, null, null, BODY);
    PatientPhase unstopped =
        new PatientPhase.Exchanging(
            Standstill.begin(
                List.of(BODY.swap("rf-1", MACHINE, "snap-1", Map.of(), Map.of())), START),
            "A");
    for (PatientPhase prepared :
        List.of(new PatientPhase.Waiting(null), examined, unasked, unstopped)) {
      Operation<Restore, Ward> restore = in(prepared);
      assertTrue(COURSE.watch(restore, START).machines().contains(MACHINE), prepared.toString());
      Decision<Restore, Ward> alive = decide(restore, look(START, Sights.well(START)));
      assertEquals(REVIVING, phase(alive), prepared.toString());
      Operation<Restore, Ward> after = restore.with(alive.head(), alive.parts());
      assertTrue(
          COURSE.open(after).stream().allMatch(Effect.WritePointers.class::isInstance),
          "nothing is done to it");
      assertEquals(
          prepared.isInHand()
              ? List.of(new MachineClaim.GiveBack(MACHINE, "falcon-1-r1"))
              : List.of(),
          alive.claims());
    }
  }

  /** Its group took it out of service, which takes up to an hour; by then it lives again. */
  @Test
  void machineThatComesBackInStandby_isNotStopped() {
    Standstill begun =
        Standstill.begin(List.of(BODY.swap("rf-1", MACHINE, "snap-1", Map.of(), Map.of())), START);
    Standstill leaving = begun.next(member("InService"), Map.of(), START).standstill();
    leaving = leaving.settle(new Outcome.Done(leaving.effect().orElseThrow().key(), "", START));
    PatientPhase standby = new PatientPhase.Exchanging(leaving, "A");
    assertTrue(COURSE.watch(in(standby), START).machines().contains(MACHINE));
    Instant soon = plus(30);
    assertEquals(standby, phase(standby(standby, look(soon, Sights.well(soon)))));
    assertEquals(standby, phase(standby(standby, Sights.at(plus(1)))));
    assertEquals(List.of("StopMachine"), effects(standby(standby, look(soon, Sights.dead(soon)))));
    Instant late = plus(90);
    Decision<Restore, Ward> given = standby(standby, look(late, Sights.well(late)));
    assertEquals(List.of(), effects(given));
    Instant calm = plus(94);
    PatientPhase.NeedsPerson person =
        assertInstanceOf(
            PatientPhase.NeedsPerson.class,
            phase(standby(phase(given), look(calm, Sights.well(calm)))));
    assertEquals(
        "it shows life again, so it was not stopped; it is left in standby of web; its old root is"
            + " attached",
        person.reason());
  }

  private static Rig member(String lifecycle) {
    Rig rig = rig();
    return new Rig(
        rig.machine(),
        rig.zone(),
        rig.state(),
        rig.reason(),
        rig.rootDevice(),
        rig.devices(),
        rig.spot(),
        rig.make(),
        new Rig.Membership("web", lifecycle));
  }

  private static Decision<Restore, Ward> standby(PatientPhase phase, Sights sights) {
    var sight = sights.seen().again().rigs(Map.of(MACHINE, member("Standby"))).seen();
    return COURSE.decide(in(phase), sight, sight.at());
  }

  private static List<String> effects(Decision<Restore, Ward> decision) {
    return COURSE.open(in(phase(decision))).stream()
        .filter(effect -> !(effect instanceof Effect.WritePointers))
        .map(effect -> effect.getClass().getSimpleName())
        .toList();
  }

  @Test
  void machineThatMayHaveBeenReplacedAlready_isProvenAndNotLeftAlone() {
    PatientPhase asked = new PatientPhase.Replacing(START, true, null, null, BODY);
    assertEquals(asked, phase(decide(in(asked), look(START, Sights.well(START)))));
  }

  @Test
  void examinedMachineThatTheLastLookDidNotSee_isLookedAtAgainFirst() {
    PatientPhase examined = new PatientPhase.Examining(START, true, "s3://x", null);
    assertEquals(examined, phase(decide(in(examined), Sights.at(plus(1)))));
    assertInstanceOf(
        PatientPhase.Replacing.class,
        phase(decide(in(examined), look(plus(1), Sights.dead(plus(1))))));
    assertInstanceOf(PatientPhase.Replacing.class, phase(decide(in(examined), Sights.at(plus(5)))));
  }

  @Test
  void oneSignOfLife_isNotEnough() {
    assertEquals(REVIVING, phase(decide(in(REVIVING), look(plus(14), Sights.well(plus(14))))));
    assertEquals(REVIVING, phase(decide(in(REVIVING), Sights.at(plus(14)))));
    Vitals booting =
        new Vitals(
            plus(10),
            Sights.checks(Check.INITIALIZING, Check.OK, Check.OK),
            new Vitals.Agent(plus(9)));
    assertInstanceOf(
        PatientPhase.Examining.class, phase(decide(in(REVIVING), look(plus(10), booting))));
    assertInstanceOf(
        PatientPhase.Examining.class,
        phase(decide(in(REVIVING), look(plus(10), Sights.dead(plus(10))))));
  }

  @Test
  void machineThatLivesWithAnotherVersion_isLeftAlone() {
    PatientPhase.LeftAlone alone =
        assertInstanceOf(PatientPhase.LeftAlone.class, answered("version=7.16.0", plus(16)));
    assertEquals(
        "it lives again since " + START + ", so nothing was replaced, and runs 7.16.0",
        alone.why());
  }

  @Test
  void machineThatStillHasWhatHurtIt_mustOutliveWhatItTook() {
    assertEquals(REVIVING, answered("version=" + BLAMED, plus(19)));
    PatientPhase.LeftAlone alone =
        assertInstanceOf(PatientPhase.LeftAlone.class, answered("version=" + BLAMED, plus(20)));
    assertTrue(alone.why().endsWith("still runs 7.16.1"), alone.why());
  }

  @Test
  void machineThatBootedSince_isWatchedFromThatBootOn() {
    assertEquals(
        new PatientPhase.Reviving(START, plus(12)),
        answered("version=7.16.0\nbooted=" + plus(12), plus(16)));
    assertInstanceOf(
        PatientPhase.LeftAlone.class,
        answered("version=7.16.0\nbooted=" + START.minusSeconds(60), plus(16)));
  }

  @Test
  void machineThatComesAndGoesForHours_isAPersonsMatter() {
    Instant late = START.plus(RestoreTempo.REVIVAL);
    assertInstanceOf(
        PatientPhase.NeedsPerson.class,
        phase(
            decide(
                in(new PatientPhase.Reviving(START, late.minusSeconds(60))),
                look(late, Sights.well(late)))));
  }

  @Test
  void machineIsAskedWhatItRuns_onceItHasLivedForAWhile() {
    Operation<Restore, Ward> reviving = in(REVIVING);
    Decision<Restore, Ward> early = decide(reviving, look(plus(14), Sights.well(plus(14))));
    assertEquals(0, early.parts().getFirst().probes());
    Decision<Restore, Ward> ripe = decide(reviving, look(plus(15), Sights.well(plus(15))));
    assertEquals(1, ripe.parts().getFirst().probes());
  }

  @Test
  void whoCameBack_countsAsNeitherRestoredNorAPersons() {
    Operation<Restore, Ward> restore = in(new PatientPhase.LeftAlone(START, "it lives"));
    Decision<Restore, Ward> over = decide(restore, Sights.at(plus(1)));
    assertEquals(new RestorePhase.Done(plus(1), 0, 1, 0), over.head().phase());
    assertEquals(
        "done: 0 restored, 1 came back by themselves, 0 need a person",
        over.journal().getLast().what());
  }

  /** Asked after a quarter of an hour, and this is what it said. */
  private static PatientPhase answered(String output, Instant at) {
    Operation<Restore, Ward> reviving = in(REVIVING);
    Sending probe = Sending.intent("read", plus(15), List.of(MACHINE)).sent("cmd-1");
    Operation<Restore, Ward> asked =
        reviving.with(
            reviving.head(), reviving.parts().stream().map(w -> w.probing(probe)).toList());
    Invocation answer = new Invocation(Invocation.Outcome.SUCCESS, at, output, "Success");
    return phase(decide(asked, look(at, Sights.well(at)).invocation("cmd-1", MACHINE, answer)));
  }
}
