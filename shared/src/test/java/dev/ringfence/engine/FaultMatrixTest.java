package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ringfence.health.AlarmSight;
import dev.ringfence.health.Check;
import dev.ringfence.health.Invocation;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Sight;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.Proof;
import dev.ringfence.policy.WayBack;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Given;
import dev.ringfence.rollout.Plan;
import dev.ringfence.rollout.RolloutPhase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every source of evidence in every way in which it can fail: the ring is never passed, nobody of
 * the next ring is sent anything, and in the end the roll-out has halted or asks for a person.
 */
class FaultMatrixTest {
  private static final String ALARM = "checkout";

  private static AlarmSight alarm(String state, String evaluation) {
    return new AlarmSight(ALARM, state, evaluation, "because");
  }

  static Stream<Arguments> faults() {
    return Stream.of(
            pings(),
            checks(),
            versions(),
            outcomes(),
            alarms(),
            Stream.of(
                arguments("calendar, unread", Faults.calendar(null), "NEEDS_PERSON"),
                arguments("calendar, closed", Faults.calendar(false), "NEEDS_PERSON"),
                arguments("everything, unread", Faults.blind(), "HALTED")))
        .flatMap(each -> each);
  }

  private static Stream<Arguments> pings() {
    return Stream.of(
        arguments("ping, missing", Faults.noPing(), "HALTED"),
        arguments("ping, stale", Faults.oldPing(), "HALTED"),
        arguments("ping, error", Faults.pingsUnread(), "HALTED"),
        arguments("machine, unread", Faults.machinesUnread(), "HALTED"));
  }

  private static Stream<Arguments> checks() {
    Stream<Arguments> words =
        Stream.of(Faults.Of.values())
            .flatMap(of ->
                Stream.of(
                        Check.INSUFFICIENT_DATA, Check.INITIALIZING, Check.UNKNOWN, Check.IMPAIRED)
                    .map(word -> {
                      boolean aws = word == Check.IMPAIRED && of != Faults.Of.INSTANCE;
                      return arguments(
                          of + " check, " + word,
                          Faults.check(of, word),
                          aws ? "NEEDS_PERSON" : "HALTED");
                    }));
    return Stream.concat(
        words,
        Stream.of(
            arguments("checks, error", Faults.checksUnread(), "HALTED"),
            arguments("instance, stopped", Faults.state("stopped"), "HALTED"),
            arguments("instance, absent", Faults.state("absent"), "HALTED"),
            arguments("instance, unknown word", Faults.state("dreaming"), "HALTED")));
  }

  private static Stream<Arguments> versions() {
    return Stream.of(
        arguments("version, empty", Faults.readBack(""), "HALTED"),
        arguments("version, garbage", Faults.readBack("no such file"), "HALTED"),
        arguments("version, two words", Faults.readBack("version=1\nversion=2"), "HALTED"),
        arguments(
            "version, stale", Faults.readBack("version=" + Given.OLD_VERSION), "NEEDS_PERSON"),
        arguments(
            "version, cut", Faults.readBack("version=7.16.1\n" + "x".repeat(2500)), "HALTED"));
  }

  private static Stream<Arguments> outcomes() {
    return Stream.of(
        arguments("command, missing", Faults.NO_INVOCATIONS, "HALTED"),
        arguments("command, failed", Faults.outcome(Invocation.Outcome.FAILED), "HALTED"),
        arguments("command, undelivered", Faults.outcome(Invocation.Outcome.UNDELIVERED), "HALTED"),
        arguments("command, cancelled", Faults.outcome(Invocation.Outcome.CANCELLED), "HALTED"),
        arguments("command, running", Faults.outcome(Invocation.Outcome.RUNNING), "HALTED"));
  }

