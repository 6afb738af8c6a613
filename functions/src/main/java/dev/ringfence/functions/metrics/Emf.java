package dev.ringfence.functions.metrics;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.Metrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes metrics as log lines, from which CloudWatch Logs makes metrics by itself: no call, no
 * permission, nothing that could fail a beat.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
public final class Emf {
  private static final JsonMapper JSON = new JsonMapper();

  private final Consumer<String> line;
  private final InstantSource time;
  private final String cell;

  /**
   * @param line writes one line to the function's log, as it is
   * @param cell what the cell is called, which every metric carries
   */
  public Emf(Consumer<String> line, InstantSource time, String cell) {
    this.line = line;
    this.time = time;
    this.cell = cell;
  }

  /** CloudWatch's words for units. */
  public enum Unit {
    COUNT("Count"),
    SECONDS("Seconds"),
    PERCENT("Percent");

    private final String word;

    Unit(String word) {
      this.word = word;
    }
  }

  /** One number. */
  public record Metric(String name, Unit unit, double value) {}

  /**
   * Writes some metrics that were taken together: each by the cell and all of the dimensions, and
   * once more by the cell alone.
   *
   * @param dimensions names and values beside the cell; a value is not empty and has at most 1024
   *     characters
   */
  public void write(Map<String, String> dimensions, List<Metric> metrics) {
    if (metrics.isEmpty()) {
      return;
    }
    ObjectNode root = JSON.createObjectNode();
    ObjectNode aws = root.putObject("_aws").put("Timestamp", time.instant().toEpochMilli());
    ObjectNode directive =
        aws.putArray("CloudWatchMetrics").addObject().put("Namespace", Metrics.NAMESPACE);
    ArrayNode sets = directive.putArray("Dimensions");
    if (!dimensions.isEmpty()) {
      ArrayNode all = sets.addArray().add(Metrics.CELL);
      dimensions.keySet().stream().sorted().forEach(all::add);
    }
    sets.addArray().add(Metrics.CELL);
    ArrayNode definitions = directive.putArray("Metrics");
    for (Metric metric : metrics) {
      definitions.addObject().put("Name", metric.name()).put("Unit", metric.unit().word);
    }
    root.put(Metrics.CELL, cell);
    dimensions.forEach(root::put);
    metrics.forEach(metric -> root.put(metric.name(), metric.value()));
    line.accept(root.toString());
  }
}
