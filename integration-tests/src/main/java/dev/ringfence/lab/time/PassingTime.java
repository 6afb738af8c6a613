package dev.ringfence.lab.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that a caller of AWS sees while the lab's clock stands still: each time it is asked, one
 * call's latency has gone by. Without it a function that makes a hundred calls would make them all
 * at one instant, which no function can, and rates per second would mean nothing.
 */
public final class PassingTime implements InstantSource {
  /** What one call to AWS takes within a Region, there and back. */
  public static final Duration CALL = Duration.ofMillis(50);

  private final InstantSource clock;
  private Instant last;

  public PassingTime(InstantSource clock) {
    this.clock = clock;
    this.last = clock.instant();
  }

  @Override
  public Instant instant() {
    Instant next = last.plus(CALL);
    last = next.isBefore(clock.instant()) ? clock.instant() : next;
    return last;
  }

  /** The instant of the last call, which takes no time to be asked for. */
  public Instant lastInstant() {
    return last;
  }

  /** Another caller's time begins at the clock's, however far the last caller had come. */
  public void restart() {
    last = clock.instant().minus(CALL);
  }

  /** A caller waits before it asks again. */
  public void pass(Duration wait) {
    last = last.plus(wait);
  }
}