  private static Stream<Arguments> alarms() {
    return Stream.of(
        arguments("alarm, missing or renamed", Faults.alarms(Map.of(), true), "HALTED"),
        arguments("alarm, error or throttled", Faults.alarms(Map.of(), false), "HALTED"),
        arguments(
            "alarm, INSUFFICIENT_DATA",
            Faults.alarms(Map.of(ALARM, alarm("INSUFFICIENT_DATA", "")), true),
            "HALTED"),
        arguments(
            "alarm, PARTIAL_DATA",
            Faults.alarms(Map.of(ALARM, alarm("OK", "PARTIAL_DATA")), true),
            "HALTED"),
        arguments(
            "alarm, EVALUATION_ERROR",
            Faults.alarms(Map.of(ALARM, alarm("OK", "EVALUATION_ERROR")), true),
            "HALTED"),
        arguments(
            "alarm, unknown word",
            Faults.alarms(Map.of(ALARM, alarm("GREEN", "")), true),
            "HALTED"),
        arguments(
            "alarm, firing", Faults.alarms(Map.of(ALARM, alarm("ALARM", "")), true), "HALTED"));
  }

  private static Story story() {
    Story story =
        new Story(
            Given.content()
                .machines(60)
                .with(Proof.ALARMS, List.of(ALARM))
                .with(Pace.CALENDARS, List.of("freeze"))
                .with(WayBack.AFTERCARE, Duration.ofMinutes(30)));
    story.world.oldPoints = true;
    story.world.alarms.put(ALARM, alarm("OK", ""));
    return story.begun();
  }

  @ParameterizedTest(name = "{0} before the update")
  @MethodSource("faults")
  void fromTheFirstBeatOn(String name, UnaryOperator<Sight> fault, String end) {
    Story story = story();
    // The fleet is found by another look.
    story.beat();
    story.world.through(fault);
    story.toTheEnd();
    assertTrue(
        Set.of("HALTED", "NEEDS_PERSON").contains(story.rollout().head().phaseName()),
        name + ": " + story.rollout().head().phase());
    assertNobodyBeyond(story, 0, name);
  }

  @ParameterizedTest(name = "{0} in flight")
  @MethodSource("faults")
  void fromTheFirstUpdateOn(String name, UnaryOperator<Sight> fault, String end) {
    Story story = story();
    while (updated(story).isEmpty()) {
      story.step();
    }
    story.world.through(fault);
    story.toTheEnd();
    assertEquals(end, story.rollout().head().phaseName(), name + ": " + reason(story));
    assertNobodyBeyond(story, 0, name);
  }

  @ParameterizedTest(name = "{0} in the bake")
  @MethodSource("faults")
  void whileTheCanaryBakes(String name, UnaryOperator<Sight> fault, String end) {
    Story story = story();
    while (!isBaking(story, 1)) {
      story.step();
    }
    story.world.through(fault);
    story.toTheEnd();
    boolean isCommands = name.startsWith("command") || name.startsWith("version");
    // Versions are proven by then; what Run Command still says of it changes nothing, until
    // the next ring needs it.
    assertEquals(end, story.rollout().head().phaseName(), name + ": " + reason(story));
    assertNobodyBeyond(story, isCommands ? 2 : 1, name);
  }

  private static boolean isBaking(Story story, int ring) {
    return story.rollout().head().phase() instanceof RolloutPhase.Running running
        && running.ring() == ring
        && running.complete() != null;
  }

  private static RolloutPhase reason(Story story) {
    return story.rollout().head().phase();
  }

  private static Set<String> updated(Story story) {
    Set<String> machines = new HashSet<>();
    for (TestingWorld.Deed deed : story.world.deeds) {
      if (deed.effect() instanceof Effect.SendCommand c
          && c.purpose() == Effect.SendCommand.Purpose.UPDATE) {
        machines.addAll(deed.machines());
      }
    }
    return machines;
  }

  private static void assertNobodyBeyond(Story story, int ring, String name) {
    Set<String> allowed = new HashSet<>();
    for (Batch batch : story.rollout().parts()) {
      if (batch.ring() <= ring) {
        batch.members().forEach(member -> allowed.add(member.machine()));
      }
    }
    Set<String> updated = updated(story);
    assertTrue(allowed.containsAll(updated), name + ": updated beyond ring " + ring);
    Plan plan = story.rollout().head().plan();
    assertTrue(plan != null && plan.rings().size() > ring, "there is no next ring");
  }
}
