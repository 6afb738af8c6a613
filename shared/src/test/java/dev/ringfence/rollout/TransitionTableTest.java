package dev.ringfence.rollout;

import static dev.ringfence.rollout.Given.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sight;
import dev.ringfence.policy.MaintenanceWindow;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.Proof;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every phase of a roll-out and everything that can be seen: each pair has its answer here. */
class TransitionTableTest {
  private static final Instant NOW = START.plus(Duration.ofMinutes(5));
  private static final HaltReason ASKED = new HaltReason.Asked("alarm checkout", "5xx above 3");

  /** What a beat may meet. */
  enum Event {
    HEALTHY,
    HARM,
    ALARM_FIRES,
    ALARM_BLIND,
    AWS_FAILS,
    DELIVERY_FAILS,
    WINDOW_CLOSED,
    CALENDAR_UNREAD,
    SAW_NOTHING,
    HALT_ASKED,
    TOO_LONG
  }

  /** The phases in the order of the columns. */
  enum In {
    QUEUED,
    PLANNING,
    RUNNING,
    HOLDING,
    HALTING,
    AFTERCARE,
    ENDING,
    HALTED,
    SUCCEEDED,
    NEEDS_PERSON,
    DROPPED
  }

  private static final String TABLE =
      """
      HEALTHY         PLANNING RUNNING      RUNNING  RUNNING      HALTING   AFTERCARE ENDING
      HARM            PLANNING RUNNING      HALTING  HALTING      HALTING   AFTERCARE HALTING
      ALARM_FIRES     PLANNING RUNNING      HALTING  HALTING      HALTING   AFTERCARE ENDING
      ALARM_BLIND     PLANNING RUNNING      HOLDING  HOLDING      HALTING   AFTERCARE ENDING
      AWS_FAILS       PLANNING RUNNING      HOLDING  HOLDING      HALTING   AFTERCARE ENDING
      DELIVERY_FAILS  PLANNING RUNNING      HOLDING  HOLDING      HALTING   AFTERCARE ENDING
      WINDOW_CLOSED   PLANNING RUNNING      HOLDING  HOLDING      HALTING   AFTERCARE ENDING
      CALENDAR_UNREAD PLANNING RUNNING      HOLDING  HOLDING      HALTING   AFTERCARE ENDING
      SAW_NOTHING     QUEUED   PLANNING     HOLDING  HOLDING      HALTING   AFTERCARE ENDING
      HALT_ASKED      HALTING  HALTING      HALTING  HALTING      HALTING   AFTERCARE HALTING
      TOO_LONG        QUEUED   NEEDS_PERSON HOLDING  HALTING      AFTERCARE HALTED    NEEDS_PERSON
      """;

  static Stream<Arguments> table() {
    Stream.Builder<Arguments> rows = Stream.builder();
    for (String line : TABLE.lines().toList()) {
      List<String> words = words(line);
      int column = 0;
      for (In in : In.values()) {
        column++;
        // What is final stays as it is, whatever is seen.
        String end = column < words.size() ? words.get(column) : in.name();
        rows.add(Arguments.of(in, Event.valueOf(words.getFirst()), end));
      }
    }
    return rows.build();
  }

  private static List<String> words(String line) {
    return Pattern.compile(" +").splitAsStream(line.strip()).toList();
  }

  private static Given given(Event event) {
    Given given =
        Given.content()
            .machines(60)
            .with(Proof.ALARMS, List.of("checkout"))
            .with(Pace.CALENDARS, List.of("freeze"));
    MaintenanceWindow nights =
        new MaintenanceWindow(
            Set.of(DayOfWeek.MONDAY), LocalTime.of(2, 0), Duration.ofHours(1), ZoneId.of("UTC"));
    return event == Event.WINDOW_CLOSED ? given.with(Pace.WINDOWS, List.of(nights)) : given;
  }

