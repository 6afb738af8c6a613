package dev.ringfence.functions.aws;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Outcome.Unsettled.How;
import java.time.Duration;
import java.time.Instant;

/**
 * AWS's lists are eventually consistent: what was made a moment ago may not be listed yet. A
 * function that dies right after its call is started again within seconds, looks, finds nothing,
 * and would do it all a second time. So does a beat that comes soon after a time-out whose effect
 * took place late. So for a short while after the newest attempt, or after the intent where there
 * was none, not found means not yet known.
 */
final class Settling {
  /**
   * Lists catch up within seconds as a rule ("Eventual consistency in the Amazon EC2 API"); half a
   * minute is several times that and less than a beat costs anyway.
   */
  static final Duration TIME = Duration.ofSeconds(30);

  private Settling() {}

  static boolean tooEarly(Effect effect, Instant now) {
    return now.isBefore(effect.touched().plus(TIME));
  }

  static Outcome wait(Effect effect) {
    return new Outcome.Unsettled(
        effect.key(), "not listed, but too early to be sure", How.POSTPONED);
  }
}
