package dev.ringfence.lab.plane;

import dev.ringfence.lab.cloud.cloudwatch.FleetMetrics;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** Alarms as a team would make them in its account. */
public final class LabAlarms {
  /** The shortest period of a usual alarm, in seconds. */
  private static final int MINUTE = 60;

  private LabAlarms() {}

  /**
   * An alarm that goes off when so many machines of a product fail their checks or are silent.
   *
   * @param machines the threshold, inclusive
   */
  public static void machinesFailing(
      CloudWatchClient cloudWatch, String name, String product, int machines) {
    cloudWatch.putMetricAlarm(alarm ->
        alarm
            .alarmName(name)
            .namespace(FleetMetrics.NAMESPACE)
            .metricName(FleetMetrics.FAILING)
            .dimensions(Dimension.builder().name(FleetMetrics.PRODUCT).value(product).build())
            .statistic(Statistic.MAXIMUM)
            .period(MINUTE)
            .evaluationPeriods(1)
            .threshold((double) machines)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .treatMissingData("missing"));
  }
}
