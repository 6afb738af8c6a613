package dev.ringfence.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.health.Check;
import dev.ringfence.health.Invocation;
import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Custody;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Sight;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.rollout.Sights;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every phase of a patient and everything that can be seen of it. */
class RestoreTableTest {
  private static final Instant START = Instant.parse("2026-11-03T12:00:00Z");
  private static final String MACHINE = "i-00000000000000001";
  private static final RestorePoint POINT = new RestorePoint("snap-1", START.minusSeconds(3600));
  private static final RestoreCourse COURSE = (RestoreCourse) RestoreCourse.FORM.course();
  private static final String TRIED = "root replacement task-1 from snap-1";
  private static final String PROVING = "root replaced at " + START + " from snap-1";

  private static Instant plus(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private static RestoreOrder order(int machines, @Nullable RestorePoint point) {
    List<RestoreOrder.Hurt> hurt = new ArrayList<>();
    for (int i = 1; i <= machines; i++) {
      hurt.add(
          new RestoreOrder.Hurt(
              String.format(java.util.Locale.ROOT, "i-%017x", i),
              "zone-a",
              START,
              point,
              null,
              "silent"));
    }
    SsmDocument probe = new SsmDocument("Falcon-Probe", "1", "0123456789abcdef".repeat(4));
    return new RestoreOrder(
        "falcon-1-r1",
        "falcon-1",
        "falcon",
        "7.16.1",
        true,
        Consent.ALL,
        new VersionProbe(probe, Map.of()),
        Duration.ofHours(1),
        150,
        hurt);
  }

  private static Operation<Restore, Ward> restore(int machines, @Nullable RestorePoint point) {
    RestoreOrder order = order(machines, point);
    return new Operation<>(Restore.of(order, "0123456789ab", START), Restore.wards(order), null, 1);
  }

  private static Operation<Restore, Ward> in(PatientPhase phase) {
    Operation<Restore, Ward> restore = restore(1, POINT);
    return restore.with(
        restore.head(),
        restore.parts().stream().map(w -> w.eachPatient(p -> p.in(phase))).toList());
  }

  private static PatientPhase next(PatientPhase phase, Sight sight, Instant now) {
    return next(in(phase), sight, now);
  }

  private static PatientPhase next(Operation<Restore, Ward> restore, Sight sight, Instant now) {
    return COURSE.decide(restore, sight, now).parts().getFirst().patients().getFirst().phase();
  }

  private static PatientPhase.NeedsPerson person(Instant at, String reason, String tried) {
    return new PatientPhase.NeedsPerson(at, reason, tried);
  }

  @Test
  void waiting_beginsOrAsksAPerson() {
    assertEquals(
        new PatientPhase.Examining(START, false, null, null),
        next(new PatientPhase.Waiting(null), seen(Sights.dead(START), START), START));
    assertEquals(
        person(START, "it has no restore point: its policy let it be updated without", "nothing"),
        next(restore(1, null), Sight.blind(START), START));
  }

  @Test
  void waitingMachineThatNobodyCouldLookAt_isNotRewound() {
    PatientPhase unseen = new PatientPhase.Waiting(START);
    assertEquals(unseen, next(new PatientPhase.Waiting(null), Sight.blind(START), START));
    assertEquals(unseen, next(unseen, Sight.blind(plus(119)), plus(119)));
    assertEquals(
        person(
            plus(120),
            "it could not be looked at, so nobody knows that it does not live",
            "nothing"),
        next(unseen, Sight.blind(plus(120)), plus(120)));
    assertEquals(
        new PatientPhase.Examining(plus(120), false, null, null),
        next(unseen, seen(Sights.dead(plus(120)), plus(120)), plus(120)));
  }

  @Test
  void heldMachineThatNobodyCouldLookAt_isNotRewound() {
    PatientPhase held = new PatientPhase.Held(START, "falcon-2-r1");
    Map<String, Custody> free = Map.of(MACHINE, Custody.NOBODY);
    assertEquals(held, next(held, Sight.blind(plus(1)).with(free), plus(1)));
    assertEquals(
        person(
            plus(180),
            "it could not be looked at, so nobody knows that it does not live",
            "nothing"),
        next(held, Sight.blind(plus(180)).with(free), plus(180)));
  }

  @Test
  void restoreOfMoreWardsThanOneCommitTakes_isGivenUpOverRounds() {
    Operation<Restore, Ward> huge = restore(51 * 50, POINT);
    Request halt = new Request(Request.Wish.HALT, "operator", "stop", START);
    Operation<Restore, Ward> asked = new Operation<>(huge.head(), huge.parts(), halt, 2);
    Decision<Restore, Ward> first = COURSE.decide(asked, Sight.blind(START), START);
    assertEquals(50, first.parts().stream().filter(Ward::isSettled).count());
    assertEquals(START, first.again());
    assertFalse(first.answered());
    Decision<Restore, Ward> second =
        COURSE.decide(asked.with(first.head(), first.parts()), Sight.blind(START), START);
    assertEquals(new RestorePhase.Done(START, 0, 0, 51 * 50), second.head().phase());
    assertTrue(second.answered());
  }

  private static long examining(Operation<Restore, Ward> restore) {
    Sights sights = Sights.at(START);
    restore.parts().stream()
        .flatMap(ward -> ward.patients().stream())
        .forEach(patient -> sights.vitals(patient.machine(), Sights.dead(START)));
    return COURSE.decide(restore, sights.seen(), START).parts().stream()
        .flatMap(ward -> ward.patients().stream())
        .filter(patient -> patient.phase() instanceof PatientPhase.Examining)
        .count();
  }

  @Test
  void waiting_beginsNoMoreThanAreAllowedAtOnce() {
    Operation<Restore, Ward> many = restore(200, POINT);
    PatientPhase replacing = new PatientPhase.Replacing(START, true, "task-1", null, null);
    Operation<Restore, Ward> begun =
        many.with(
            many.head(),
            many.parts().stream()
                .map(ward ->
                    ward.number() < 2 ? ward.eachPatient(patient -> patient.in(replacing)) : ward)
                .toList());
    assertEquals(50, examining(begun), "150 at once, and 100 are under way");
  }

  @Test
  void waiting_beginsNoMoreThanCanSoonBeAskedFor() {
    assertEquals(100, examining(restore(200, POINT)));
  }

  @Test
  void replacing_answersToItsTask() {
    PatientPhase replacing = new PatientPhase.Replacing(START, true, "task-1", null, null);
    assertEquals(replacing, next(replacing, Sight.blind(plus(1)), plus(1)));
    assertEquals(
        new PatientPhase.Proving(plus(3), null),
        next(replacing, task(Sight.Progress.SUCCEEDED, plus(3)), plus(4)));
    assertEquals(
        new PatientPhase.Proving(plus(4), null),
        next(replacing, task(Sight.Progress.SUCCEEDED, null), plus(4)));
    assertEquals(replacing, next(replacing, task(Sight.Progress.UNDER_WAY, null), plus(4)));
    assertEquals(
        person(plus(4), "the replacement failed, the old root is attached", TRIED),
        next(replacing, task(Sight.Progress.FAILED, plus(3)), plus(4)));
    assertEquals(
        person(plus(4), "the replacement failed and left the machine without a root", TRIED),
        next(replacing, task(Sight.Progress.FAILED_DETACHED, plus(3)), plus(4)));
    assertEquals(
        person(plus(60), "the replacement did not end in time", TRIED),
        next(replacing, Sight.blind(plus(60)), plus(60)));
    assertInstanceOf(
        PatientPhase.NeedsPerson.class,
        next(
            new PatientPhase.Replacing(START, true, null, null, null),
            Sight.blind(plus(60)),
            plus(60)));
  }

  private static Sight task(Sight.Progress progress, @Nullable Instant ended) {
    return Sights.at(START).replacement("task-1", new Sight.Replacement(progress, ended)).seen();
  }

  @Test
  void proving_believesOnlyProof() {
    PatientPhase proving = new PatientPhase.Proving(START, null);
    assertEquals(proving, next(proving, Sight.blind(plus(61)), plus(61)));
    assertEquals(
        person(plus(195), "could not be looked at", PROVING),
        next(proving, Sight.blind(plus(195)), plus(195)));
    assertEquals(proving, next(proving, seen(Sights.well(plus(5)), plus(5)), plus(5)));
    assertEquals(proving, next(proving, seen(Sights.dead(plus(5)), plus(5)), plus(5)));
    // Cold disks make a boot slow: nobody is given up at the minute that a warm one would need.
    assertEquals(proving, next(proving, seen(Sights.dead(plus(74)), plus(74)), plus(74)));
    assertInstanceOf(
        PatientPhase.NeedsPerson.class,
        next(proving, seen(Sights.dead(plus(75)), plus(75)), plus(75)));
    assertEquals(proving, next(proving, seen(Sights.stalled(plus(61)), plus(61)), plus(61)));
    assertInstanceOf(
        PatientPhase.NeedsPerson.class,
        next(proving, seen(Sights.stalled(plus(195)), plus(195)), plus(195)));
    assertInstanceOf(
        PatientPhase.NeedsPerson.class,
        next(proving, seen(Sights.well(plus(80)), plus(80)), plus(80)));
  }

  private static Sight seen(dev.ringfence.health.Vitals vitals, Instant at) {
    return Sights.at(at).vitals(MACHINE, vitals).seen();
  }

  @Test
  void proving_isOverWhenAnotherVersionThanTheBlamedOneIsReadBack() {
    assertEquals(new PatientPhase.Restored(plus(6)), readBack("7.16.0", plus(5), plus(6)));
    assertEquals(new PatientPhase.Restored(plus(6)), readBack("7.15.9", plus(5), plus(6)));
    assertEquals(
        person(plus(6), "still runs 7.16.1, which its restore point holds too", PROVING),
        readBack("7.16.1", plus(5), plus(6)));
  }

  @Test
  void probeThatWasSentBeforeTheRootWasReplaced_provesNothing() {
    assertEquals(
        new PatientPhase.Proving(START, null), readBack("7.16.0", START.minusSeconds(1), plus(6)));
  }

  private static PatientPhase readBack(String version, Instant probed, Instant now) {
    Operation<Restore, Ward> proving = in(new PatientPhase.Proving(START, null));
    Sending probe = Sending.intent("read", probed, List.of(MACHINE)).sent("cmd-1");
    Operation<Restore, Ward> asked =
        proving.with(proving.head(), proving.parts().stream().map(w -> w.probing(probe)).toList());
    Invocation answer =
        new Invocation(Invocation.Outcome.SUCCESS, now, "version=" + version, "Success");
    return next(
        asked,
        Sights.at(now)
            .vitals(MACHINE, Sights.well(now))
            .invocation("cmd-1", MACHINE, answer)
            .seen(),
        now);
  }

  @Test
  void readBackAlone_provesNothingWhileACheckSaysNothing() {
    Operation<Restore, Ward> proving = in(new PatientPhase.Proving(START, null));
    Sending probe = Sending.intent("read", plus(5), List.of(MACHINE)).sent("cmd-1");
    Operation<Restore, Ward> asked =
        proving.with(proving.head(), proving.parts().stream().map(w -> w.probing(probe)).toList());
    for (Check word : List.of(Check.INITIALIZING, Check.INSUFFICIENT_DATA, Check.UNKNOWN)) {
      Sight sight =
          Sights.at(plus(6))
              .vitals(
                  MACHINE,
                  new dev.ringfence.health.Vitals(
                      plus(6),
                      Sights.checks(word, Check.OK, Check.OK),
                      new dev.ringfence.health.Vitals.Agent(plus(6))))
              .invocation(
                  "cmd-1",
                  MACHINE,
                  new Invocation(Invocation.Outcome.SUCCESS, plus(6), "version=7.16.0", "Success"))
              .seen();
      assertEquals(new PatientPhase.Proving(START, null), next(asked, sight, plus(6)), word.name());
    }
  }

  @Test
  void lastWords_stay() {
    for (PatientPhase last :
        List.of(new PatientPhase.Restored(START), person(START, "why", "nothing"))) {
      assertEquals(last, next(last, Sight.blind(plus(1)), plus(1)));
    }
  }

  @Test
  void restore_isDoneWhenEverybodyHasALastWord() {
    Operation<Restore, Ward> restore = in(new PatientPhase.Restored(START));
    Decision<Restore, Ward> decision = COURSE.decide(restore, Sight.blind(plus(1)), plus(1));
    assertEquals(new RestorePhase.Done(plus(1), 1, 0, 0), decision.head().phase());
    Operation<Restore, Ward> over = restore.with(decision.head(), decision.parts());
    assertEquals(
        new Decision<>(over.head(), over.parts(), List.of(), List.of(), plus(3)),
        COURSE.decide(over, Sight.blind(plus(2)), plus(2)));
  }

  @Test
  void outcomes_areTakenOnce() {
    Operation<Restore, Ward> restore =
        in(new PatientPhase.Replacing(START, false, null, null, null));
    String key =
        COURSE.open(restore).stream()
            .filter(Effect.ReplaceRoot.class::isInstance)
            .map(Effect::key)
            .findFirst()
            .orElseThrow();
    assertSettles(
        restore,
        new Outcome.Done(key, "task-1", plus(1)),
        new PatientPhase.Replacing(START, true, "task-1", null, null));
    assertSettles(
        restore,
        new Outcome.Unsettled(key, "lost"),
        new PatientPhase.Replacing(START, true, null, null, null));
    assertSettles(
        restore,
        new Outcome.Refused(key, "InvalidSnapshot", "gone"),
        new PatientPhase.Replacing(START, true, null, "InvalidSnapshot: gone", null));
    assertTrue(key.length() <= 64, key);
  }

  private static void assertSettles(
      Operation<Restore, Ward> restore, Outcome outcome, PatientPhase expected) {
    Operation<Restore, Ward> settled =
        COURSE.settle(restore, List.of(outcome), plus(1)).operation();
    assertEquals(expected, settled.parts().getFirst().patients().getFirst().phase());
    assertEquals(settled, COURSE.settle(settled, List.of(outcome), plus(1)).operation());
  }
}
