package dev.ringfence.rollout;

import static dev.ringfence.rollout.Given.START;
import static dev.ringfence.rollout.Scenes.after;
import static dev.ringfence.rollout.Scenes.decide;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Request;
import dev.ringfence.policy.RestoreMode;
import dev.ringfence.policy.WayBack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rollout that is not halted leaves nobody behind either. */
class EndingsTest {
  private static Instant plus(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  /** Held since an hour before, with one hurt machine and the others of the last ring in flight. */
  private static Operation<Rollout, Batch> heldTooLong(Given given) {
    Operation<Rollout, Batch> operation = hurtOne(Scenes.inFlight(given, START));
    return Given.enter(
        operation,
        new RolloutPhase.Holding(
            new HoldReason.CalendarClosed(List.of("freeze")),
            START,
            plus(2),
            Duration.ofMinutes(2),
            Scenes.open(2, START)));
  }

  private static Operation<Rollout, Batch> hurtOne(Operation<Rollout, Batch> operation) {
    String ill = Scenes.machines(operation, 2).getFirst();
    return Given.members(
        operation,
        2,
        m ->
            m.machine().equals(ill)
                ? m.in(new MemberPhase.Hurt(START, plus(1), false, "silent"))
                : m);
  }

  private static Given frozen() {
    return Given.content()
        .machines(60)
        .with(dev.ringfence.policy.Pace.CALENDARS, List.of("freeze"));
  }

  private static Decision<Rollout, Batch> decideFrozen(
      Operation<Rollout, Batch> operation, Instant now) {
    return decide(operation, Sights.healthy(operation, now).calendar(false).seen(), now);
  }

  @Test
  void askingAPerson_callsBackAndHandsOverFirst() {
    Operation<Rollout, Batch> operation = heldTooLong(frozen());
    Decision<Rollout, Batch> asks = decideFrozen(operation, plus(3));
    assertEquals("ENDING", asks.head().phaseName());
    assertEquals(List.of(), asks.claims(), "the lane is kept while machines are in flight");
    List<Class<?>> effects = new ArrayList<>();
    Scenes.COURSE.open(after(operation, asks)).stream()
        .limit(2)
        .forEach(effect -> effects.add(effect.getClass()));
    assertEquals(List.of(Effect.CancelCommand.class, Effect.StartRestore.class), effects);
  }

  @Test
  void endOfTheWayToAPerson_waitsForTheLastMachineInFlight() {
    Operation<Rollout, Batch> operation = heldTooLong(frozen());
    Operation<Rollout, Batch> asks = after(operation, decideFrozen(operation, plus(3)));
    List<Outcome> done = new ArrayList<>();
    Scenes.COURSE
        .open(asks)
        .forEach(effect -> done.add(new Outcome.Done(effect.key(), "", plus(3))));
    Operation<Rollout, Batch> calledBack = Scenes.COURSE.settle(asks, done, plus(3)).operation();
    Decision<Rollout, Batch> waits = decideFrozen(calledBack, plus(4));
    assertEquals("ENDING", waits.head().phaseName());
    Operation<Rollout, Batch> judged =
        Given.members(
            calledBack,
            2,
            m ->
                m.phase() instanceof MemberPhase.Dispatched d
                    ? m.in(new MemberPhase.Undelivered(d.at(), plus(5), 1, "still runs 7.16.0"))
                    : m);
    Decision<Rollout, Batch> end = decideFrozen(judged, plus(6));
    assertEquals(
        new RolloutPhase.NeedsPerson(
            "held too long: Change Calendar does not say OPEN: freeze", plus(6)),
        end.head().phase());
    assertEquals(
        List.of(new LaneClaim.GiveBack(operation.head().lane(), "falcon-1", null)), end.claims());
  }

  @Test
  void restoreThatThePolicyLeavesToAPerson_isNotBegunByTheEnd() {
    Operation<Rollout, Batch> operation =
        heldTooLong(frozen().with(WayBack.RESTORE, RestoreMode.ASK));
    assertEquals(List.of(), decideFrozen(operation, plus(3)).head().orders());
  }

  @Test
  void deadline_endsItAndNamesWhatWasNotDone() {
    Operation<Rollout, Batch> operation = heldTooLong(frozen());
    Operation<Rollout, Batch> asks = after(operation, decideFrozen(operation, plus(3)));
    Instant until = assertInstanceOf(RolloutPhase.Ending.class, asks.head().phase()).until();
    Decision<Rollout, Batch> end = decide(asks, Sights.at(until).seen(), until);
    assertEquals(
        new RolloutPhase.NeedsPerson(
            "held too long: Change Calendar does not say OPEN: freeze; but a restore was not"
                + " started, machines were not judged, commands in flight were not called back",
            until),
        end.head().phase());
  }

  @Test
  void success_handsTheFewHurtOverFirst() {
    Operation<Rollout, Batch> operation =
        hurtOne(Scenes.baking(Given.content().machines(60), START));
    Instant due = plus(300);
    Decision<Rollout, Batch> passed = decide(operation, Sights.healthy(operation, due).seen(), due);
    assertEquals("ENDING", passed.head().phaseName());
    assertEquals(1, passed.head().orders().size());
    Operation<Rollout, Batch> ending = after(operation, passed);
    List<Outcome> done = new ArrayList<>();
    Scenes.COURSE.open(ending).forEach(effect -> done.add(new Outcome.Done(effect.key(), "", due)));
    Operation<Rollout, Batch> begun = Scenes.COURSE.settle(ending, done, due).operation();
    Decision<Rollout, Batch> end = decide(begun, Sights.healthy(begun, due).seen(), due);
    assertEquals(new RolloutPhase.Succeeded(due), end.head().phase());
    assertEquals(
        List.of(new LaneClaim.GiveBack(operation.head().lane(), "falcon-1", Given.VERSION)),
        end.claims());
  }

  @Test
  void clockThatGaveUp_stillCallsBackAndHandsOver() {
    Operation<Rollout, Batch> operation =
        Given.asked(
            hurtOne(Scenes.inFlight(Given.content().machines(60), START)),
            new Request(Request.Wish.PERSON, "its clock", "failed", plus(2)));
    Decision<Rollout, Batch> end = decide(operation, Sights.at(plus(2)).seen(), plus(2));
    assertEquals("NEEDS_PERSON", end.head().phaseName());
    assertEquals(
        List.of(Effect.CancelCommand.class, Effect.StartRestore.class),
        Scenes.COURSE.open(after(operation, end)).stream().map(Object::getClass).toList());
  }

  @Test
  void fleetThatCannotBeUpdated_doesNotKeepTheLane() {
    Operation<Rollout, Batch> planning = Given.content().in(new RolloutPhase.Planning(START));
    Decision<Rollout, Batch> nobody =
        decide(planning, Sights.at(START).fleet(List.of()).seen(), START);
    assertEquals(
        List.of(new LaneClaim.GiveBack(planning.head().lane(), "falcon-1", null)), nobody.claims());
  }
}
