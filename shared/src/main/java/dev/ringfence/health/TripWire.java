package dev.ringfence.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Halts when half of a kind of machine breaks soon after the update. Needs no history and no rates
 * that may be wrong; it is there for the defect that breaks everybody, and for kinds of machines so
 * rare that evidence would come late.
 *
 * @param failures in one stratum that trip it, together with the half
 * @param ageLimit failures later than this after the dispatch do not count
 */
public record TripWire(int failures, Duration ageLimit) {
  /** Content breaks a machine when it is loaded: half an hour covers loading and detection. */
  public static final Duration CONTENT_AGE_LIMIT = Duration.ofMinutes(30);

  /** A capability reboots, and a machine has its time to come back: two hours. */
  public static final Duration CAPABILITY_AGE_LIMIT = Duration.ofHours(2);

  private static final int TWO = 2;
  private static final int THREE = 3;

  /** Two failures among the first four machines: the ways to choose 2 of 4. */
  private static final int WAYS_OF_TWO = 6;

  /** Three failures among the first six machines: the ways to choose 3 of 6. */
  private static final int WAYS_OF_THREE = 20;

  /** The trip wire may use a fifth of the tolerated false halts; the ledgers use little of it. */
  private static final double SHARE_OF_ALPHA = 1 / 5.0;

  public TripWire {
    if (failures < TWO) {
      throw new IllegalArgumentException("one failure may be chance, got " + failures);
    }
    if (!ageLimit.isPositive()) {
      throw new IllegalArgumentException("ageLimit must be positive, got " + ageLimit);
    }
  }

  /**
   * The most sensitive trip wire that false halts allow: two failures, or three where machines are
   * too unreliable for two.
   *
   * @param strata of the fleet, at least 1
   * @param rate share of machines that fail early by themselves: not back after the reboot, or
   *     hazard times the shortest bake
   * @param alpha tolerated probability of a false halt
   */
  public static TripWire of(int strata, double rate, double alpha, Duration ageLimit) {
    boolean quiet = falseTrips(TWO, strata, rate) <= alpha * SHARE_OF_ALPHA;
    return new TripWire(quiet ? TWO : THREE, ageLimit);
  }

  /**
   * An upper bound of the probability that a harmless release trips two or three failures. With
   * three it may exceed the share of alpha that is meant for the trip wire; a fleet like that needs
   * a person's eye before it needs a roll-out.
   */
  public static double falseTrips(int failures, int strata, double rate) {
    if (strata < 1 || !(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(strata + " strata at rate " + rate);
    }
    return switch (failures) {
      case TWO -> Math.min(1, strata * WAYS_OF_TWO * rate * rate);
      case THREE -> Math.min(1, strata * WAYS_OF_THREE * rate * rate * rate);
      default -> throw new IllegalArgumentException("bound known for 2 and 3, not " + failures);
    };
  }

  /**
   * Whether a failure counts as early. Without the limit, ten days of ordinary losses in a small
   * stratum would add up to a halt.
   */
  public boolean isEarly(Instant dispatched, Instant failed) {
    return !failed.isBefore(dispatched)
        && Duration.between(dispatched, failed).compareTo(ageLimit) <= 0;
  }

  /** Whether this stratum alone halts the release. */
  public boolean tripsOn(Start start) {
    return start.earlyFailures() >= failures && 2L * start.earlyFailures() >= start.dispatched();
  }

  /** Names of the strata that halt the release, sorted; none means go on. */
  public List<String> tripped(Map<String, Start> strata) {
    return strata.entrySet().stream()
        .filter(each -> tripsOn(each.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /**
   * How a stratum began.
   *
   * @param earlyFailures machines that failed within the age limit, see {@link #isEarly}
   * @param dispatched machines of the stratum dispatched so far
   */
  public record Start(int earlyFailures, int dispatched) {
    public Start {
      if (earlyFailures < 0 || earlyFailures > dispatched) {
        throw new IllegalArgumentException(earlyFailures + " early of " + dispatched);
      }
    }
  }
}
