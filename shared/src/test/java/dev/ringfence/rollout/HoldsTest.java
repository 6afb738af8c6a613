package dev.ringfence.rollout;

import static dev.ringfence.rollout.Given.START;
import static dev.ringfence.rollout.Scenes.after;
import static dev.ringfence.rollout.Scenes.decide;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Sight;
import dev.ringfence.policy.MaintenanceWindow;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.Proof;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds a ring, for how long, and what a hold does to the schedule. */
class HoldsTest {
  private static final Instant NOON = START;
  private static final MaintenanceWindow NIGHTS =
      new MaintenanceWindow(
          Set.of(DayOfWeek.values()), LocalTime.of(22, 0), Duration.ofHours(6), ZoneId.of("UTC"));

  private static Given watched() {
    return Given.content().machines(60).with(Proof.ALARMS, List.of("checkout"));
  }

  private static Instant plus(long minutes) {
    return NOON.plus(Duration.ofMinutes(minutes));
  }

  private static RolloutPhase.Holding holding(Decision<Rollout, Batch> decision) {
    return assertInstanceOf(RolloutPhase.Holding.class, decision.head().phase());
  }

  private static Sights ok(Operation<Rollout, Batch> operation, Instant now) {
    return Sights.healthy(operation, now).alarm("checkout", "OK", "");
  }

  @Test
  void windowThatWasClosedForHours_leavesABlindAlarmItsWholePatience() {
    Given given = watched().with(Pace.WINDOWS, List.of(NIGHTS));
    Operation<Rollout, Batch> operation = Scenes.baking(given, NOON);
    Decision<Rollout, Batch> closed = decide(operation, ok(operation, plus(20)).seen(), plus(20));
    assertInstanceOf(HoldReason.WindowClosed.class, holding(closed).reason());
    Instant opens = Instant.parse("2026-11-03T22:00:00Z");
    Sight blind =
        Sights.healthy(operation, opens).alarm("checkout", "INSUFFICIENT_DATA", "").seen();
    Decision<Rollout, Batch> next = decide(after(operation, closed), blind, opens);
    assertEquals(opens, holding(next).since());
    assertEquals(opens.plus(Duration.ofMinutes(15)), holding(next).until());
    assertInstanceOf(HoldReason.AlarmsBlind.class, holding(next).reason());
  }

  @Test
  void holdsThatTakeTurns_endAllTheSame() {
    Given given = watched().with(Pace.CALENDARS, List.of("freeze"));
    Operation<Rollout, Batch> operation = Scenes.baking(given, NOON);
    Instant now = plus(20);
    int beats = 0;
    while (operation.head().phase() instanceof RolloutPhase.Running
        || operation.head().phase() instanceof RolloutPhase.Holding) {
      Sights sights = Sights.healthy(operation, now);
      sights = beats % 2 == 0 ? sights.alarmsUnread() : sights.alarm("checkout", "OK", "");
      operation = after(operation, decide(operation, sights.calendar(null).seen(), now));
      now = now.plus(Duration.ofMinutes(1));
      assertTrue(beats++ < 24 * 60, "held for a day: " + operation.head().phase());
    }
    assertTrue(beats >= 60, "neither reason stood for its whole patience: " + beats);
  }

  @Test
  void calendarThatStaysClosedInShortWindows_asksAPersonAfterItsPatience() {
    MaintenanceWindow hourly =
        new MaintenanceWindow(
            Set.of(DayOfWeek.values()),
            LocalTime.of(12, 0),
            Duration.ofMinutes(45),
            ZoneId.of("UTC"));
    Given given =
        Given.content()
            .machines(60)
            .with(Pace.WINDOWS, List.of(hourly))
            .with(Pace.CALENDARS, List.of("freeze"));
    Operation<Rollout, Batch> operation = Scenes.baking(given, NOON);
    Instant now = plus(1);
    int open = 0;
    while (operation.head().phase() instanceof RolloutPhase.Running
        || operation.head().phase() instanceof RolloutPhase.Holding) {
      Sights sights = Sights.healthy(operation, now).calendar(false);
      operation = after(operation, decide(operation, sights.seen(), now));
      now = now.plus(Duration.ofMinutes(5));
      open += hourly.isOpen(now) ? 5 : 0;
      assertTrue(now.isBefore(plus(7 * 24 * 60)), "held for a week: " + operation.head().phase());
    }
    assertTrue(open >= 115 && open <= 125, "held for " + open + " open minutes, allowed are 120");
  }

