package dev.ringfence.rollout;

import dev.ringfence.policy.ChannelPolicy;
import java.time.Duration;

/**
 * How long it takes to bring many machines back, if all of them are lost at once.
 *
 * @param atOnce how many are restored at the same time
 * @param one what one restore takes from the call to the proof
 */
record Recovery(int atOnce, Duration one) {
  /**
   * What one restore takes where no drill has measured it: replacing and rebooting takes minutes,
   * and a ping comes every five.
   */
  static final Duration NOT_MEASURED = Duration.ofMinutes(10);

  /**
   * EC2 lets an account make 50 mutating calls at once and 5 more a second ("Request throttling for
   * the Amazon EC2 API"); one root replacement is one such call. Half is left to everybody else in
   * the account.
   */
  private static final int CALLS_AT_ONCE = 25;

  private static final double CALLS_PER_SECOND = 2.5;

  private static final double MILLIS = 1000;

  static Recovery of(ChannelPolicy policy, Duration one) {
    return new Recovery(policy.restoresAtOnce(), one);
  }

  /** From the first call to the last proof of so many machines. */
  Duration of(int machines) {
    if (machines <= 0) {
      return Duration.ZERO;
    }
    int rounds = (machines - 1) / atOnce;
    Duration slots = calls(machines - rounds * atOnce).plus(one.multipliedBy(rounds));
    Duration calls = calls(machines);
    return (calls.compareTo(slots) > 0 ? calls : slots).plus(one);
  }

  /** How many machines are back within a time; never more than a plan may have. */
  int within(Duration time) {
    int enough = 0;
    int tooMany = WavePlan.MAX_MACHINES + 1;
    while (tooMany - enough > 1) {
      int middle = (enough + tooMany) >>> 1;
      if (of(middle).compareTo(time) <= 0) {
        enough = middle;
      } else {
        tooMany = middle;
      }
    }
    return enough;
  }

  /** When EC2 lets the call for the n-th machine through. */
  private static Duration calls(int machines) {
    return Duration.ofMillis(
        (long) Math.ceil(Math.max(0, machines - CALLS_AT_ONCE) * MILLIS / CALLS_PER_SECOND));
  }
}
