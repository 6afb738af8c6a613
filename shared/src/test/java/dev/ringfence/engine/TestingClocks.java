package dev.ringfence.engine;

import dev.ringfence.operation.Head;
import java.time.Instant;
import java.util.TreeMap;

/** Remembers whose clock runs and when its next beat is due. */
final class TestingClocks implements Clocks {
  /** A clock, once started. */
  record Clock(Head.Kind kind, Instant due, boolean over) {}

  final TreeMap<String, Clock> clocks = new TreeMap<>();
  int starts;
  private boolean broken;
  private final TestingTime time;
  private Boundaries boundaries = Boundaries.unharmed();

  TestingClocks(TestingTime time) {
    this.time = time;
  }

  void boundaries(Boundaries next) {
    boundaries = next;
  }

  /** From now on none can be started, or all again. */
  void breaks(boolean next) {
    broken = next;
  }

  @Override
  public void start(Head.Kind kind, String id) {
    if (broken) {
      throw new IllegalStateException("arn:aws:states:secret");
    }
    boundaries.run(
        "start clock",
        () -> {
          starts++;
          clocks.putIfAbsent(id, new Clock(kind, time.instant(), false));
        });
  }

  void next(String id, Instant due, boolean over) {
    clocks.computeIfPresent(id, (i, clock) -> new Clock(clock.kind(), due, over));
  }
}
