package dev.ringfence.lab.cloud.cloudwatch;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alarm of either kind: its rule, and its state. A new one starts INSUFFICIENT_DATA. */
final class Alarm {
  /** What CloudWatch calls the state. */
  enum State {
    OK,
    ALARM,
    INSUFFICIENT_DATA
  }

  /** What is watched. */
  sealed interface Rule {}

  /**
   * One metric against a threshold.
   *
   * @param periodSeconds how much time a data point sums up, in seconds
   * @param comparison such as {@code GreaterThanThreshold}
   * @param missing {@code breaching}, {@code notBreaching}, {@code ignore} or {@code missing}
   */
  record MetricRule(
      FleetMetrics.Metric metric,
      String statistic,
      int periodSeconds,
      int evaluationPeriods,
      int datapointsToAlarm,
      double threshold,
      String comparison,
      String missing)
      implements Rule {}

  /** Other alarms' states. */
  record CompositeRule(String text, RuleExpression expression) implements Rule {}

  /** A state with why and since when. */
  record Standing(State value, String reason, String reasonData, Instant at) {}

  /** Actions are muted in a window; the state still changes. */
  record Mute(String ruleArn, Instant from, Instant until) {}

  final String name;
  Rule rule;
  String description;
  boolean actionsEnabled;
  List<String> alarmActions = List.of();
  Standing standing;
  Instant updatedAt;
  Instant transitionedAt;
  Instant configuredAt;
  @Nullable String evaluationState;
  @Nullable Mute mute;

  Alarm(String name, Rule rule, Instant now) {
    this.name = name;
    this.rule = rule;
    this.description = "";
    this.standing =
        new Standing(State.INSUFFICIENT_DATA, "Unchecked: Initial alarm creation", "", now);
    this.updatedAt = now;
    this.transitionedAt = now;
    this.configuredAt = now;
  }

  @Nullable Mute muteAt(Instant now) {
    Mute window = mute;
    return window != null && !now.isBefore(window.from()) && now.isBefore(window.until())
        ? window
        : null;
  }
}