  @Test
  void holdShiftsTheBake_whateverItsReasonsWere() {
    Given given = watched().with(Pace.CALENDARS, List.of("freeze"));
    Operation<Rollout, Batch> operation = Scenes.baking(given, NOON);
    operation =
        after(
            operation, decide(operation, ok(operation, plus(20)).calendar(null).seen(), plus(20)));
    operation =
        after(
            operation,
            decide(operation, Sights.healthy(operation, plus(30)).alarmsUnread().seen(), plus(30)));
    Decision<Rollout, Batch> on = decide(operation, ok(operation, plus(37)).seen(), plus(37));
    RolloutPhase.Running running = assertInstanceOf(RolloutPhase.Running.class, on.head().phase());
    assertEquals(plus(17), running.opened());
    assertEquals(plus(27), running.complete());
  }

  @Test
  void failedDeliveries_areNotRetriedWhileTheWindowIsClosed() {
    Given given = Given.content().machines(60).with(Pace.WINDOWS, List.of(NIGHTS));
    Operation<Rollout, Batch> operation = undelivered(Scenes.inFlight(given, NOON), NOON);
    Decision<Rollout, Batch> decision =
        decide(operation, Sights.healthy(operation, plus(30)).seen(), plus(30));
    assertEquals(List.of(), Scenes.unsent(decision.parts()));
  }

  @Test
  void failedDeliveries_holdAndAreRetried() {
    Operation<Rollout, Batch> operation =
        undelivered(Scenes.inFlight(Given.content().machines(60), NOON), NOON);
    Decision<Rollout, Batch> decision =
        decide(operation, Sights.healthy(operation, plus(30)).ended(operation).seen(), plus(30));
    assertInstanceOf(HoldReason.DeliveryFails.class, holding(decision).reason());
    assertEquals(1, Scenes.unsent(decision.parts()).size());
  }

  private static Operation<Rollout, Batch> undelivered(
      Operation<Rollout, Batch> operation, Instant at) {
    int last = operation.head().planned().rings().size() - 1;
    return Given.members(
        operation,
        last,
        m -> m.in(new MemberPhase.Undelivered(at, at.plusSeconds(600), 1, "still runs 7.16.0")));
  }

  @Test
  void ringThatNobodyTook_holdsForAPersonAndDoesNotHalt() {
    Given given = Given.content().machines(1).with(Proof.DELIVERY_RETRIES, 0);
    Operation<Rollout, Batch> operation = undelivered(Scenes.inFlight(given, NOON), NOON);
    Instant due = plus(200);
    operation = Given.enter(operation, new RolloutPhase.Running(0, NOON, Instant.EPOCH, plus(10)));
    Decision<Rollout, Batch> decision =
        decide(operation, Sights.healthy(operation, due).seen(), due);
    assertInstanceOf(HoldReason.DeliveryFails.class, holding(decision).reason());
  }

  @Test
  void updateThatCannotBeSent_holdsForAPerson() {
    Given given = Given.content().machines(60);
    Operation<Rollout, Batch> operation = Scenes.secured(given.running(), 0);
    Decision<Rollout, Batch> sending =
        decide(operation, Sights.healthy(operation, NOON).seen(), NOON);
    Operation<Rollout, Batch> waiting = after(operation, sending);
    assertEquals(1, Scenes.unsent(waiting.parts()).size());
    Decision<Rollout, Batch> later =
        decide(waiting, Sights.healthy(operation, plus(10)).seen(), plus(10));
    assertInstanceOf(HoldReason.DeliveryFails.class, holding(later).reason());
    Decision<Rollout, Batch> end =
        decide(after(waiting, later), Sights.healthy(operation, plus(90)).seen(), plus(90));
    assertInstanceOf(RolloutPhase.Ending.class, end.head().phase());
  }

  @Test
  void lookThatFailedOnce_forgivesSilenceNoLongerThanItLasted() {
    Operation<Rollout, Batch> operation =
        Given.batches(
            Scenes.inFlight(Given.content().machines(60), NOON),
            2,
            b -> b.probing(Sending.intent("read", plus(20), List.of()).sent("cmd-read")));
    Decision<Rollout, Batch> blind = decide(operation, Sights.at(plus(21)).seen(), plus(21));
    assertInstanceOf(HoldReason.NoEvidence.class, holding(blind).reason());
    Operation<Rollout, Batch> held = after(operation, blind);
    Sights sights = Sights.healthy(operation, plus(22));
    Scenes.machines(operation, 2)
        .forEach(m ->
            sights.invocation(
                "cmd-read", m, Scenes.answered(Given.VERSION, NOON.minusSeconds(60), plus(21))));
    Decision<Rollout, Batch> on = decide(held, sights.seen(), plus(22));
    RolloutPhase.Running running = assertInstanceOf(RolloutPhase.Running.class, on.head().phase());
    assertEquals(plus(23), running.graceUntil());
  }

