package dev.ringfence.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * Failures that a harmless release would be blamed for, charged at dispatch.
 *
 * <p>A machine counts from the instant at which it is dispatched, not from the end of its bake.
 * Crashes are reported at once and successes only after the bake; whoever waits for the success
 * before charging compares early failures with nothing, and halts nearly every good release.
 *
 * <p>Order matters: charge up to an instant first, then count the failures seen up to it. The other
 * way round a failure is weighed against an exposure that lacks it.
 */
public final class ExpectedFailures {
  private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

  private ExpectedFailures() {}

  /**
   * Lost heartbeats and crashes expected by now: hazard times machine-minutes since dispatch.
   *
   * <p>Each started minute counts whole, from the first on: heartbeats and alarms have minutes, so
   * a failure may be dated earlier than its minute has elapsed. Machines that failed go on
   * counting; that errs towards tolerance, and by little, because a halt comes after few.
   *
   * @param hazardPerMinute failures per machine-minute, see {@link Rates#hazardPerMinute}
   * @param now dispatches after it do not count yet
   */
  public static double liveness(
      Collection<Dispatch> dispatches, double hazardPerMinute, Instant now) {
    HarmEvidence.requireCounts(0, hazardPerMinute);
    double machineMinutes = 0;
    for (Dispatch dispatch : dispatches) {
      if (!dispatch.at().isAfter(now)) {
        machineMinutes += dispatch.machines() * startedMinutes(dispatch.at(), now);
      }
    }
    return hazardPerMinute * machineMinutes;
  }

  /**
   * Machines not back, or deliveries failed, by now: the whole rate for each machine as soon as it
   * is dispatched, because the failure may show at any time after.
   *
   * @param rate share of dispatched machines, see {@link Rates#tolerated}
   * @param now dispatches after it do not count yet
   */
  public static double perDispatched(Collection<Dispatch> dispatches, double rate, Instant now) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("rate must be between 0 and 1, got " + rate);
    }
    long machines = 0;
    for (Dispatch dispatch : dispatches) {
      if (!dispatch.at().isAfter(now)) {
        machines += dispatch.machines();
      }
    }
    return rate * machines;
  }

  private static double startedMinutes(Instant from, Instant now) {
    return Math.max(1, Math.ceil(Duration.between(from, now).toNanos() / NANOS_PER_MINUTE));
  }
}
