package dev.ringfence.infra;

import dev.ringfence.contract.Metrics;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** What the cell's functions tell CloudWatch, as its alarms and its dashboard look at it. */
final class CellMetrics {
  private CellMetrics() {}

  /** Of the whole cell. */
  static Metric of(String cell, String name, String statistic, Duration period) {
    return metric(Map.of(Metrics.CELL, cell), name, statistic, period);
  }

  /** Of one product in it. */
  static Metric ofProduct(
      String cell, String product, String name, String statistic, Duration period) {
    return metric(Map.of(Metrics.CELL, cell, Metrics.PRODUCT, product), name, statistic, period);
  }

  private static Metric metric(
      Map<String, String> dimensions, String name, String statistic, Duration period) {
    return Metric.Builder.create()
        .namespace(Metrics.NAMESPACE)
        .metricName(name)
        .dimensionsMap(dimensions)
        .statistic(statistic)
        .period(period)
        .build();
  }
}