  private static Operation<Rollout, Batch> operation(In in, Given given, Event event) {
    Operation<Rollout, Batch> flying = flying(given, event);
    RolloutPhase.Running running = Scenes.open(2, START);
    return switch (in) {
      case QUEUED -> given.in(new RolloutPhase.Queued(START, "its first beat"));
      case PLANNING -> given.in(new RolloutPhase.Planning(START));
      case RUNNING -> flying;
      case HOLDING ->
          Given.enter(
              flying,
              new RolloutPhase.Holding(
                  new HoldReason.AlarmsBlind(List.of("checkout")),
                  START.plusSeconds(60),
                  START.plusSeconds(960),
                  Duration.ofHours(2),
                  running));
      case HALTING -> Given.enter(flying, new RolloutPhase.Halting(ASKED, START));
      case AFTERCARE ->
          Given.enter(
              flying,
              new RolloutPhase.Aftercare(
                  ASKED, START, START.plus(Duration.ofMinutes(150)), Instant.EPOCH));
      case ENDING ->
          Given.enter(
              flying,
              new RolloutPhase.Ending(
                  new RolloutPhase.Finish.AskPerson("why"),
                  START,
                  START.plus(Duration.ofMinutes(140)),
                  Instant.EPOCH));
      case HALTED -> Given.enter(flying, new RolloutPhase.Halted(ASKED, START, START));
      case SUCCEEDED -> Given.enter(flying, new RolloutPhase.Succeeded(START));
      case NEEDS_PERSON -> Given.enter(flying, new RolloutPhase.NeedsPerson("why", START));
      case DROPPED -> Given.enter(flying, new RolloutPhase.Dropped("why", START));
    };
  }

  private static Operation<Rollout, Batch> flying(Given given, Event event) {
    Operation<Rollout, Batch> operation = Scenes.inFlight(given, START);
    if (event != Event.DELIVERY_FAILS) {
      return operation;
    }
    return Given.members(
        operation,
        1,
        m -> m.in(new MemberPhase.Undelivered(START, START.plusSeconds(120), 2, "old")));
  }

  private static Sight sight(Event event, Operation<Rollout, Batch> operation, Instant now) {
    Sights sights =
        Sights.healthy(operation, now)
            .alarm("checkout", "OK", "")
            .lane(Lane.free(operation.head().lane()))
            .fleet(Given.fleet(60));
    return switch (event) {
      case HEALTHY, DELIVERY_FAILS, WINDOW_CLOSED -> sights.seen();
      case HARM -> sights.eachVitals(v -> Sights.dead(now)).seen();
      case ALARM_FIRES -> sights.alarm("checkout", "ALARM", "").seen();
      case ALARM_BLIND -> sights.alarm("checkout", "INSUFFICIENT_DATA", "").seen();
      case AWS_FAILS -> sights.eachVitals(v -> Sights.stalled(now)).seen();
      case CALENDAR_UNREAD -> sights.calendar(null).seen();
      case SAW_NOTHING, HALT_ASKED, TOO_LONG -> Sight.blind(now);
    };
  }

  @ParameterizedTest(name = "{0} × {1} → {2}")
  @MethodSource("table")
  void everyPhase_hasAnAnswerToEverything(In in, Event event, String end) {
    Given given = given(event);
    Operation<Rollout, Batch> operation = operation(in, given, event);
    if (event == Event.HALT_ASKED) {
      operation = Given.asked(operation, Given.halt());
    }
    Instant now = event == Event.TOO_LONG ? NOW.plus(Duration.ofDays(2)) : NOW;
    Sight sight = sight(event, operation, now);
    Decision<Rollout, Batch> decision = Scenes.decide(operation, sight, now);
    assertEquals(end, decision.head().phaseName(), decision.head().phase().toString());
    assertEquals(decision, Scenes.decide(operation, sight, now), "twice the same");
    assertTrue(!decision.again().isBefore(now), "the next beat is not in the past");
    if (operation.head().isFinal()) {
      assertEquals(
          new Decision<>(
              operation.head(),
              operation.parts(),
              List.of(),
              List.of(),
              now.plus(Duration.ofMinutes(5))),
          decision);
    }
  }

  @Test
  void table_leavesNothingOut() {
    Map<Event, Integer> rows = new EnumMap<>(Event.class);
    TABLE
        .lines()
        .forEach(line -> rows.merge(Event.valueOf(words(line).getFirst()), 1, Integer::sum));
    assertEquals(Set.of(Event.values()), rows.keySet());
  }

