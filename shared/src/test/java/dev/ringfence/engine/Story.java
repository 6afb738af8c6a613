package dev.ringfence.engine;

import dev.ringfence.drill.DrillCourse;
import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.restore.Ward;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Given;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One roll-out from its acceptance to its end: engine, store, world and clock, all in memory. */
final class Story {
  /** More beats than this, and it never ends. */
  private static final int BEATS_MAX = 20_000;

  /** A function that died is called again by its clock. */
  private static final Duration RETRIED = Duration.ofSeconds(20);

  final TestingTime time = new TestingTime(Given.START);
  final TestingStore store = new TestingStore();
  final TestingClocks clocks = new TestingClocks(time);
  final TestingWorld world;
  final Engine engine;
  final Rollout accepted;
  private int kills;

  Story(Given given) {
    this(given, given.fleet());
  }

  Story(Given given, List<Machine> fleet) {
    this.world = new TestingWorld(time, fleet, Given.OLD_VERSION);
    this.engine = new Engine(store, world, clocks, time);
    this.accepted = given.queued();
    world.reboots = accepted.release().rebootExpected();
  }

  /** Accepted and its clock started. */
  Story begun() {
    store.create(RolloutCourse.FORM, accepted, List.of(), List.of());
    clocks.start(Head.Kind.ROLLOUT, accepted.id());
    return this;
  }

  void boundaries(Boundaries next) {
    store.boundaries(next);
    world.boundaries(next);
    clocks.boundaries(next);
  }

  Operation<Rollout, Batch> rollout() {
    return store.load(RolloutCourse.FORM, accepted.id()).orElseThrow();
  }

  Operation<Restore, Ward> restore(String id) {
    return store.load(RestoreCourse.FORM, id).orElseThrow();
  }

  int kills() {
    return kills;
  }

  boolean ask(Request request) {
    return engine.ask(RolloutCourse.FORM, accepted.id(), request);
  }

  /** One beat of the roll-out, now. */
  Beat beat() {
    return engine.beat(RolloutCourse.FORM, accepted.id());
  }

  /** Beats, as their clocks say, until every operation is over. */
  Story toTheEnd() {
    for (int beat = 0; beat < BEATS_MAX; beat++) {
      if (!step()) {
        return this;
      }
    }
    throw new AssertionError("never ends: " + rollout().head().phase());
  }

  /** Beats until a moment, or until everything is over. */
  Story until(Instant moment) {
    while (true) {
      Map.Entry<String, TestingClocks.Clock> next = earliest();
      if (next == null || next.getValue().due().isAfter(moment)) {
        if (moment.isAfter(time.instant())) {
          time.set(moment);
        }
        return this;
      }
      step();
    }
  }

  /** One beat of whoever is due first; false when nobody is. */
  boolean step() {
    Map.Entry<String, TestingClocks.Clock> next = earliest();
    if (next == null) {
      return false;
    }
    if (next.getValue().due().isAfter(time.instant())) {
      time.set(next.getValue().due());
    }
    Form<?, ?> form =
        switch (next.getValue().kind()) {
          case ROLLOUT -> RolloutCourse.FORM;
          case RESTORE -> RestoreCourse.FORM;
          case DRILL -> DrillCourse.FORM;
        };
    try {
      Beat beat = engine.beat(form, next.getKey());
      // A function takes its time, even when it is asked to come again at once.
      Instant soonest = time.instant().plusMillis(100);
      clocks.next(
          next.getKey(), beat.next().isBefore(soonest) ? soonest : beat.next(), beat.over());
    } catch (Killed killed) {
      kills++;
      clocks.next(next.getKey(), time.instant().plus(RETRIED), false);
    }
    return true;
  }

  private Map.@org.jspecify.annotations.Nullable Entry<String, TestingClocks.Clock> earliest() {
    return clocks.clocks.entrySet().stream()
        .filter(entry -> !entry.getValue().over())
        .min(Map.Entry.comparingByValue(java.util.Comparator.comparing(TestingClocks.Clock::due)))
        .orElse(null);
  }
}
