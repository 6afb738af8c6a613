package dev.ringfence.lab.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/**
 * The lab's only clock. Time stands still while code runs and jumps to the next thing that is due;
 * things due at the same instant happen in the order in which they were asked for, so a run depends
 * on nothing but its seed.
 */
public final class VirtualClock implements InstantSource {
  private record Due(Instant at, long order, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Due> agenda = new PriorityQueue<>();
  private Instant now;
  private long asked;

  public VirtualClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Asks for something to happen at an instant; an instant that has passed means now. */
  public void at(Instant when, Runnable what) {
    agenda.add(new Due(when.isBefore(now) ? now : when, asked++, what));
  }

  public void after(Duration delay, Runnable what) {
    at(now.plus(delay), what);
  }

  /**
   * Lets everything happen that is due up to and including {@code end}, and leaves the clock there.
   */
  public void runUntil(Instant end) {
    while (!agenda.isEmpty() && !agenda.peek().at().isAfter(end)) {
      step();
    }
    if (end.isAfter(now)) {
      now = end;
    }
  }

  /** Jumps to the next due thing and lets it happen; false when nothing is due any more. */
  public boolean step() {
    Due next = agenda.poll();
    if (next == null) {
      return false;
    }
    now = next.at();
    next.what().run();
    return true;
  }
}
