package dev.ringfence.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Custody;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.MachineClaim;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.rollout.Sights;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a machine that other operations lay hands on. */
class CustodyTableTest {
  private static final Instant START = Instant.parse("2026-11-03T12:00:00Z");
  private static final RestoreCourse COURSE = (RestoreCourse) RestoreCourse.FORM.course();
  private static final String RELEASE = "falcon 7.16.1";

  /** Whoever is looked at in vain for five minutes has its root replaced with what is known. */
  private static final PatientPhase READY =
      new PatientPhase.Examining(START.minus(RestoreTempo.EXAMINATION), true, null, null);

  private static String machine(int number) {
    return String.format(java.util.Locale.ROOT, "i-%017x", number);
  }

  private static Operation<Restore, Ward> restore(
      int machines, boolean automatic, PatientPhase phase) {
    List<RestoreOrder.Hurt> hurt = new ArrayList<>();
    for (int i = 0; i < machines; i++) {
      RestorePoint point = new RestorePoint("snap-1", START.minusSeconds(60));
      hurt.add(new RestoreOrder.Hurt(machine(i), "az-1", START, point, null, "silent"));
    }
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
            200,
            hurt);
    List<Ward> wards =
        Restore.wards(order).stream().map(ward -> ward.eachPatient(p -> p.in(phase))).toList();
    return new Operation<>(Restore.of(order, "0123456789ab", START), wards, null, 1);
  }

  private static Decision<Restore, Ward> decide(
      Operation<Restore, Ward> restore, Custody custody, Instant now) {
    Map<String, Custody> seen = new HashMap<>();
    restore.parts().stream()
        .flatMap(ward -> ward.patients().stream())
        .forEach(patient -> seen.put(patient.machine(), custody));
    return COURSE.decide(restore, Sight.blind(now).with(seen), now);
  }

  private static PatientPhase phase(Decision<Restore, Ward> decision) {
    return decision.parts().getFirst().patients().getFirst().phase();
  }

  private static MachineClaim take(@Nullable String left, @Nullable String release) {
    return new MachineClaim.Take(machine(0), "falcon-1-r1", left, release);
  }

  @Test
  void machineIsTaken_inTheDecisionThatLaysHandsOnItsRoot() {
    Decision<Restore, Ward> ordered = decide(restore(1, true, READY), Custody.NOBODY, START);
    assertInstanceOf(PatientPhase.Replacing.class, phase(ordered));
    assertEquals(List.of(take(null, RELEASE)), ordered.claims());
    Custody left = new Custody("somebody", true, Map.of(RELEASE, "earlier"));
    Decision<Restore, Ward> byHand = decide(restore(1, false, READY), left, START);
    assertInstanceOf(PatientPhase.Replacing.class, phase(byHand));
    assertEquals(List.of(take("somebody", null)), byHand.claims());
  }

  @Test
  void machineWhoseCustodyWasNotSeen_isNotTouched() {
    Operation<Restore, Ward> ready = restore(1, true, READY);
    Decision<Restore, Ward> blind = COURSE.decide(ready, Sight.blind(START), START);
    assertEquals(READY, phase(blind));
    assertEquals(List.of(), blind.claims());
  }

  @Test
  void machineThatAnotherRestores_waitsAndThenNeedsAPerson() {
    Custody others = new Custody("falcon-2-r1", false, Map.of());
    PatientPhase held = new PatientPhase.Held(START, "falcon-2-r1");
    assertEquals(held, phase(decide(restore(1, true, READY), others, START)));
    Instant late = START.plus(RestoreTempo.TURN);
    assertEquals(held, phase(decide(restore(1, true, held), others, late.minusNanos(1))));
    assertEquals(
        new PatientPhase.NeedsPerson(late, "it is being restored by falcon-2-r1", "nothing"),
        phase(decide(restore(1, true, held), others, late)));
    Sight free =
        Sights.at(START)
            .vitals(machine(0), Sights.dead(START))
            .seen()
            .with(Map.of(machine(0), Custody.NOBODY));
    assertEquals(
        new PatientPhase.Examining(START, false, null, null),
        phase(COURSE.decide(restore(1, true, held), free, START)));
  }

  @Test
  void machineThatWasRestoredFromTheReleaseWithoutAPerson_isNotRestoredSoAgain() {
    Custody before = new Custody(null, false, Map.of(RELEASE, "falcon-1-r0"));
    Decision<Restore, Ward> again = decide(restore(1, true, READY), before, START);
    assertEquals(
        new PatientPhase.NeedsPerson(
            START, "it was restored from falcon 7.16.1 before, by falcon-1-r0", "nothing"),
        phase(again));
    assertEquals(List.of(), again.claims());
    Custody own = new Custody("falcon-1-r1", false, Map.of(RELEASE, "falcon-1-r1"));
    assertInstanceOf(
        PatientPhase.Replacing.class, phase(decide(restore(1, true, READY), own, START)));
  }

  @Test
  void machineIsGivenBack_withItsLastWord() {
    PatientPhase tooLong =
        new PatientPhase.Replacing(
            START.minus(RestoreTempo.REPLACEMENT), true, "task-1", null, null);
    Decision<Restore, Ward> over = decide(restore(1, true, tooLong), Custody.NOBODY, START);
    assertInstanceOf(PatientPhase.NeedsPerson.class, phase(over));
    assertEquals(List.of(new MachineClaim.GiveBack(machine(0), "falcon-1-r1")), over.claims());
  }

  @Test
  void storm_isTakenInPortionsWithoutWaiting() {
    Operation<Restore, Ward> storm = restore(120, true, READY);
    for (int portion = 1; portion <= 120 / MachineClaim.PER_DECISION; portion++) {
      Decision<Restore, Ward> decision = decide(storm, Custody.NOBODY, START);
      storm = storm.with(decision.head(), decision.parts());
      assertEquals(MachineClaim.PER_DECISION, decision.claims().size());
      boolean last = portion == 120 / MachineClaim.PER_DECISION;
      assertEquals(last, decision.again().isAfter(START));
    }
    assertFalse(
        storm.parts().stream()
            .flatMap(ward -> ward.patients().stream())
            .anyMatch(patient -> patient.phase() instanceof PatientPhase.Examining));
  }
}
