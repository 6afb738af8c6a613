package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.fleet.Consistency;
import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.QuietEffect;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.Quiescence;
import dev.ringfence.policy.WhenInconsistent;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Given;
import dev.ringfence.rollout.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Machines that are brought to rest for their restore points, while the function dies at every
 * boundary and halts come at every moment: whoever was frozen is let go, nobody is frozen for
 * longer than the limit, and no point claims what it has not.
 */
class QuietCrashTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** So few that every boundary can be tried. */
  private static final int FEW = 4;

  /** So many that a ring has others beside the one that is left out. */
  private static final int MANY = 12;

  private static Given given(String platform, int machines) {
    List<Machine> fleet = new ArrayList<>();
    for (Machine one : Given.fleet(machines)) {
      fleet.add(
          new Machine(
              one.id(),
              one.zone(),
              platform,
              one.family(),
              one.agentVersion(),
              one.tags(),
              one.rootVolume(),
              true,
              Set.of()));
    }
    return Given.capability()
        .fleet(fleet)
        .with(Pace.DEADLINE, Duration.ofHours(6))
        .with(Pace.OBSERVATION, Duration.ofHours(2))
        .with(Pace.DISPATCH, Duration.ofMinutes(5))
        .with(Pace.BAKE, Duration.ofHours(1))
        .with(Quiescence.CONSISTENCY, Consistency.APPLICATION)
        .with(Quiescence.BEFORE_SNAPSHOT, List.of("systemctl stop db"))
        .with(Quiescence.AFTER_SNAPSHOT, List.of("systemctl start db"))
        .with(Quiescence.FREEZE_LIMIT, LIMIT);
  }

  private static Given linux(int machines) {
    return given("Ubuntu 24.04", machines);
  }

  private static Given windows(int machines) {
    return given("Microsoft Windows Server 2022 Datacenter", machines);
  }

  private static Story told(Given given, Boundaries boundaries) {
    Story story = new Story(given).begun();
    story.boundaries(boundaries);
    story.toTheEnd();
    story.boundaries(Boundaries.unharmed());
    return story;
  }

  private static Map<String, Consistency> points(Story story) {
    Map<String, Consistency> points = new TreeMap<>();
    for (Batch batch : story.rollout().parts()) {
      for (Member member : batch.members()) {
        RestorePoint point = member.point();
        if (point != null) {
          points.put(member.machine(), point.consistency());
        }
      }
    }
    return points;
  }

  /** What holds however a story went. */
  private static void assertHonest(Story story, String where) {
    Set<String> thawed = new HashSet<>();
    Map<String, Integer> times = new HashMap<>();
    for (TestingWorld.Deed deed : story.world.deeds) {
      times.merge(deed.key(), 1, Integer::sum);
      if (deed.effect() instanceof QuietEffect.Thaw thaw) {
        thawed.add(thaw.key().substring(0, thaw.key().indexOf("-thaw")));
      }
    }
    assertTrue(times.values().stream().allMatch(count -> count == 1), where + ": " + times);
    story.world.rest.holds.forEach((key, hold) -> {
      assertTrue(thawed.contains(key), where + ": nobody let go " + key);
      assertTrue(!hold.until.isAfter(hold.from.plus(LIMIT)), where + ": frozen too long");
    });
    for (Batch batch : story.rollout().parts()) {
      for (Member member : batch.members()) {
        assertHonest(story, member, where);
      }
    }
  }

  private static void assertHonest(Story story, Member member, String where) {
    RestorePoint point = member.point();
    if (point == null || point.consistency() == Consistency.CRASH) {
      return;
    }
    TestingRest rest = story.world.rest;
    Instant shadow = rest.shadowTaken(point.snapshot());
    boolean frozen = rest.wasFrozen(member.machine(), point.takenAt());
    assertTrue(shadow != null || frozen, where + ": " + point + " was not taken at rest");
    assertTrue(rest.marks.containsValue(point.consistency().tag()), where);
  }

  private static void everyBoundary(Given given) {
    Boundaries counted = Boundaries.unharmed();
    Story model = told(given, counted);
    assertEquals("SUCCEEDED", model.rollout().head().phaseName());
    assertEquals(Set.of(Consistency.APPLICATION), Set.copyOf(points(model).values()));
    assertHonest(model, "unharmed");
    for (int at = 0; at < counted.passed(); at++) {
      Boundaries kill = Boundaries.killAt(at);
      Story story = told(given, kill);
      String where = "killed at " + at + ", " + kill.where();
      assertEquals("SUCCEEDED", story.rollout().head().phaseName(), where);
      assertHonest(story, where);
      assertEquals(points(model), points(story), where);
    }
    System.out.printf("QuietCrashTest: %d boundaries%n", counted.passed());
  }

  @Test
  void frozenMachines_areLetGoAndUpdatedWhereverItDies() {
    everyBoundary(linux(FEW));
  }

  @Test
  void windowsMachines_areUpdatedWhereverItDies() {
    everyBoundary(windows(FEW));
  }

  @Test
  void haltAtAnyMoment_letsEverybodyGo() {
    int frozen = 0;
    for (int tenths = 0; tenths < 600; tenths += 7) {
      Story story = new Story(linux(MANY)).begun();
      story.until(Given.START.plusMillis(tenths * 100L));
      story.ask(Given.halt());
      story.toTheEnd();
      assertHonest(story, "halted after " + tenths + " tenths");
      frozen += story.world.rest.holds.isEmpty() ? 0 : 1;
    }
    assertTrue(frozen > 20, "only " + frozen + " halts met a frozen machine");
  }

  @Test
  void machineThatHearsNoThaw_goesOnByItsTimerAndIsTakenAnew() {
    Story story = new Story(linux(MANY)).begun();
    String deaf = last(story);
    story.world.rest.deaf.add(deaf);
    story.toTheEnd();
    assertEquals("SUCCEEDED", story.rollout().head().phaseName());
    Map<String, Consistency> points = points(story);
    assertEquals(null, points.get(deaf));
    assertEquals(MANY - 1, points.size());
    story.world.rest.holds.forEach(
        (key, hold) -> assertTrue(!hold.until.isAfter(hold.from.plus(LIMIT)), key));
    long thaws =
        story.world.deeds.stream()
            .filter(
                deed -> deed.effect() instanceof QuietEffect.Thaw && deed.machines().contains(deaf))
            .count();
    assertEquals(6, thaws);
  }

  @Test
  void machineThatCannotBeBroughtToRest_isLeftOut() {
    Story story = new Story(linux(MANY)).begun();
    String restless = last(story);
    story.world.rest.restless.add(restless);
    story.toTheEnd();
    assertEquals(MANY - 1, points(story).size());
    assertEquals(
        "its restore point is as after a power cut: it could not be brought to rest: Failed",
        reason(story, restless));
  }

  @Test
  void machineThatCannotBeBroughtToRest_isTakenAsItIsWhenItsPolicySaysSo() {
    Story story =
        new Story(linux(MANY).with(Quiescence.WHEN_INCONSISTENT, WhenInconsistent.TAKE_CRASH))
            .begun();
    String restless = last(story);
    story.world.rest.restless.add(restless);
    story.toTheEnd();
    Map<String, Consistency> points = points(story);
    assertEquals(Consistency.CRASH, points.remove(restless));
    assertEquals(Set.of(Consistency.APPLICATION), Set.copyOf(points.values()));
    assertHonest(story, "restless");
  }

  @Test
  void shadowsThatAreNotVouchedFor_areRecordedAsAfterAPowerCut() {
    Story story =
        new Story(windows(MANY).with(Quiescence.WHEN_INCONSISTENT, WhenInconsistent.TAKE_CRASH))
            .begun();
    String poor = Given.fleet(MANY).getFirst().id();
    String none = Given.fleet(MANY).get(1).id();
    story.world.rest.unvouched.add(poor);
    story.world.rest.shadowless.add(none);
    story.toTheEnd();
    Map<String, Consistency> points = points(story);
    assertEquals(Consistency.CRASH, points.get(poor));
    assertEquals(Consistency.CRASH, points.get(none));
    assertEquals("SUCCEEDED", story.rollout().head().phaseName());
    long taken =
        story.world.deeds.stream()
            .filter(deed -> deed.effect() instanceof Effect.TakeSnapshots)
            .count();
    assertEquals(1, taken, "EC2 is asked only for the one of whom VSS made none");
  }

  @Test
  void linuxWithoutCommands_isLeftOutWhereApplicationsMustRest() {
    Story story =
        new Story(
                linux(MANY)
                    .with(Quiescence.BEFORE_SNAPSHOT, List.of())
                    .with(Quiescence.AFTER_SNAPSHOT, List.of()))
            .begun();
    story.toTheEnd();
    assertEquals(Map.of(), points(story));
    assertEquals(0, story.world.rest.holds.size());
    String why = reason(story, story.rollout().parts().getFirst().members().getFirst().machine());
    assertNotNull(why);
    assertTrue(why.endsWith("there are no commands in beforeSnapshot"), why);
  }

  @Test
  void lostAnswerOfTheSnapshots_letsGoAndClaimsNothing() {
    Story story = new Story(linux(MANY)).begun();
    int[] lost = {0};
    story.world.losesAnswer(effect -> effect instanceof Effect.TakeSnapshots && lost[0]++ == 0);
    story.toTheEnd();
    assertEquals("SUCCEEDED", story.rollout().head().phaseName());
    assertHonest(story, "lost");
    assertEquals(Set.of(Consistency.APPLICATION), Set.copyOf(points(story).values()));
  }

  /** A machine of the last ring: without it the ring still proves something. */
  private static String last(Story story) {
    story.until(Given.START.plusSeconds(1));
    return story.rollout().parts().getLast().members().getLast().machine();
  }

  private static @org.jspecify.annotations.Nullable String reason(Story story, String machine) {
    return story.rollout().parts().stream()
        .flatMap(batch -> batch.members().stream())
        .filter(member -> member.machine().equals(machine))
        .map(Member::phase)
        .filter(dev.ringfence.rollout.MemberPhase.LeftOut.class::isInstance)
        .map(phase -> ((dev.ringfence.rollout.MemberPhase.LeftOut) phase).reason())
        .findFirst()
        .orElse(null);
  }
}
