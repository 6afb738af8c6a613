package dev.ringfence.policy;

import org.jspecify.annotations.Nullable;

/**
 * How many hurt machines halt a rollout whatever the statistics say. It is a share of the machines
 * that were dispatched so far, and not of the fleet: a share of the fleet lets a bad release hurt
 * the more machines the more there are.
 *
 * @param share of the dispatched machines, above 0 and at most 1
 * @param atLeast so many hurt machines are needed however few were dispatched, so that one machine
 *     that dies of itself in the pilot does not halt
 * @param atMost so many are enough however many were dispatched; null leaves it to the share
 */
public record FailureBudget(double share, int atLeast, @Nullable Integer atMost) {

  /** Whether the budget is spent. */
  public boolean isSpent(int hurt, int dispatched) {
    return hurt >= limit(dispatched);
  }

  /** The number of hurt machines that halts, once so many were dispatched. */
  public int limit(int dispatched) {
    int byShare = Math.max(atLeast, (int) Math.ceil(share * dispatched));
    return atMost == null ? byShare : Math.min(byShare, atMost);
  }
}
