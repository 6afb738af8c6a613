package dev.ringfence.engine;

import static dev.ringfence.rollout.Given.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Operation;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.RingRule;
import dev.ringfence.policy.WayBack;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Given;
import dev.ringfence.rollout.HaltReason;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import dev.ringfence.rollout.RolloutPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One beat at a time: who may act on which intent, who wins a race, what a failure leaves. */
class EngineTest {
  /** A story whose next beat sends the pilot its update: content needs no snapshots here. */
  private static Story story() {
    Story story = planned();
    story.beat();
    story.time.pass(Duration.ofMinutes(1));
    return story;
  }

  private static Story planned() {
    Story story = new Story(Given.content().machines(12));
    story.world.oldPoints = true;
    return story.begun();
  }

  private static boolean isUpdate(Effect effect) {
    return effect instanceof Effect.SendCommand c
        && c.purpose() == Effect.SendCommand.Purpose.UPDATE;
  }

  private static List<Effect.SendCommand> updates(Story story) {
    return story.world.asked.stream()
        .filter(EngineTest::isUpdate)
        .map(Effect.SendCommand.class::cast)
        .toList();
  }

  /** The looks that went with the updates asked for. */
  private static List<Boolean> looks(Story story) {
    List<Boolean> looks = new ArrayList<>();
    for (int i = 0; i < story.world.asked.size(); i++) {
      if (isUpdate(story.world.asked.get(i))) {
        looks.add(story.world.looks.get(i));
      }
    }
    return looks;
  }

  /** Dies right after the intent to send the first update was committed. */
  private static Story diedWithAnIntent() {
    for (int at = 0; ; at++) {
      Story next = story();
      next.boundaries(Boundaries.killAt(at));
      Killed killed = null;
      try {
        next.beat();
      } catch (Killed death) {
        killed = death;
      }
      next.boundaries(Boundaries.unharmed());
      if (killed == null) {
        throw new AssertionError("no beat died with an intent");
      }
      boolean open =
          RolloutCourse.FORM.course().open(next.rollout()).stream().anyMatch(EngineTest::isUpdate);
      if (open && updates(next).isEmpty()) {
        return next;
      }
    }
  }

  @Test
  void ownIntent_isActedOnAtOnceAndWithoutALook() {
    Story story = story();
    story.beat();
    assertEquals(List.of(false), looks(story));
  }

  @Test
  void anothersUntriedIntent_isLeftToItForTwoMinutes() {
    Story story = diedWithAnIntent();
    story.time.pass(Duration.ofSeconds(119));
    story.beat();
    assertEquals(List.of(), updates(story));
    story.time.pass(Duration.ofSeconds(1));
    story.beat();
    assertEquals(List.of(true), looks(story));
  }

  @Test
  void triedIntent_isLookedForFirst() {
    Story story = story();
    story.world.breaksWith(new IllegalStateException("connection reset"));
    story.beat();
    story.world.breaksWith(null);
    story.time.pass(Duration.ofSeconds(29));
    story.beat();
    assertEquals(List.of(false), looks(story), "too early for a list to tell");
    story.time.pass(Duration.ofSeconds(1));
    story.beat();
    assertEquals(List.of(false, true), looks(story));
    assertEquals(1, story.world.deeds.stream().filter(d -> isUpdate(d.effect())).count());
  }

  @Test
  void brokenWorld_leavesTheIntentOpenAndTried() {
    Story story = story();
    story.world.breaksWith(new IllegalStateException("connection reset"));
    Beat beat = story.beat();
    assertEquals("RUNNING", beat.phase());
    assertTrue(
        RolloutCourse.FORM.course().open(story.rollout()).stream()
            .filter(EngineTest::isUpdate)
            .allMatch(Effect::tried));
  }

  @Test
  void death_isNotCaught() {
    Story story = story();
    story.boundaries(Boundaries.killAt(0));
    assertThrows(Killed.class, story::beat);
  }

  @Test
  void staleCommit_isReadAgainAndDecidedAgain() {
    Story story = story();
    story.store.beforeNextCommit(() -> story.store.ask("falcon-1", Given.halt()));
    story.beat();
    assertInstanceOf(HaltReason.Asked.class, reason(story));
    assertEquals(List.of(), updates(story));
  }

