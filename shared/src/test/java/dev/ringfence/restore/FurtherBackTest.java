package dev.ringfence.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.health.Invocation;
import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Quarantine;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Sight;
import dev.ringfence.release.Channel;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.rollout.Sights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A restore point that does not bring a machine back is followed by older ones. */
class FurtherBackTest {
  private static final Instant START = Instant.parse("2026-11-03T12:00:00Z");
  private static final Instant DEADLINE = START.plus(Duration.ofHours(1)).plus(RestoreTempo.COLD);
  private static final String MACHINE = "i-00000000000000001";
  private static final RestorePoint NEWEST = point(1);
  private static final RestoreCourse COURSE = (RestoreCourse) RestoreCourse.FORM.course();

  private static RestorePoint point(int hoursOld) {
    return new RestorePoint("snap-" + hoursOld, START.minus(Duration.ofHours(hoursOld)));
  }

  private static Operation<Restore, Ward> proving(
      boolean automatic, @Nullable String holds, List<RestorePoint> older) {
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
            List.of(new RestoreOrder.Hurt(MACHINE, "az-1", START, NEWEST, holds, "silent")));
    List<Ward> wards =
        Restore.wards(order).stream()
            .map(ward ->
                ward.eachPatient(p -> p.withOlder(older).in(new PatientPhase.Proving(START, null))))
            .toList();
    return new Operation<>(Restore.of(order, "0123456789ab", START), wards, null, 1);
  }

  private static Patient after(Operation<Restore, Ward> restore, Sight sight) {
    return COURSE.decide(restore, sight, sight.at()).parts().getFirst().patients().getFirst();
  }

  private static Sight dead(Instant at) {
    return Sights.at(at).vitals(MACHINE, Sights.dead(at)).seen();
  }

  @Test
  void choice_isOlderThanTheFirstAndTheExposure_newestFirst_andFew() {
    RestorePoint late = new RestorePoint("snap-late", START.plusSeconds(1));
    List<RestorePoint> past = List.of(point(4), late, point(2), NEWEST, point(3), point(2));
    assertEquals(List.of(point(2), point(3)), Choice.olderThan(NEWEST, START, past));
    assertEquals(List.of(point(2), point(3)), Choice.olderThan(NEWEST, null, past));
    assertEquals(List.of(NEWEST, point(2)), Choice.olderThan(late, START, past));
    assertEquals(List.of(), Choice.olderThan(point(4), START, past));
  }

  @Test
  void deadAfterItsRestore_goesBackFurtherUnderKeysOfItsOwn() {
    Operation<Restore, Ward> restore = proving(true, null, List.of(point(2), point(3)));
    Patient first = restore.parts().getFirst().patients().getFirst();
    Patient second = after(restore, dead(DEADLINE));
    assertEquals(point(2), second.point());
    assertEquals(List.of(point(3)), second.older());
    assertEquals(new PatientPhase.Examining(DEADLINE, false, null, null), second.phase());
    assertFalse(restore.head().key(first).equals(restore.head().key(second)));
    List<Effect> open =
        COURSE.open(
            restore.with(
                restore.head(),
                restore.parts().stream().map(w -> w.eachPatient(p -> second)).toList()));
    assertTrue(open.stream().map(Effect::key).anyMatch(key -> key.contains(MACHINE + "-2")));
  }

  @Test
  void lastRestorePointToo_needsAPersonWhoIsToldOfEach() {
    Operation<Restore, Ward> restore = proving(true, null, List.of(point(2)));
    Patient second = after(restore, dead(DEADLINE)).in(new PatientPhase.Proving(START, null));
    Operation<Restore, Ward> again =
        restore.with(
            restore.head(),
            restore.parts().stream().map(ward -> ward.eachPatient(p -> second)).toList());
    PatientPhase.NeedsPerson end =
        assertInstanceOf(PatientPhase.NeedsPerson.class, after(again, dead(DEADLINE)).phase());
    assertTrue(end.tried().contains("snap-1") && end.tried().contains("snap-2"), end.tried());
  }

  @Test
  void restoreThatAPersonOrdered_namesTheNextPointAndDoesNotTakeIt() {
    Patient patient = after(proving(false, null, List.of(point(2))), dead(DEADLINE));
    PatientPhase.NeedsPerson end =
        assertInstanceOf(PatientPhase.NeedsPerson.class, patient.phase());
    assertTrue(end.reason().contains("the next older restore point is snap-2"), end.reason());
  }

  @Test
  void switchedOffAfterItsRestore_isNoReasonToGoBackFurther() {
    Instant at = START.plusSeconds(600);
    Sight off = Sights.at(at).vitals(MACHINE, Sights.stopped(at)).seen();
    assertInstanceOf(
        PatientPhase.NeedsPerson.class, after(proving(true, null, List.of(point(2))), off).phase());
  }

  @Test
  void blamedVersionReadBack_goesBackFurther_anotherThanThePointHolds_needsAPerson() {
    assertInstanceOf(PatientPhase.Examining.class, readBack("7.16.0", "7.16.1"));
    assertInstanceOf(PatientPhase.Restored.class, readBack("7.16.0", "7.16.0"));
    PatientPhase.NeedsPerson end =
        assertInstanceOf(PatientPhase.NeedsPerson.class, readBack("7.16.0", "7.15.9"));
    assertEquals("still runs 7.15.9, and its restore point should hold 7.16.0", end.reason());
  }

  @Test
  void whatIsQuarantinedByNow_isNotBelievedToBeAWayBack() {
    Lane lane = Lane.free(new Lane.Id("falcon", Channel.CONTENT)).banning("7.16.0", "bits", "harm");
    quarantine = Quarantine.of(List.of(lane));
    assertInstanceOf(PatientPhase.Examining.class, readBack("7.16.0", "7.16.0"));
    assertInstanceOf(PatientPhase.Examining.class, readBack("7.15.9", "7.16.0"));
    assertInstanceOf(PatientPhase.Restored.class, readBack("7.15.9", "7.15.9"));
  }

  private Quarantine quarantine = Quarantine.NONE;

  private PatientPhase readBack(String holds, String found) {
    Instant at = START.plusSeconds(600);
    Operation<Restore, Ward> restore = proving(true, holds, List.of(point(2)));
    Sending probe = Sending.intent("read", at, List.of(MACHINE)).sent("cmd-1");
    Invocation answer =
        new Invocation(Invocation.Outcome.SUCCESS, at, "version=" + found, "Success");
    Sight sight =
        Sights.at(at).vitals(MACHINE, Sights.well(at)).invocation("cmd-1", MACHINE, answer).seen();
    return after(
            restore.with(
                restore.head(), restore.parts().stream().map(w -> w.probing(probe)).toList()),
            sight.with(quarantine))
        .phase();
  }
}
