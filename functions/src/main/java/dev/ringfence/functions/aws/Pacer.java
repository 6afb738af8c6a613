package dev.ringfence.functions.aws;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Keeps us below the request rates at which AWS throttles, per function instance. An empty bucket
 * does not make anybody wait, since a beat has nothing to wait for: the call is not made, the
 * effect stays unsettled or the read stays a gap, and the next beat goes on.
 *
 * <p>Systems Manager publishes no rates for the operations that we use, so those calls are not
 * paced; its throttles are answered like any other.
 */
public final class Pacer {
  /** The buckets, each with the limit that AWS publishes. */
  public enum Budget {
    /** CreateSnapshots: "Request throttling for the Amazon EC2 API", 100 at once and 5 a second. */
    CREATE_SNAPSHOTS(100, 5),
    /** CreateVolume: same page, 100 and 5. */
    CREATE_VOLUME(100, 5),
    /** CreateTags: same page, 100 and 10. */
    CREATE_TAGS(100, 10),
    /**
     * DeleteTags: each action has a bucket of its own (same page); this is the size of mutating
     * actions, since nobody needs it faster.
     */
    DELETE_TAGS(50, 5),
    /** DeleteSnapshot: same page, 100 and 5. */
    DELETE_SNAPSHOT(100, 5),
    /** Mutating EC2 actions without a bucket of their own: same page, 50 and 5. */
    EC2_MUTATE(50, 5),
    /** EC2 Describe actions that are paginated or filtered: same page, 100 and 20. */
    EC2_DESCRIBE(100, 20),
    /** DescribeAlarms: "CloudWatch service quotas", 9 transactions a second. */
    DESCRIBE_ALARMS(9, 9);

    private final int burst;
    private final double perSecond;

    Budget(int burst, double perSecond) {
      this.burst = burst;
      this.perSecond = perSecond;
    }

    private TokenBucket.Limit published() {
      return new TokenBucket.Limit(burst, perSecond);
    }
  }

  private final Map<Budget, TokenBucket> buckets = new EnumMap<>(Budget.class);

  private Pacer(Map<Budget, TokenBucket.Limit> limits, InstantSource clock) {
    for (Budget budget : Budget.values()) {
      TokenBucket.Limit limit = limits.getOrDefault(budget, budget.published());
      buckets.put(budget, new TokenBucket(limit, clock));
    }
  }

  /** With the rates that AWS publishes. */
  public static Pacer published(InstantSource clock) {
    return new Pacer(Map.of(), clock);
  }

  /**
   * With a share of the rates that AWS publishes, for an account whose buckets others draw from
   * too.
   *
   * @param share more than 0, at most 1; a bucket never gets smaller than one call
   */
  public static Pacer share(double share, InstantSource clock) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in (0, 1]: " + share);
    }
    Map<Budget, TokenBucket.Limit> limits = new EnumMap<>(Budget.class);
    for (Budget budget : Budget.values()) {
      int burst = Math.max(1, (int) (budget.burst * share));
      limits.put(budget, new TokenBucket.Limit(burst, budget.perSecond * share));
    }
    return new Pacer(limits, clock);
  }

  /** With some limits replaced; the others stay as published. */
  static Pacer with(Map<Budget, TokenBucket.Limit> limits, InstantSource clock) {
    return new Pacer(limits, clock);
  }

  /**
   * Spends one call.
   *
   * @throws Spent when the bucket is empty: for the caller it is one more call that brought no
   *     answer
   */
  void spend(Budget budget) {
    TokenBucket bucket = buckets.get(budget);
    if (bucket != null && !bucket.take()) {
      throw new Spent(budget);
    }
  }

  /** Our own brake, no fault of anybody's: nothing was sent. */
  static final class Spent extends SdkClientException {
    private Spent(Budget budget) {
      super(SdkClientException.builder().message("paced: " + budget + " is spent for now"));
    }
  }
}