  private static HaltReason reason(Story story) {
    return switch (story.rollout().head().phase()) {
      case RolloutPhase.Halting h -> h.reason();
      case RolloutPhase.Aftercare a -> a.reason();
      case RolloutPhase.Halted h -> h.reason();
      case RolloutPhase.Queued p -> throw notHalted(p);
      case RolloutPhase.Planning p -> throw notHalted(p);
      case RolloutPhase.Running p -> throw notHalted(p);
      case RolloutPhase.Holding p -> throw notHalted(p);
      case RolloutPhase.Ending p -> throw notHalted(p);
      case RolloutPhase.Succeeded p -> throw notHalted(p);
      case RolloutPhase.NeedsPerson p -> throw notHalted(p);
      case RolloutPhase.Dropped p -> throw notHalted(p);
    };
  }

  private static AssertionError notHalted(RolloutPhase phase) {
    return new AssertionError("not halted: " + phase);
  }

  @Test
  void halt_takesEffectWithoutALookAtTheWorld() {
    Story story = story();
    story.until(START.plus(Duration.ofMinutes(3)));
    int observed = story.world.observed;
    assertTrue(story.ask(Given.halt()));
    assertEquals(observed, story.world.observed);
    assertEquals("HALTING", story.rollout().head().phaseName());
    assertFalse(story.world.cancelled.isEmpty());
    assertTrue(story.store.lane(story.accepted.lane()).quarantined().containsKey(Given.VERSION));
  }

  @Test
  void halt_mayBeAskedForTwice() {
    Story story = story();
    story.until(START.plus(Duration.ofMinutes(3)));
    story.ask(Given.halt());
    assertFalse(story.ask(Given.halt()));
    story.toTheEnd();
    assertEquals("HALTED", story.rollout().head().phaseName());
    assertEquals(
        1, story.store.journal("falcon-1").stream().filter(e -> e.what().equals("HALT")).count());
    assertFalse(story.ask(Given.halt()));
  }

  @Test
  void haltThatComesWhileABeatDecides_keepsTheUpdateFromBeingSent() {
    Story story = story();
    // Pointers are written right before the update is sent, after the intent was committed.
    story.store.beforePoint(() -> story.ask(Given.halt()));
    story.beat();
    assertEquals(List.of(), updates(story));
    story.toTheEnd();
    assertEquals("HALTED", story.rollout().head().phaseName());
    assertEquals(0, story.world.deeds.stream().filter(d -> isUpdate(d.effect())).count());
  }

  @Test
  void haltBetweenTheLastLookAndTheSending_callsTheCommandBack() {
    Story story = story();
    story.world.beforeNextPerform(() -> story.ask(Given.halt()));
    story.beat();
    story.toTheEnd();
    TestingWorld.Deed update =
        story.world.deeds.stream().filter(d -> isUpdate(d.effect())).findFirst().orElseThrow();
    assertTrue(story.world.cancelled.contains(update.id()), "never called back");
    assertTrue(
        story.rollout().parts().getFirst().members().stream()
            .allMatch(m -> m.phase() instanceof MemberPhase.Proven),
        story.rollout().parts().getFirst().toString());
    assertEquals("HALTED", story.rollout().head().phaseName());
  }

  @Test
  void outcomes_surviveARequestThatCameMeanwhile() {
    Story story = story();
    story.world.beforeNextPerform(() -> story.store.ask("falcon-1", Given.halt()));
    story.beat();
    TestingWorld.Deed update =
        story.world.deeds.stream().filter(d -> isUpdate(d.effect())).findFirst().orElseThrow();
    Operation<Rollout, Batch> operation = story.rollout();
    var sending = operation.parts().getFirst().update();
    assertEquals(update.id(), sending == null ? null : sending.commandId());
    // The request is answered in the same beat, not when the clock comes round.
    assertTrue(story.world.cancelled.contains(update.id()), operation.head().phaseName());
  }

