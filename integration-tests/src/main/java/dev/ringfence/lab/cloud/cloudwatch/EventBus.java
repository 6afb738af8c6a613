package dev.ringfence.lab.cloud.cloudwatch;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes events to listeners a few seconds later. CloudWatch's events are delivered at least once,
 * so twice is normal; late and never are faults that a suite asks for.
 */
public final class EventBus {
  private static final Duration DELIVERY_LEAST = Duration.ofSeconds(1);
  private static final Duration DELIVERY_MOST = Duration.ofSeconds(5);

  private sealed interface Mishap {
    record Lost() implements Mishap {}

    record Repeated(Duration after) implements Mishap {}

    record Delayed(Duration by) implements Mishap {}
  }

  private final VirtualClock clock;
  private final Chance chance;
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private final Deque<Mishap> mishaps = new ArrayDeque<>();
  private long sent;

  public EventBus(VirtualClock clock, Chance chance) {
    this.clock = clock;
    this.chance = chance;
  }

  /** Listeners get each event as EventBridge's JSON text. */
  public void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** The next event never arrives. Mishaps queue up: each is spent on one event. */
  public void loseNext() {
    mishaps.add(new Mishap.Lost());
  }

  /** The next event arrives, and arrives again after a while. */
  public void repeatNext(Duration after) {
    mishaps.add(new Mishap.Repeated(after));
  }

  /** The next event arrives later. */
  public void delayNext(Duration by) {
    mishaps.add(new Mishap.Delayed(by));
  }

  void send(String event) {
    Duration takes = chance.between("event-delivery", "", sent++, DELIVERY_LEAST, DELIVERY_MOST);
    switch (mishaps.poll()) {
      case null -> deliver(event, takes);
      case Mishap.Lost _ -> {}
      case Mishap.Repeated repeated -> {
        deliver(event, takes);
        deliver(event, takes.plus(repeated.after()));
      }
      case Mishap.Delayed delayed -> deliver(event, takes.plus(delayed.by()));
    }
  }

  private void deliver(String event, Duration takes) {
    clock.after(takes, () -> listeners.forEach(listener -> listener.accept(event)));
  }
}
