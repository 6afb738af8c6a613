package dev.ringfence.rollout;

import static dev.ringfence.rollout.Given.START;
import static dev.ringfence.rollout.Scenes.after;
import static dev.ringfence.rollout.Scenes.decide;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Decision.LaneClaim;
import dev.ringfence.operation.Operation;
import dev.ringfence.policy.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Alarms are levels: each must be there, able to see, and OK, before each wave and in the bake. */
class AlarmLevelsTest {
  private static final String WHOLE = "checkout";
  private static final String PARTS = "shop";

  private static Given watched() {
    return Given.content().machines(60).with(Proof.ALARMS, List.of(WHOLE, PARTS));
  }

  private static Instant plus(Instant moment, long minutes) {
    return moment.plus(Duration.ofMinutes(minutes));
  }

  /** Before the first wave, before a later one, while one bakes, and when it would pass. */
  private static Stream<Arguments> moments() {
    Operation<Rollout, Batch> later = Scenes.proven(watched().running(), 0, START);
    return Stream.of(
        Arguments.of("before the first wave", Scenes.secured(watched().running(), 0), START),
        Arguments.of(
            "before the second wave",
            Given.enter(Scenes.secured(later, 1), Scenes.open(1, plus(START, 30))),
            plus(START, 30)),
        Arguments.of("in the bake", Scenes.baking(watched(), START), plus(START, 20)),
        Arguments.of("at the end", Scenes.baking(watched(), START), plus(START, 300)));
  }

  private static Sights seen(
      Operation<Rollout, Batch> operation, Instant at, String state, String evaluation) {
    return Sights.healthy(operation, at).alarm(PARTS, "OK", "").alarm(WHOLE, state, evaluation);
  }

  private static Sights missing(Operation<Rollout, Batch> operation, Instant at) {
    return Sights.healthy(operation, at).alarm(PARTS, "OK", "");
  }

  /** Nothing is sent, it holds for its patience, and then it halts. */
  private static void assertHoldsAndThenHalts(
      Operation<Rollout, Batch> operation, Sights now, Sights still, Instant at, String blind) {
    Decision<Rollout, Batch> holds = decide(operation, now.seen(), at);
    Instant until = at.plus(operation.head().policy().alarmHold());
    HoldReason reason = new HoldReason.AlarmsBlind(List.of(blind));
    RolloutPhase.Holding holding = (RolloutPhase.Holding) holds.head().phase();
    assertEquals(reason, holding.reason());
    assertEquals(until, holding.until());
    assertEquals(Scenes.unsent(operation.parts()), Scenes.unsent(holds.parts()));
    Decision<Rollout, Batch> halts = decide(after(operation, holds), still.seen(), until);
    assertEquals(
        new RolloutPhase.Halting(new HaltReason.AlarmsBlind(List.of(blind)), until),
        halts.head().phase());
    assertEquals(Scenes.unsent(operation.parts()), Scenes.unsent(halts.parts()));
    assertTrue(halts.claims().stream().anyMatch(LaneClaim.Quarantine.class::isInstance));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("moments")
  void everyNamedAlarm_isLookedAt(String name, Operation<Rollout, Batch> operation, Instant at) {
    assertEquals(Set.of(WHOLE, PARTS), Scenes.COURSE.watch(operation, at).alarms());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("moments")
  void insufficientData_holdsAndThenHalts(
      String name, Operation<Rollout, Batch> operation, Instant at) {
    Instant until = at.plus(operation.head().policy().alarmHold());
    assertHoldsAndThenHalts(
        operation,
        seen(operation, at, "INSUFFICIENT_DATA", ""),
        seen(operation, until, "INSUFFICIENT_DATA", ""),
        at,
        "checkout: INSUFFICIENT_DATA");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("moments")
  void alarmThatIsNotThere_holdsAndThenHalts(
      String name, Operation<Rollout, Batch> operation, Instant at) {
    Instant until = at.plus(operation.head().policy().alarmHold());
    assertHoldsAndThenHalts(
        operation,
        missing(operation, at),
        missing(operation, until),
        at,
        "checkout: there is no such alarm");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("moments")
  void alarmThatCannotBeEvaluated_holdsAndThenHalts(
      String name, Operation<Rollout, Batch> operation, Instant at) {
    Instant until = at.plus(operation.head().policy().alarmHold());
    assertHoldsAndThenHalts(
        operation,
        seen(operation, at, "OK", "EVALUATION_FAILURE"),
        seen(operation, until, "OK", "EVALUATION_FAILURE"),
        at,
        "checkout: EVALUATION_FAILURE");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("moments")
  void alarmThatFires_sendsNobodyAnything(
      String name, Operation<Rollout, Batch> operation, Instant at) {
    Decision<Rollout, Batch> decision =
        decide(operation, seen(operation, at, "ALARM", "").seen(), at);
    // Nobody had the release before the first wave, so it cannot be the cause.
    String phase = operation.head().exposed() == null ? "HOLDING" : "HALTING";
    assertEquals(phase, decision.head().phaseName());
    assertEquals(Scenes.unsent(operation.parts()), Scenes.unsent(decision.parts()));
  }

  @Test
  void newAlarm_holdsUntilItIsOkForTheFirstTime() {
    Operation<Rollout, Batch> operation = Scenes.secured(watched().running(), 0);
    Decision<Rollout, Batch> holds =
        decide(operation, seen(operation, START, "INSUFFICIENT_DATA", "").seen(), START);
    assertEquals("HOLDING", holds.head().phaseName());
    Instant then = plus(START, 3);
    Decision<Rollout, Batch> goesOn =
        decide(after(operation, holds), seen(operation, then, "OK", "").seen(), then);
    assertEquals("RUNNING", goesOn.head().phaseName());
    assertEquals(1, Scenes.unsent(goesOn.parts()).size());
  }
}
