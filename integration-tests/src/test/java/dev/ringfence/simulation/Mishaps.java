package dev.ringfence.simulation;

import dev.ringfence.lab.plane.LoopClocks.FunctionDied;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spoils calls on their way: throttles, failures and lost answers; functions that die between two
 * lines; calls that take so long that the world moves on meanwhile.
 */
final class Mishaps implements WireTap {
  /** A beat function is given less than two minutes; slow calls beyond that would be killed. */
  private static final Duration SLOW_MOST = Duration.ofSeconds(100);

  private final Dice dice;
  private final Trouble trouble;
  private final VirtualClock clock;
  private final Map<String, Integer> happened = new TreeMap<>();
  private boolean on;
  private Duration slowLeft = SLOW_MOST;

  Mishaps(Dice dice, Trouble trouble, VirtualClock clock) {
    this.dice = dice;
    this.trouble = trouble;
    this.clock = clock;
  }

  void begin() {
    on = true;
  }

  void end() {
    on = false;
  }

  /** Another function begins, with its own time. */
  void freshFunction() {
    slowLeft = SLOW_MOST;
  }

  /** What happened how often. */
  Map<String, Integer> happened() {
    return happened;
  }

  @Override
  public void before(WireCall call) throws IOException {
    if (!on) {
      return;
    }
    slowness();
    if (strikes("throttled", trouble.throttle())) {
      throw throttle(call.service());
    }
    if (strikes("failed before", trouble.failure())) {
      throw new AwsFault("InternalError", 500, "An internal error has occurred");
    }
    if (strikes("request lost", trouble.lost())) {
      throw new InterruptedIOException("the request was lost");
    }
    dies("died before " + call.operation());
  }

  @Override
  public void after(WireCall call) throws IOException {
    if (!on) {
      return;
    }
    if (strikes("failed after", trouble.failure())) {
      throw new AwsFault("InternalError", 500, "An internal error has occurred");
    }
    if (strikes("answer lost", trouble.lost())) {
      throw new InterruptedIOException("the answer was lost");
    }
    dies("died after " + call.operation());
  }

  /** Whether this kind of trouble happens now. */
  boolean strikes(String what, double probability) {
    boolean strikes = on && dice.chance(probability);
    if (strikes) {
      happened.merge(what, 1, Integer::sum);
    }
    return strikes;
  }

  /** Perhaps the function that runs dies here. */
  void dies(String where) {
    if (on && dice.chance(trouble.death())) {
      happened.merge("died", 1, Integer::sum);
      throw new FunctionDied(where);
    }
  }

  Trouble trouble() {
    return trouble;
  }

  /** The world goes on while the call is under way: alarms, agents and other functions too. */
  private void slowness() {
    if (strikes("slow", trouble.slow()) && slowLeft.isPositive()) {
      Duration takes = dice.seconds(1, (int) slowLeft.toSeconds());
      slowLeft = slowLeft.minus(takes);
      clock.runUntil(clock.instant().plus(takes));
    }
  }

  private static AwsFault throttle(String service) {
    return switch (service) {
      case "ec2" -> new AwsFault("RequestLimitExceeded", 503, "Request limit exceeded.");
      case "monitoring" -> new AwsFault("Throttling", 400, "Rate exceeded");
      default -> new AwsFault("ThrottlingException", 400, "Rate exceeded");
    };
  }
}
