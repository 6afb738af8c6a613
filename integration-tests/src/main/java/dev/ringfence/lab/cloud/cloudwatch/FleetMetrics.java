package dev.ringfence.lab.cloud.cloudwatch;

import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the machines report, once a minute. {@code AWS/EC2 StatusCheckFailed} per instance is EC2's
 * own; {@code Ringfence/Fleet} counts the machines of a product that fail their checks or are
 * silent, as {@code MachinesFailing} and as {@code MachinesFailingPercent}.
 */
public final class FleetMetrics {
  /** The lab's namespace for what concerns a whole fleet. */
  public static final String NAMESPACE = "Ringfence/Fleet";

  public static final String FAILING = "MachinesFailing";
  public static final String FAILING_PERCENT = "MachinesFailingPercent";
  public static final String PRODUCT = "Product";

  /** Two missed five-minute pings, and a minute for the way. */
  private static final Duration SILENT_AFTER = Duration.ofMinutes(11);

  private static final String EC2 = "AWS/EC2";
  private static final String PRODUCT_TAG = "ringfence:product";

  /** One metric: a namespace, a name and its dimensions. */
  public record Metric(String namespace, String name, Map<String, String> dimensions) {}

  private record Silence(Metric metric, Instant from, Instant until) {}

  private final Fleet fleet;
  private final List<Silence> silences = new ArrayList<>();
  private final Map<String, Long> members = new TreeMap<>();

  public FleetMetrics(Fleet fleet) {
    this.fleet = fleet;
  }

  /** No data for a metric in a span of time, as when what reports it is down. */
  public void silence(Metric metric, Instant from, Instant until) {
    silences.add(new Silence(metric, from, until));
  }

  public static Metric failing(String product) {
    return new Metric(NAMESPACE, FAILING, Map.of(PRODUCT, product));
  }

  /** The value at an instant, or null when nobody reports any. */
  @Nullable Double value(Metric metric, Instant now) {
    for (Silence silence : silences) {
      if (silence.metric().equals(metric)
          && !now.isBefore(silence.from())
          && now.isBefore(silence.until())) {
        return null;
      }
    }
    if (metric.namespace().equals(EC2) && metric.name().equals("StatusCheckFailed")) {
      return statusCheckFailed(metric, now);
    }
    String product = metric.dimensions().get(PRODUCT);
    if (!metric.namespace().equals(NAMESPACE) || product == null) {
      return null;
    }
    return switch (metric.name()) {
      case FAILING -> (double) failing(product, now);
      case FAILING_PERCENT -> percent(product, now);
      default -> null;
    };
  }

  private @Nullable Double statusCheckFailed(Metric metric, Instant now) {
    String id = metric.dimensions().get("InstanceId");
    Machine machine = id == null ? null : fleet.instance(id);
    if (machine == null || machine.power() != Machine.Power.RUNNING) {
      return null;
    }
    return machine.checks().failed(machine, now) ? 1.0 : 0.0;
  }

  private @Nullable Double percent(String product, Instant now) {
    long all =
        members.computeIfAbsent(
            product,
            key -> fleet.machines().stream().filter(machine -> takes(machine, key)).count());
    return all == 0 ? null : 100.0 * failing(product, now) / all;
  }

  private long failing(String product, Instant now) {
    return fleet.unwell(machine -> isWell(machine, now)).stream()
        .filter(machine -> takes(machine, product) && isFailing(machine, now))
        .count();
  }

  /** Whether nothing can turn it into a failing machine but an event that lists it again. */
  private static boolean isWell(Machine machine, Instant now) {
    return machine.condition() == Machine.Condition.UP
        && machine.agent().isListening()
        && machine.agent().isTruthful()
        && !machine.checks().failed(machine, now)
        && machine.checks().isSteady()
        && !isSilent(machine, now);
  }

  private static boolean isFailing(Machine machine, Instant now) {
    return machine.power() == Machine.Power.RUNNING
        && (machine.checks().failed(machine, now) || isSilent(machine, now));
  }

  private static boolean isSilent(Machine machine, Instant now) {
    return machine.agent().lastPing(now).plus(SILENT_AFTER).isBefore(now);
  }

  private static boolean takes(Machine machine, String product) {
    return product.equals(machine.tags().get(PRODUCT_TAG));
  }
}
