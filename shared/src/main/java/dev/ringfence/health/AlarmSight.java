package dev.ringfence.health;

/**
 * One alarm as a level, read with {@code DescribeAlarms}.
 *
 * @param state {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}
 * @param evaluation CloudWatch's {@code EvaluationState} when the alarm is blind ({@code
 *     PARTIAL_DATA}, {@code EVALUATION_ERROR}, {@code EVALUATION_FAILURE}); empty when it can see
 * @param reason CloudWatch's sentence for the state
 */
public record AlarmSight(String name, String state, String evaluation, String reason) {
  public boolean fires() {
    return state.equals("ALARM");
  }

  /** Only an alarm that can see and says OK is evidence; everything else is not. */
  public boolean isOk() {
    return state.equals("OK") && evaluation.isEmpty();
  }
}
