package dev.ringfence.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One alarm as a level, read with {@code DescribeAlarms}.
 *
 * @param state {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}
 * @param evaluation CloudWatch's {@code EvaluationState} when the alarm is blind ({@code
 *     PARTIAL_DATA}, {@code EVALUATION_ERROR}, {@code EVALUATION_FAILURE}); empty when it can see
 * @param reason CloudWatch's sentence for the state
 * @param since when the state last changed ({@code StateTransitionedTimestamp}); null when
 *     CloudWatch does not say
 */
public record AlarmSight(
    String name, String state, String evaluation, String reason, @Nullable Instant since) {
  /** One of which it is not known since when it is in its state. */
  public AlarmSight(String name, String state, String evaluation, String reason) {
    this(name, state, evaluation, reason, null);
  }

  /** Whether it went off before that moment; one of which that is not known did not. */
  public boolean firedBefore(Instant moment) {
    return fires() && since != null && since.isBefore(moment);
  }

  public boolean fires() {
    return state.equals("ALARM");
  }

  /** Only an alarm that can see and says OK is evidence; everything else is not. */
  public boolean isOk() {
    return state.equals("OK") && evaluation.isEmpty();
  }
}
