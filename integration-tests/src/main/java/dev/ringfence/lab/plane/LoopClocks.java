package dev.ringfence.lab.plane;

import dev.ringfence.drill.DrillCourse;
import dev.ringfence.engine.Beat;
import dev.ringfence.engine.Clocks;
import dev.ringfence.engine.Engine;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.operation.Head;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.rollout.RolloutCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The shortest clock that keeps the contract: calls beats when they are due, and a beat that breaks
 * again a minute later. For suites of many seeds; the story and the system suites run the deployed
 * definition instead.
 */
public final class LoopClocks implements Clocks {
  private static final Duration AFTER_A_BREAK = Duration.ofMinutes(1);

  /** A wait of the real clock is never shorter. */
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  private final VirtualClock clock;
  private final Supplier<Engine> engine;
  private final Consumer<Beat> listener;
  private final Set<String> started = new HashSet<>();

  /**
   * Makes the clock.
   *
   * @param engine asked for at each beat, since the engine needs its clocks first
   * @param listener told of each beat
   */
  public LoopClocks(VirtualClock clock, Supplier<Engine> engine, Consumer<Beat> listener) {
    this.clock = clock;
    this.engine = engine;
    this.listener = listener;
  }

  @Override
  public void start(Head.Kind kind, String id) {
    if (started.add(id)) {
      clock.at(clock.instant(), () -> beat(kind, id));
    }
  }

  private void beat(Head.Kind kind, String id) {
    Instant next;
    try {
      Beat beat =
          switch (kind) {
            case ROLLOUT -> engine.get().beat(RolloutCourse.FORM, id);
            case RESTORE -> engine.get().beat(RestoreCourse.FORM, id);
            case DRILL -> engine.get().beat(DrillCourse.FORM, id);
          };
      listener.accept(beat);
      if (beat.over()) {
        return;
      }
      next = beat.next();
    } catch (RuntimeException | FunctionDied broken) {
      next = clock.instant().plus(AFTER_A_BREAK);
    }
    Instant earliest = clock.instant().plus(SHORTEST_WAIT);
    clock.at(next.isBefore(earliest) ? earliest : next, () -> beat(kind, id));
  }

  /** A suite kills a beat between two lines: no catch block of the control plane may swallow it. */
  public static final class FunctionDied extends Error {
    private static final long serialVersionUID = 1;

    public FunctionDied(String where) {
      super(where);
    }
  }
}