  @Test
  void oneProvenMachineOnAFailingHost_doesNotStopTheRing() {
    Operation<Rollout, Batch> operation = Scenes.baking(Given.content().machines(60), NOON);
    String unlucky = Scenes.machines(operation, 2).getFirst();
    Sight sight =
        Sights.healthy(operation, plus(300)).vitals(unlucky, Sights.stalled(plus(300))).seen();
    assertInstanceOf(
        RolloutPhase.Succeeded.class, decide(operation, sight, plus(300)).head().phase());
  }

  @Test
  void ringWhoseMachinesAllStandOnFailingHosts_asksAPersonInTheEnd() {
    Given given = Given.content().machines(3);
    Operation<Rollout, Batch> operation = Scenes.baking(given, NOON);
    Sights sights = Sights.healthy(operation, plus(300)).eachVitals(v -> Sights.stalled(plus(300)));
    Decision<Rollout, Batch> decision = decide(operation, sights.seen(), plus(300));
    assertInstanceOf(HoldReason.Infrastructure.class, holding(decision).reason());
    Instant end = plus(300 + 121);
    Sights still = Sights.healthy(operation, end).eachVitals(v -> Sights.stalled(end));
    assertInstanceOf(
        RolloutPhase.NeedsPerson.class,
        decide(after(operation, decision), still.seen(), end).head().phase());
  }

  @Test
  void infrastructureThatFailsUnderTheNext_sendsNobodyAnything() {
    Given given = Given.content().machines(60).with(Pace.MAX_IN_FLIGHT, 6);
    Operation<Rollout, Batch> operation = Scenes.proven(given.running(), 0, NOON);
    operation = Given.enter(Scenes.secured(operation, 1), Scenes.open(1, NOON));
    Sights sights = Sights.healthy(operation, plus(1));
    operation.parts().stream()
        .filter(b -> b.ring() == 1)
        .limit(1)
        .flatMap(b -> b.members().stream())
        .forEach(m -> sights.vitals(m.machine(), Sights.stalled(plus(1))));
    // Whatever the zones are, six machines in three zones may be two each: make them one zone's.
    Operation<Rollout, Batch> oneZone = Given.members(operation, 1, Scenes.inZone("zone-a"));
    Decision<Rollout, Batch> decision = decide(oneZone, sights.seen(), plus(1));
    assertInstanceOf(HoldReason.Infrastructure.class, holding(decision).reason());
    assertEquals(List.of(), Scenes.unsent(decision.parts()));
  }

  @Test
  void candidateOnAFailingHost_isLeftOutAfterAWhile() {
    Operation<Rollout, Batch> operation = Scenes.secured(Given.content().machines(60).running(), 0);
    String unlucky = Scenes.machines(operation, 0).getFirst();
    Sight early =
        Sights.healthy(operation, plus(1)).vitals(unlucky, Sights.stalled(plus(1))).seen();
    Decision<Rollout, Batch> waits = decide(operation, early, plus(1));
    assertEquals(List.of(), Scenes.unsent(waits.parts()));
    Sight late =
        Sights.healthy(operation, plus(16)).vitals(unlucky, Sights.stalled(plus(16))).seen();
    Decision<Rollout, Batch> goes = decide(after(operation, waits), late, plus(16));
    assertInstanceOf(MemberPhase.LeftOut.class, Scenes.member(goes.parts(), unlucky).phase());
    assertEquals(2, Scenes.unsent(goes.parts()).getFirst().machines().size());
  }

  @Test
  void candidatesThatNobodySees_holdAndThenHalt() {
    Operation<Rollout, Batch> operation = Scenes.secured(Given.content().machines(60).running(), 0);
    Instant now = NOON;
    int beats = 0;
    while (!(operation.head().phase() instanceof RolloutPhase.Halting)) {
      Decision<Rollout, Batch> decision = decide(operation, Sights.at(now).seen(), now);
      assertEquals(List.of(), Scenes.unsent(decision.parts()));
      operation = after(operation, decision);
      now = decision.again().isAfter(now) ? decision.again() : now.plusSeconds(1);
      assertTrue(beats++ < 200, "waits for ever: " + operation.head().phase());
    }
  }

  @Test
  void restorePointsThatNobodyCanRead_areMadeAfresh() {
    Operation<Rollout, Batch> operation = Given.content().machines(60).running();
    Sights sights = Sights.healthy(operation, plus(1)).pointsUnread();
    Decision<Rollout, Batch> waits = decide(operation, sights.seen(), plus(1));
    assertEquals(operation.parts(), waits.parts());
    Decision<Rollout, Batch> goes =
        decide(operation, Sights.healthy(operation, plus(16)).pointsUnread().seen(), plus(16));
    assertEquals(
        3,
        goes.parts().stream()
            .flatMap(b -> b.members().stream())
            .filter(m -> m.phase() instanceof MemberPhase.Securing)
            .count());
  }
}
