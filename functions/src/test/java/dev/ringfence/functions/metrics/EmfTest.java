package dev.ringfence.functions.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.functions.fakes.Calls;
import dev.ringfence.functions.metrics.Emf.Metric;
import dev.ringfence.functions.metrics.Emf.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmfTest {
  private final List<String> lines = new ArrayList<>();
  private final Emf emf =
      new Emf(lines::add, () -> Instant.parse("2026-11-03T12:00:00Z"), "fleet-one");

  private static JsonNode json(String quoted) {
    return Calls.json(quoted.replace('\'', '"'));
  }

  @Test
  void metricOfAProduct_isToldOfTheCellTooAndOfNobodyElse() {
    emf.write(
        Map.of("Product", "falcon"),
        List.of(
            new Metric("DrillsRun", Unit.COUNT, 15), new Metric("Coverage", Unit.PERCENT, 99.5)));
    assertEquals(
        List.of(
            json(
                """
                {
                  '_aws': {
                    'Timestamp': 1793707200000,
                    'CloudWatchMetrics': [{
                      'Namespace': 'Ringfence',
                      'Dimensions': [['Cell', 'Product'], ['Cell']],
                      'Metrics': [{'Name': 'DrillsRun', 'Unit': 'Count'},
                                  {'Name': 'Coverage', 'Unit': 'Percent'}]}]
                  },
                  'Cell': 'fleet-one', 'Product': 'falcon', 'DrillsRun': 15.0, 'Coverage': 99.5
                }
                """)),
        lines.stream().map(Calls::json).toList());
  }

  @Test
  void metricOfTheWholeCell_isToldOnce() {
    emf.write(Map.of(), List.of(new Metric("Runs", Unit.COUNT, 1)));
    assertEquals(
        json("[['Cell']]"),
        Calls.json(lines.getFirst()).at("/_aws/CloudWatchMetrics/0/Dimensions"));
  }

  @Test
  void nothingToTell_isNoLine() {
    emf.write(Map.of("Product", "falcon"), List.of());
    assertEquals(List.of(), lines);
  }
}
