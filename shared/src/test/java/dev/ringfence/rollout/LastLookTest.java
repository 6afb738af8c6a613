package dev.ringfence.rollout;

import static dev.ringfence.rollout.Scenes.after;
import static dev.ringfence.rollout.Scenes.decide;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A restore point is looked at once more right before the update that it is there for. */
class LastLookTest {
  private static final Instant START = Given.START;

  private static Instant plus(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private static Operation<Rollout, Batch> secured() {
    return Scenes.secured(Given.content().machines(60).running(), 0);
  }

  private static String first(Operation<Rollout, Batch> operation) {
    return Scenes.machines(operation, 0).getFirst();
  }

  private static String point(Operation<Rollout, Batch> operation) {
    RestorePoint point = Scenes.member(operation.parts(), first(operation)).point();
    return point == null ? "" : point.snapshot();
  }

  @Test
  void restorePointsOfThoseWhoAreNext_areLookedAt() {
    Operation<Rollout, Batch> operation = secured();
    assertTrue(Scenes.COURSE.watch(operation, START).snapshots().contains(point(operation)));
  }

  @Test
  void restorePointThatIsGone_isTakenAnewBeforeTheUpdate() {
    Operation<Rollout, Batch> operation = secured();
    Sight gone =
        Sights.healthy(operation, START)
            .points(operation)
            .snapshot(point(operation), Sight.Snapshot.FAILED)
            .seen();
    Operation<Rollout, Batch> found = after(operation, decide(operation, gone, START));
    assertEquals(List.of(), Scenes.unsent(found.parts()));
    Operation<Rollout, Batch> anew = after(found, decide(found, gone, plus(1)));
    List<String> taken =
        Scenes.COURSE.open(anew).stream()
            .filter(Effect.TakeSnapshots.class::isInstance)
            .map(effect -> ((Effect.TakeSnapshots) effect).machine())
            .toList();
    assertEquals(List.of(first(operation)), taken);
    assertEquals(List.of(), Scenes.unsent(anew.parts()));
  }

  @Test
  void restorePointThatThisRolloutTookItself_isAnotherEffectTheSecondTime() {
    Operation<Rollout, Batch> operation =
        Given.members(secured(), 0, m -> m.secured(new RestorePoint("snap-" + m.machine(), START)));
    Sight gone =
        Sights.healthy(operation, START).snapshot(point(operation), Sight.Snapshot.FAILED).seen();
    Operation<Rollout, Batch> found = after(operation, decide(operation, gone, START));
    Operation<Rollout, Batch> anew = after(found, decide(found, gone, plus(1)));
    Member member = Scenes.member(anew.parts(), first(operation));
    assertEquals(
        new MemberPhase.Securing(plus(1), Tempo.SNAPSHOT_ATTEMPTS + 1, null, null), member.phase());
  }

  @Test
  void restorePointThatSomebodyKeepsDeleting_isGivenUp() {
    Operation<Rollout, Batch> operation =
        Given.members(secured(), 0, m -> m.secured(new RestorePoint("snap-" + m.machine(), START)));
    Instant late = START.plus(Tempo.SNAPSHOT_PATIENCE);
    Sight gone =
        Sights.healthy(operation, late).snapshot(point(operation), Sight.Snapshot.FAILED).seen();
    assertEquals(
        new MemberPhase.LeftOut("its restore point is gone, too late for another"),
        Scenes.member(decide(operation, gone, late).parts(), first(operation)).phase());
  }

  @Test
  void restorePointThatCannotBeLookedAt_isWaitedForAndThenHeldFor() {
    Operation<Rollout, Batch> operation = secured();
    Sights unread = Sights.healthy(operation, plus(14)).snapshotsUnread();
    assertEquals(List.of(), Scenes.unsent(decide(operation, unread.seen(), plus(14)).parts()));
    Sight later = Sights.healthy(operation, plus(16)).snapshotsUnread().seen();
    assertEquals("HOLDING", decide(operation, later, plus(16)).head().phaseName());
  }

  @Test
  void restorePointThatIsNoLongerComplete_isWaitedForAndThenHeldFor() {
    Operation<Rollout, Batch> operation = secured();
    for (long minutes : List.of(14L, 16L)) {
      Sight pending =
          Sights.healthy(operation, plus(minutes))
              .snapshot(point(operation), Sight.Snapshot.PENDING)
              .seen();
      Decision<Rollout, Batch> decision = decide(operation, pending, plus(minutes));
      assertEquals(List.of(), Scenes.unsent(decision.parts()));
      assertEquals(minutes < 15 ? "RUNNING" : "HOLDING", decision.head().phaseName());
    }
  }

  /** One machine of the last ring did not take the update a while ago; all others did. */
  private static Operation<Rollout, Batch> oneLeftOver() {
    Operation<Rollout, Batch> operation = Scenes.inFlight(Given.content().machines(60), START);
    String late = Scenes.machines(operation, 2).getFirst();
    return Given.members(
        operation,
        2,
        m ->
            m.machine().equals(late)
                ? m.in(new MemberPhase.Undelivered(START, plus(15), 1, "still runs 7.16.0"))
                : m.in(new MemberPhase.Proven(START, plus(3))));
  }

  @Test
  void secondTry_isNotSentWithoutItsWayBack() {
    Operation<Rollout, Batch> operation = oneLeftOver();
    String late = Scenes.machines(operation, 2).getFirst();
    String point = "snap-" + late;
    assertEquals(Set.of(point), Scenes.COURSE.watch(operation, plus(21)).snapshots());
    Decision<Rollout, Batch> there =
        decide(operation, Sights.healthy(operation, plus(21)).ended(operation).seen(), plus(21));
    assertEquals(1, Scenes.unsent(there.parts()).size());
    for (long minutes : List.of(21L, 35L)) {
      Sight gone =
          Sights.healthy(operation, plus(minutes))
              .ended(operation)
              .snapshot(point, Sight.Snapshot.FAILED)
              .seen();
      Decision<Rollout, Batch> decision = decide(operation, gone, plus(minutes));
      assertEquals(List.of(), Scenes.unsent(decision.parts()));
      String found =
          minutes < 35
              ? "still runs 7.16.0"
              : "still runs 7.16.0; its restore point was not seen completed,"
                  + " so it is not sent again";
      assertEquals(
          new MemberPhase.Undelivered(START, plus(15), minutes < 35 ? 1 : 2, found),
          Scenes.member(decision.parts(), late).phase());
    }
  }
}
