package dev.ringfence.health;

/**
 * One EC2 status check's reading, as {@code DescribeInstanceStatus} words it. Only {@link #OK} is
 * evidence of health; {@link #NOT_APPLICABLE} is what EC2 says where a check does not exist (EBS on
 * older hypervisors).
 */
public enum Check {
  OK,
  IMPAIRED,
  INITIALIZING,
  INSUFFICIENT_DATA,
  NOT_APPLICABLE,
  /** A word this version does not know: never evidence of health. */
  UNKNOWN
}