  /** What is queued answers to its lane. */
  @Test
  void queued_answersToItsLane() {
    Operation<Rollout, Batch> queued = Given.content().in(new RolloutPhase.Queued(START, "x"));
    Lane.Id id = queued.head().lane();
    assertEquals(
        "PLANNING", atLane(queued, new Lane(id, "falcon-1", "7.16.1", "7.16.0", Map.of())));
    assertEquals("QUEUED", atLane(queued, new Lane(id, "falcon-0", "7.16.1", "7.16.0", Map.of())));
    assertEquals("DROPPED", atLane(queued, new Lane(id, null, "7.16.2", null, Map.of())));
    assertEquals("DROPPED", atLane(queued, new Lane(id, null, null, "7.16.1", Map.of())));
    assertEquals("DROPPED", atLane(queued, new Lane(id, null, null, "8.0", Map.of())));
    assertEquals(
        "DROPPED", atLane(queued, new Lane(id, null, null, null, Map.of("7.16.1", "harm"))));
    assertEquals(
        "PLANNING", atLane(queued, new Lane(id, null, null, null, Map.of("7.16.0", "harm"))));
    Operation<Rollout, Batch> later =
        Given.content()
            .notBefore(NOW.plusSeconds(1))
            .in(new RolloutPhase.Queued(START, "its first beat"));
    Decision<Rollout, Batch> waits =
        Scenes.decide(later, Sights.at(NOW).lane(Lane.free(id)).seen(), NOW);
    assertEquals("QUEUED", waits.head().phaseName());
    assertEquals(NOW.plusSeconds(1), waits.again());
  }

  private static String atLane(Operation<Rollout, Batch> queued, Lane lane) {
    return Scenes.decide(queued, Sights.at(NOW).lane(lane).seen(), NOW).head().phaseName();
  }

  @Test
  void planning_asksAPersonWhereNobodyCanBeUpdated() {
    Operation<Rollout, Batch> planning = Given.content().in(new RolloutPhase.Planning(START));
    Decision<Rollout, Batch> nobody =
        Scenes.decide(planning, Sights.at(NOW).fleet(List.of()).seen(), NOW);
    assertEquals(
        new RolloutPhase.NeedsPerson(
            "no machine can be updated: 0 match the selector, left out {}", NOW),
        nobody.head().phase());
  }

  /** Every phase that has an update on its way × what may come of it. */
  @Test
  void outcomes_areTakenInEveryPhaseAndOnlyOnce() {
    Operation<Rollout, Batch> secured = Scenes.secured(Given.content().machines(60).running(), 0);
    Operation<Rollout, Batch> sending =
        Scenes.after(secured, Scenes.decide(secured, Sights.healthy(secured, START).seen(), START));
    String key = Scenes.update(sending.parts().getFirst()).key();
    for (In in : In.values()) {
      Operation<Rollout, Batch> at =
          Given.enter(
              sending, operation(in, Given.content().machines(60), Event.HEALTHY).head().phase());
      assertOutcome(at, new Outcome.Done(key, "cmd-1", NOW), new MemberPhase.Dispatched(NOW, 1, 0));
      assertOutcome(
          at, new Outcome.Unsettled(key, "lost"), new MemberPhase.Dispatched(START, 1, 0));
      assertOutcome(
          at,
          new Outcome.Refused(key, "InvalidDocument", "gone"),
          new MemberPhase.LeftOut("the command was never sent"));
      assertOutcome(
          at, new Outcome.Refused(key, "InvalidInstanceId", "gone"), new MemberPhase.Secured(1));
      assertEquals(at, Scenes.settled(at, new Outcome.Done("other", "x", NOW)));
    }
  }

  private static void assertOutcome(
      Operation<Rollout, Batch> operation, Outcome outcome, MemberPhase expected) {
    Operation<Rollout, Batch> settled = Scenes.settled(operation, outcome);
    for (Member member : settled.parts().getFirst().members()) {
      assertEquals(expected, member.phase());
    }
    assertEquals(operation.head(), settled.head());
    assertEquals(settled, Scenes.settled(settled, outcome), "twice the same");
  }

  @Test
  void refusedCommand_halts() {
    Operation<Rollout, Batch> secured = Scenes.secured(Given.content().machines(60).running(), 0);
    Operation<Rollout, Batch> sending =
        Scenes.after(secured, Scenes.decide(secured, Sights.healthy(secured, START).seen(), START));
    String key = Scenes.update(sending.parts().getFirst()).key();
    Operation<Rollout, Batch> refused =
        Scenes.settled(sending, new Outcome.Refused(key, "InvalidDocument", "another hash"));
    Decision<Rollout, Batch> decision =
        Scenes.decide(refused, Sights.healthy(refused, NOW).seen(), NOW);
    assertEquals(
        new RolloutPhase.Halting(new HaltReason.Refused("InvalidDocument"), NOW),
        decision.head().phase());
  }
}
