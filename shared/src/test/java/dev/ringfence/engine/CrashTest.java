package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Operation;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.WayBack;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Given;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Kills the function at every boundary between the engine and the world outside, lets the clock
 * call it again, and wants the same end: every logical effect once, nobody updated without a way
 * back.
 */
class CrashTest {
  private static Given content() {
    return Given.content()
        .machines(12)
        .withdrawable()
        .with(Pace.DEADLINE, Duration.ofMinutes(45))
        .with(Pace.OBSERVATION, Duration.ofMinutes(20))
        .with(WayBack.AFTERCARE, Duration.ofMinutes(30));
  }

  private static Given capability() {
    return Given.capability()
        .machines(6)
        .with(Pace.DEADLINE, Duration.ofHours(6))
        .with(Pace.OBSERVATION, Duration.ofHours(2))
        .with(Pace.DISPATCH, Duration.ofMinutes(5))
        .with(Pace.BAKE, Duration.ofHours(1))
        .with(WayBack.AFTERCARE, Duration.ofHours(1));
  }

  @Test
  void contentThatReusesRestorePoints_endsTheSameWhereverItDies() {
    everyBoundary(content(), false, true, "SUCCEEDED");
  }

  @Test
  void capabilityWithFreshSnapshots_endsTheSameWhereverItDies() {
    everyBoundary(capability(), false, false, "SUCCEEDED");
  }

  @Test
  void deadlyContent_isHaltedAndRestoredWhereverItDies() {
    everyBoundary(content(), true, false, "HALTED");
  }

  private static Story told(Given given, boolean deadly, boolean oldPoints, Boundaries boundaries) {
    Story story = new Story(given);
    story.world.deadly = deadly;
    story.world.oldPoints = oldPoints;
    story.store.always(operation -> requireWayBack(operation, story));
    story.begun();
    story.boundaries(boundaries);
    story.toTheEnd();
    story.boundaries(Boundaries.unharmed());
    return story;
  }

  private static void everyBoundary(Given given, boolean deadly, boolean oldPoints, String phase) {
    Boundaries counted = Boundaries.unharmed();
    Story model = told(given, deadly, oldPoints, counted);
    assertEquals(phase, model.rollout().head().phaseName());
    assertEnd(model, model, "unharmed");
    for (int at = 0; at < counted.passed(); at++) {
      Boundaries kill = Boundaries.killAt(at);
      Story story = told(given, deadly, oldPoints, kill);
      String where = "killed at " + at + ", " + kill.where();
      assertEquals(1, story.kills(), where);
      assertEnd(model, story, where);
    }
    System.out.printf("CrashTest: %s, %d boundaries%n", phase, counted.passed());
  }

  private static void assertEnd(Story model, Story story, String where) {
    assertEquals(phases(model), phases(story), where);
    assertEquals(memberPhases(model), memberPhases(story), where);
    Map<String, Integer> times = new TreeMap<>();
    story.world.deeds.forEach(deed -> times.merge(deed.key(), 1, Integer::sum));
    assertTrue(times.values().stream().allMatch(count -> count == 1), where + ": " + times);
    assertEquals(updated(model), updated(story), where);
    assertEquals(model.store.pointers.keySet(), story.store.pointers.keySet(), where);
    assertEquals(null, story.store.lane(story.accepted.lane()).holder(), where);
    assertEquals(
        model.store.lane(model.accepted.lane()), story.store.lane(story.accepted.lane()), where);
  }

  private static List<String> phases(Story story) {
    List<String> phases = new ArrayList<>();
    story.store.operations.forEach((id, operation) -> {
      Head head = operation.head();
      phases.add(id + " " + head.phaseName());
    });
    return phases;
  }

  private static Map<String, String> memberPhases(Story story) {
    Map<String, String> phases = new TreeMap<>();
    for (Batch batch : story.rollout().parts()) {
      for (Member member : batch.members()) {
        phases.put(member.machine(), member.phase().getClass().getSimpleName());
      }
    }
    return phases;
  }

  /** How often each machine was really sent the update. */
  private static Map<String, Integer> updated(Story story) {
    Map<String, Integer> times = new HashMap<>();
    for (TestingWorld.Deed deed : story.world.deeds) {
      if (deed.effect() instanceof Effect.SendCommand c
          && c.purpose() == Effect.SendCommand.Purpose.UPDATE) {
        deed.machines().forEach(machine -> times.merge(machine, 1, Integer::sum));
      }
    }
    return times;
  }

  private static void requireWayBack(Operation<?, ?> operation, Story story) {
    for (Object part : operation.parts()) {
      if (part instanceof Batch batch) {
        for (Member member : batch.members()) {
          boolean exposed = member.phase() instanceof MemberPhase.Dispatched;
          var point = member.point();
          if (exposed && (point == null || !point.takenAt().isBefore(story.time.instant()))) {
            throw new AssertionError(member.machine() + " without a way back: " + point);
          }
        }
      }
    }
  }
}
