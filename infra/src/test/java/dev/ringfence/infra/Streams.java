package dev.ringfence.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.contract.Metrics;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Metrics as CloudWatch tells them apart: by namespace, name and all dimensions, written as {@code
 * Ringfence/DrillsRun Cell=ringfence}.
 */
final class Streams {
  private Streams() {}

  /** What the alarms of a template look at. */
  static Set<String> ofAlarms(Synth cell) {
    return cell.all("AWS::CloudWatch::Alarm").stream()
        .map(alarm -> ofAlarm(alarm.path("Properties")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String ofAlarm(JsonNode alarm) {
    TreeMap<String, String> dimensions = new TreeMap<>();
    for (JsonNode one : alarm.path("Dimensions")) {
      dimensions.put(one.path("Name").asText(), one.path("Value").asText());
    }
    return stream(alarm.path("Namespace").asText(), alarm.path("MetricName").asText(), dimensions);
  }

  /** What the graphs of a dashboard show of the functions' own metrics. */
  static Set<String> ofGraphs(JsonNode dashboard) {
    Set<String> streams = new TreeSet<>();
    for (JsonNode widget : dashboard.path("widgets")) {
      for (JsonNode metric : widget.at("/properties/metrics")) {
        if (metric.path(0).asText().equals(Metrics.NAMESPACE)) {
          streams.add(ofGraph(metric));
        }
      }
    }
    return streams;
  }

  /** Namespace, name, then names and values of dimensions, then how it is drawn. */
  private static String ofGraph(JsonNode metric) {
    TreeMap<String, String> dimensions = new TreeMap<>();
    for (int i = 2; i + 1 < metric.size() && metric.get(i).isTextual(); i += 2) {
      dimensions.put(metric.get(i).asText(), metric.get(i + 1).asText());
    }
    return stream(metric.get(0).asText(), metric.get(1).asText(), dimensions);
  }

  /** What CloudWatch makes of one line of a function's log. */
  static Set<String> ofLine(JsonNode line) {
    Set<String> streams = new TreeSet<>();
    for (JsonNode directive : line.at("/_aws/CloudWatchMetrics")) {
      for (JsonNode set : directive.path("Dimensions")) {
        TreeMap<String, String> dimensions = new TreeMap<>();
        set.forEach(name -> dimensions.put(name.asText(), line.path(name.asText()).asText()));
        directive
            .path("Metrics")
            .forEach(metric ->
                streams.add(
                    stream(
                        directive.path("Namespace").asText(),
                        metric.path("Name").asText(),
                        dimensions)));
      }
    }
    return streams;
  }

  /**
   * Names that a template gives to things, by the thing's type. References are no names, and
   * neither is what the reader of templates left of one, nor a metric's.
   */
  static Set<String> names(Synth cell) {
    Set<String> names = new TreeSet<>();
    for (JsonNode resource : cell.all()) {
      String type = resource.path("Type").asText();
      resource
          .path("Properties")
          .properties()
          .forEach(property -> {
            String value = property.getValue().asText();
            if (isName(property.getKey()) && !isReference(value)) {
              names.add(type + " " + value);
            }
          });
    }
    return names;
  }

  private static boolean isName(String property) {
    return property.endsWith("Name") && !property.equals("MetricName");
  }

  private static boolean isReference(String value) {
    return value.contains("${Ringfence") || value.startsWith(":");
  }

  private static String stream(
      String namespace, String name, NavigableMap<String, String> dimensions) {
    return namespace
        + "/"
        + name
        + dimensions.entrySet().stream()
            .map(one -> " " + one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining());
  }
}
