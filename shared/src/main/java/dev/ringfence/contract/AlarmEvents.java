package dev.ringfence.contract;

/**
 * How CloudWatch names its events on EventBridge: what the rule lets through and the function then
 * looks for.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html">
 *     Alarm events and EventBridge</a>
 */
public final class AlarmEvents {
  /** The {@code source}; nobody but AWS can publish under a name that begins with {@code aws.}. */
  public static final String SOURCE = "aws.cloudwatch";

  /** The {@code detail-type} of metric and composite alarms alike. */
  public static final String STATE_CHANGE = "CloudWatch Alarm State Change";

  private AlarmEvents() {}
}
