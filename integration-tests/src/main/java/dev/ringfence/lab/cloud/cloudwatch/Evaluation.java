package dev.ringfence.lab.cloud.cloudwatch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges one metric alarm from the minutes that were seen. CloudWatch looks at more periods than it
 * needs, so the last good points keep an alarm OK for a while after its metric has gone.
 */
final class Evaluation {
  /** How many more periods are looked at than evaluated. AWS documents that, not how many. */
  private static final int EXTRA_PERIODS = 2;

  private final Alarm.MetricRule rule;
  private final TreeMap<Instant, Double> minutes = new TreeMap<>();

  Evaluation(Alarm.MetricRule rule) {
    this.rule = rule;
  }

  /** Takes in a minute's value, or that there was none, and says how the alarm stands now. */
  Alarm.@Nullable Standing minute(Instant now, @Nullable Double value) {
    Duration window = period().multipliedBy((long) rule.evaluationPeriods() + EXTRA_PERIODS);
    minutes.headMap(now.minus(window), true).clear();
    if (value != null) {
      minutes.put(now, value);
    }
    return judge(now, points(now));
  }

  /** The newest data points, newest first, at most as many as are evaluated. */
  private List<Double> points(Instant now) {
    List<Double> points = new ArrayList<>();
    for (int i = 0; i < rule.evaluationPeriods() + EXTRA_PERIODS; i++) {
      Instant end = now.minus(period().multipliedBy(i));
      Map<Instant, Double> of = minutes.subMap(end.minus(period()), false, end, true);
      if (!of.isEmpty() && points.size() < rule.evaluationPeriods()) {
        points.add(statistic(of));
      }
    }
    return points;
  }

  private Alarm.@Nullable Standing judge(Instant now, List<Double> points) {
    if (points.isEmpty()) {
      return switch (rule.missing()) {
        case "breaching" -> standing(now, Alarm.State.ALARM, points, 0);
        case "notBreaching" -> standing(now, Alarm.State.OK, points, 0);
        case "ignore" -> null;
        default -> standing(now, Alarm.State.INSUFFICIENT_DATA, points, 0);
      };
    }
    int breaching = (int) points.stream().filter(this::breaches).count();
    int absent = rule.evaluationPeriods() - points.size();
    int counted = breaching + (rule.missing().equals("breaching") ? absent : 0);
    Alarm.State state = counted >= rule.datapointsToAlarm() ? Alarm.State.ALARM : Alarm.State.OK;
    return standing(now, state, points, state == Alarm.State.ALARM ? breaching : 0);
  }

  private boolean breaches(double value) {
    return switch (rule.comparison()) {
      case "GreaterThanOrEqualToThreshold" -> value >= rule.threshold();
      case "GreaterThanThreshold" -> value > rule.threshold();
      case "LessThanThreshold" -> value < rule.threshold();
      case "LessThanOrEqualToThreshold" -> value <= rule.threshold();
      default -> throw new IllegalStateException("unchecked comparison " + rule.comparison());
    };
  }

  private double statistic(Map<Instant, Double> of) {
    var values = of.values().stream().mapToDouble(Double::doubleValue);
    return switch (rule.statistic()) {
      case "Maximum" -> values.max().orElseThrow();
      case "Minimum" -> values.min().orElseThrow();
      case "Sum" -> values.sum();
      case "SampleCount" -> values.count();
      default -> values.average().orElseThrow();
    };
  }

  private Alarm.Standing standing(
      Instant now, Alarm.State state, List<Double> points, int breaching) {
    return new Alarm.Standing(state, reason(state, points, breaching), data(now, points), now);
  }

  private String reason(Alarm.State state, List<Double> points, int breaching) {
    int all = rule.evaluationPeriods();
    if (points.isEmpty()) {
      return state == Alarm.State.INSUFFICIENT_DATA
          ? "Insufficient Data: " + all + " datapoints were unknown."
          : "Threshold Crossed: no datapoints were received for "
              + all
              + " periods and "
              + all
              + " missing datapoints were treated as ["
              + rule.missing()
              + "].";
    }
    boolean alarm = state == Alarm.State.ALARM;
    return "Threshold Crossed: "
        + (alarm ? breaching : points.size())
        + " out of the last "
        + all
        + " datapoints "
        + points
        + (alarm ? " crossed" : " did not cross")
        + " the threshold ("
        + rule.threshold()
        + ").";
  }

  private String data(Instant now, List<Double> points) {
    ObjectNode data = new JsonMapper().createObjectNode();
    data.put("version", "1.0");
    data.put("queryDate", AlarmEvents.stamp(now));
    data.put("startDate", AlarmEvents.stamp(now.minus(period())));
    data.put("statistic", rule.statistic());
    data.put("period", rule.periodSeconds());
    ArrayNode recent = data.putArray("recentDatapoints");
    points.reversed().forEach(recent::add);
    data.put("threshold", rule.threshold());
    return data.toString();
  }

  private Duration period() {
    return Duration.ofSeconds(rule.periodSeconds());
  }
}