  @Test
  void haltOfMoreCommandsThanOneCommitTakes_endsAllTheSame() {
    List<Machine> fleet = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      fleet.add(Given.machine(i, "zone-a", "m7g", Map.of("env", "dev")));
    }
    RingRule everybody = new RingRule("dev", Map.of("env", List.of("dev")));
    Story story =
        new Story(
            Given.content()
                .with(Pace.RINGS, List.of(everybody))
                .with(WayBack.RECOVERY_TIME, Duration.ofHours(2))
                .fleet(fleet));
    story.world.oldPoints = true;
    // Nobody's version can be read, so that nobody is proven before everybody is in flight.
    story.world.through(Faults.NO_INVOCATIONS);
    story.begun().until(START.plus(Duration.ofMinutes(6)));
    assertEquals(100, updates(story).size());
    story.ask(Given.halt());
    assertEquals(100, story.world.cancelled.size());
    assertEquals("HALTING", story.rollout().head().phaseName());
    story.beat();
    assertEquals("AFTERCARE", story.rollout().head().phaseName());
  }

  @Test
  void haltWhileTheFleetIsFound_leavesTheLaneFree() {
    Story story = planned();
    story.world.through(sight -> dev.ringfence.operation.Sight.blind(sight.at()));
    story.beat();
    assertEquals("PLANNING", story.rollout().head().phaseName());
    story.ask(Given.halt());
    story.world.through(sight -> sight);
    story.toTheEnd();
    assertEquals("HALTED", story.rollout().head().phaseName());
    assertEquals(null, story.store.lane(story.accepted.lane()).holder());
  }

  @Test
  void deadlyRelease_isHaltedAndItsMachinesAreBack() {
    Story story =
        new Story(Given.content().machines(12).with(WayBack.AFTERCARE, Duration.ofMinutes(30)));
    story.world.deadly = true;
    story.begun().toTheEnd();
    assertEquals("HALTED", story.rollout().head().phaseName());
    List<Rollout.Order> orders = story.rollout().head().orders();
    assertFalse(orders.isEmpty());
    orders.forEach(o -> assertEquals("DONE", story.restore(o.restore()).head().phaseName()));
    assertTrue(story.world.guests.values().stream().allMatch(g -> g.diedAt == null));
    assertTrue(
        story.world.guests.values().stream().allMatch(g -> g.version.equals(Given.OLD_VERSION)));
  }

  /** Whoever asks has no rights over machines, and AWS would refuse for good. */
  @Test
  void effectsThatNeedRightsOverMachines_areLeftToTheBeatByWhoeverAsks() {
    int left = 0;
    for (int beats = 1; beats < 12; beats++) {
      Story story = new Story(Given.content().machines(12)).begun();
      for (int beat = 0; beat < beats; beat++) {
        story.step();
      }
      story.world.breaksWith(new IllegalStateException("connection reset"));
      story.step();
      story.world.breaksWith(null);
      story.world.asked.clear();
      story.ask(Given.halt());
      assertEquals(
          List.of(), story.world.asked.stream().filter(e -> !e.isForWhoeverAsks()).toList());
      left +=
          (int)
              RolloutCourse.FORM.course().open(story.rollout()).stream()
                  .filter(effect -> effect.tried() && !effect.isForWhoeverAsks())
                  .count();
    }
    assertTrue(left > 0, "something was left open");
  }

  @Test
  void operationThatARequestEnds_isTakenOffItsAlarms() {
    Story story =
        new Story(
            Given.content()
                .machines(1)
                .with(dev.ringfence.policy.Proof.ALARMS, List.of("checkout")));
    story.begun();
    story.ask(
        new dev.ringfence.operation.Request(
            dev.ringfence.operation.Request.Wish.PERSON, "its clock", "failed", START));
    assertEquals("NEEDS_PERSON", story.rollout().head().phaseName());
    assertEquals(Map.of("checkout", java.util.Set.of()), story.store.watchers);
  }

  @Test
  void endedOperation_isTakenOffItsAlarms() {
    Story story =
        new Story(
            Given.content()
                .machines(1)
                .with(dev.ringfence.policy.Proof.ALARMS, List.of("checkout")));
    story.world.oldPoints = true;
    story.world.alarms.put(
        "checkout", new dev.ringfence.health.AlarmSight("checkout", "OK", "", "fine"));
    story.begun().toTheEnd();
    assertEquals("SUCCEEDED", story.rollout().head().phaseName());
    assertEquals(Map.of("checkout", java.util.Set.of()), story.store.watchers);
  }

  @Test
  void clockOfNobody_isToldSo() {
    Story story = new Story(Given.content());
    assertThrows(Engine.NoSuchOperation.class, story::beat);
    assertFalse(story.ask(Given.halt()));
  }
}
