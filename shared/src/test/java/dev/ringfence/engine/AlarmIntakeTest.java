package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.health.AlarmSight;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request;
import dev.ringfence.policy.Proof;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Given;
import dev.ringfence.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Alarms as they come in: twice, late, silenced, and to rollouts whose clocks have stopped. */
class AlarmIntakeTest {
  private static Story watched() {
    Story story = new Story(Given.content().machines(12).with(Proof.ALARMS, List.of("checkout")));
    story.world.oldPoints = true;
    story.world.alarms.put("checkout", new AlarmSight("checkout", "OK", "", "fine"));
    return story.begun().until(Given.START.plus(Duration.ofMinutes(3)));
  }

  private static AlarmIntake.Change change(String state, String silenced) {
    return new AlarmIntake.Change("checkout", state, null, "5xx above 3", silenced);
  }

  @Test
  void alarm_haltsWhoeverNamesItOnceHoweverOftenItComes() {
    Story story = watched();
    AlarmIntake alarms = new AlarmIntake(story.store, story.engine, story.time);
    assertEquals(List.of("falcon-1"), alarms.take(change("ALARM", "")));
    assertEquals("HALTING", story.rollout().head().phaseName());
    assertEquals(List.of(), alarms.take(change("ALARM", "")));
    story.toTheEnd();
    assertEquals(List.of(), alarms.take(change("ALARM", "")));
    assertEquals("HALTED", story.rollout().head().phaseName());
  }

  @Test
  void otherStates_changeNothing() {
    Story story = watched();
    AlarmIntake alarms = new AlarmIntake(story.store, story.engine, story.time);
    var before = story.rollout();
    assertEquals(List.of(), alarms.take(change("OK", "")));
    assertEquals(List.of(), alarms.take(change("INSUFFICIENT_DATA", "")));
    assertEquals(
        List.of(), alarms.take(new AlarmIntake.Change("another", "ALARM", null, "why", "")));
    assertEquals(before, story.rollout());
  }

  @Test
  void mutedAlarm_haltsAllTheSame() {
    Story story = watched();
    AlarmIntake alarms = new AlarmIntake(story.store, story.engine, story.time);
    assertEquals(List.of("falcon-1"), alarms.take(change("ALARM", "muted until Friday")));
    assertTrue(
        story.store.journal("falcon-1").stream()
            .anyMatch(e -> e.evidence().contains("5xx above 3 (muted until Friday)")));
  }

  @Test
  void laneOfAHaltedRelease_letsTheNextOneIn() {
    Story story = watched();
    new AlarmIntake(story.store, story.engine, story.time).take(change("ALARM", ""));
    story.toTheEnd();
    Lane lane = story.store.lane(story.accepted.lane());
    assertEquals(null, lane.holder());
    assertEquals(1, lane.quarantined().size());
  }

  private static AlarmIntake alarms(Story story) {
    return new AlarmIntake(story.store, story.engine, story.time);
  }

  /** Machines are in flight, and no beat comes any more. */
  private static Story clockless() {
    Story story = watched();
    story.time.pass(Duration.ofHours(3));
    return story;
  }

  @Test
  void rolloutWhoseClockIsDead_isHaltedAtOnceAndItsCommandsAreCalledBack() {
    Story story = clockless();
    int looks = story.world.observed;
    assertEquals(List.of("falcon-1"), alarms(story).take(change("ALARM", "")));
    assertEquals("HALTING", story.rollout().head().phaseName());
    assertEquals(looks, story.world.observed, "a halt needs no look");
    List<String> sent =
        story.world.deeds.stream()
            .filter(deed ->
                deed.effect() instanceof Effect.SendCommand c
                    && c.purpose() == Effect.SendCommand.Purpose.UPDATE)
            .map(TestingWorld.Deed::id)
            .toList();
    assertFalse(sent.isEmpty());
    assertEquals(java.util.Set.copyOf(sent), story.world.cancelled);
    assertTrue(story.store.lane(story.accepted.lane()).quarantined().containsKey(Given.VERSION));
  }

