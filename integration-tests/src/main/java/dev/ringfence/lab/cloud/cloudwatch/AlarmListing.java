package dev.ringfence.lab.cloud.cloudwatch;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Page;
import dev.ringfence.lab.wire.AwsFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * DescribeAlarms. Without AlarmTypes it lists metric alarms only; unknown names are just absent.
 */
public final class AlarmListing {
  /** DescribeAlarms takes at most a hundred names, and gives at most a hundred alarms a page. */
  private static final int NAMES_MOST = 100;

  private static final int PAGE_DEFAULT = 50;

  private final Alarms alarms;

  public AlarmListing(Alarms alarms) {
    this.alarms = alarms;
  }

  public void open(Desk desk) {
    desk.open("DescribeAlarms", DescribeAlarmsRequest::builder, this::describeAlarms);
  }

  private DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
    if (request.alarmNames().size() > NAMES_MOST) {
      throw new AwsFault(
          "ValidationError", 400, "At most " + NAMES_MOST + " alarm names may be given");
    }
    List<String> types = request.alarmTypesAsStrings();
    boolean composites = types.contains("CompositeAlarm");
    boolean metrics = types.isEmpty() || types.contains("MetricAlarm");
    Page<Alarm> page =
        Page.of(
            candidates(request),
            alarm ->
                switch (alarm.rule) {
                      case Alarm.MetricRule _ -> metrics;
                      case Alarm.CompositeRule _ -> composites;
                    }
                    && matches(alarm, request),
            Page.limit(request.maxRecords(), 1, NAMES_MOST, PAGE_DEFAULT, "ValidationError"),
            request.nextToken(),
            "InvalidNextToken");
    List<MetricAlarm> metricAlarms = new ArrayList<>();
    List<CompositeAlarm> compositeAlarms = new ArrayList<>();
    for (Alarm alarm : page.items()) {
      switch (alarm.rule) {
        case Alarm.MetricRule rule -> metricAlarms.add(view(alarm, rule));
        case Alarm.CompositeRule rule -> compositeAlarms.add(view(alarm, rule));
      }
    }
    return DescribeAlarmsResponse.builder()
        .metricAlarms(metricAlarms)
        .compositeAlarms(compositeAlarms)
        .nextToken(page.nextToken())
        .build();
  }

  private List<Alarm> candidates(DescribeAlarmsRequest request) {
    if (request.alarmNames().isEmpty()) {
      return List.copyOf(alarms.all());
    }
    return request.alarmNames().stream()
        .distinct()
        .map(alarms::find)
        .filter(Objects::nonNull)
        .toList();
  }

  private static boolean matches(Alarm alarm, DescribeAlarmsRequest request) {
    String prefix = request.alarmNamePrefix();
    String state = request.stateValueAsString();
    return (prefix == null || alarm.name.startsWith(prefix))
        && (state == null || alarm.standing.value().name().equals(state));
  }

  private static MetricAlarm view(Alarm alarm, Alarm.MetricRule rule) {
    List<Dimension> dimensions = new ArrayList<>();
    new TreeMap<>(rule.metric().dimensions())
        .forEach((name, value) -> dimensions.add(dimension(name, value)));
    return MetricAlarm.builder()
        .alarmName(alarm.name)
        .alarmArn(AlarmEvents.arn(alarm.name))
        .alarmDescription(alarm.description)
        .alarmConfigurationUpdatedTimestamp(alarm.configuredAt)
        .actionsEnabled(alarm.actionsEnabled)
        .alarmActions(alarm.alarmActions)
        .stateValue(alarm.standing.value().name())
        .stateReason(alarm.standing.reason())
        .stateReasonData(orNull(alarm.standing.reasonData()))
        .stateUpdatedTimestamp(alarm.updatedAt)
        .stateTransitionedTimestamp(alarm.transitionedAt)
        .evaluationState(alarm.evaluationState)
        .namespace(rule.metric().namespace())
        .metricName(rule.metric().name())
        .dimensions(dimensions)
        .statistic(rule.statistic())
        .period(rule.periodSeconds())
        .evaluationPeriods(rule.evaluationPeriods())
        .datapointsToAlarm(rule.datapointsToAlarm())
        .threshold(rule.threshold())
        .comparisonOperator(rule.comparison())
        .treatMissingData(rule.missing())
        .build();
  }

  private static CompositeAlarm view(Alarm alarm, Alarm.CompositeRule rule) {
    return CompositeAlarm.builder()
        .alarmName(alarm.name)
        .alarmArn(AlarmEvents.arn(alarm.name))
        .alarmDescription(alarm.description)
        .alarmConfigurationUpdatedTimestamp(alarm.configuredAt)
        .actionsEnabled(alarm.actionsEnabled)
        .alarmActions(alarm.alarmActions)
        .alarmRule(rule.text())
        .stateValue(alarm.standing.value().name())
        .stateReason(alarm.standing.reason())
        .stateReasonData(orNull(alarm.standing.reasonData()))
        .stateUpdatedTimestamp(alarm.updatedAt)
        .stateTransitionedTimestamp(alarm.transitionedAt)
        .build();
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