  @Test
  void secondDelivery_doesNothing() {
    Story story = clockless();
    AlarmIntake alarms = alarms(story);
    alarms.take(change("ALARM", ""));
    Operation<Rollout, Batch> halted = story.rollout();
    List<Effect> asked = List.copyOf(story.world.asked);
    int journal = story.store.journal("falcon-1").size();
    story.time.pass(Duration.ofMinutes(1));
    assertEquals(List.of(), alarms.take(change("ALARM", "")));
    assertEquals(halted, story.rollout());
    assertEquals(asked, story.world.asked);
    assertEquals(journal, story.store.journal("falcon-1").size());
  }

  @Test
  void deliveryThatDiedAtEveryBoundary_isMadeGoodByTheNext() {
    for (int at = 0; ; at++) {
      Story story = clockless();
      story.boundaries(Boundaries.killAt(at));
      boolean killed = false;
      try {
        alarms(story).take(change("ALARM", ""));
      } catch (Killed death) {
        killed = true;
      }
      story.boundaries(Boundaries.unharmed());
      boolean before = story.rollout().head().phaseName().equals("HALTING");
      List<String> halted = alarms(story).take(change("ALARM", ""));
      assertEquals("HALTING", story.rollout().head().phaseName(), "died at " + at);
      assertEquals(before ? List.of() : List.of("falcon-1"), halted, "died at " + at);
      assertEquals(
          1, story.store.journal("falcon-1").stream().filter(e -> e.what().equals("HALT")).count());
      if (!killed) {
        return;
      }
    }
  }

  @Test
  void alarmThatWentOffBeforeAnybodyHadTheRelease_haltsNothingHoweverLateItsEventComes() {
    Story story = watched();
    Instant exposed = Objects.requireNonNull(story.rollout().head().exposed());
    Operation<Rollout, Batch> before = story.rollout();
    assertEquals(List.of(), alarms(story).take(wentOff(exposed.minusMillis(1))));
    assertEquals(before, story.rollout());
    assertEquals(List.of("falcon-1"), alarms(story).take(wentOff(exposed)));
  }

  private static AlarmIntake.Change wentOff(Instant at) {
    return new AlarmIntake.Change("checkout", "ALARM", at, "5xx above 3", "");
  }

  @Test
  void wishThatSomebodyElsesHaltOvertook_isAnsweredWithNo() {
    Story story = clockless();
    story.store.ask(
        "falcon-1", new Request(Request.Wish.HALT, "alarm payments", "late", Given.START));
    assertFalse(story.ask(Given.halt()), "somebody else's wish was answered");
    assertEquals("HALTING", story.rollout().head().phaseName());
  }

  @Test
  void wishThatABeatMadeVainMeanwhile_isAnsweredWithNo() {
    Story story = clockless();
    story.store.beforeNextAsk(() -> story.ask(Given.halt()));
    Request abort = new Request(Request.Wish.ABORT, "ada", "not today", Given.START);
    assertFalse(story.ask(abort), "a halt came first, and there was nothing left to abort");
    assertEquals(
        1, story.store.journal("falcon-1").stream().filter(e -> e.what().equals("HALT")).count());
  }

  @Test
  void wishThatIsOvertakenAtEachTry_isNotCalledAnswered() {
    Story story = clockless();
    story.store.beforeEveryCommit(() -> {
      Operation<Rollout, Batch> now = story.rollout();
      story.store.operations.put(
          "falcon-1", new Operation<>(now.head(), now.parts(), now.request(), now.version() + 1));
    });
    assertThrows(Store.StaleWrite.class, () -> story.ask(Given.halt()));
    assertEquals("RUNNING", story.rollout().head().phaseName());
    story.store.beforeEveryCommit(() -> {});
    story.beat();
    assertTrue(List.of("HALTING", "AFTERCARE").contains(story.rollout().head().phaseName()));
  }
}
