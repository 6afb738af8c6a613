package dev.ringfence.lab.cloud.cloudwatch;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.wire.AwsFault;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;

/** PutMetricAlarm, PutCompositeAlarm, SetAlarmState and DeleteAlarms. */
public final class AlarmOperations {
  private static final Set<String> COMPARISONS =
      Set.of(
          "GreaterThanOrEqualToThreshold",
          "GreaterThanThreshold",
          "LessThanThreshold",
          "LessThanOrEqualToThreshold");
  private static final Set<String> STATISTICS =
      Set.of("Average", "Maximum", "Minimum", "Sum", "SampleCount");
  private static final Set<String> MISSING =
      Set.of("breaching", "notBreaching", "ignore", "missing");

  /** The lab's machines report once a minute, so shorter periods have nothing to look at. */
  private static final int PERIOD_UNIT_SECONDS = 60;

  private final Alarms alarms;

  public AlarmOperations(Alarms alarms) {
    this.alarms = alarms;
  }

  public void open(Desk desk) {
    desk.open("PutMetricAlarm", PutMetricAlarmRequest::builder, this::putMetricAlarm);
    desk.open("PutCompositeAlarm", PutCompositeAlarmRequest::builder, this::putCompositeAlarm);
    desk.open("SetAlarmState", SetAlarmStateRequest::builder, this::setAlarmState);
    desk.open("DeleteAlarms", DeleteAlarmsRequest::builder, this::deleteAlarms);
  }

  private PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
    Integer period = request.period();
    Integer periods = request.evaluationPeriods();
    Double threshold = request.threshold();
    if (period == null || period <= 0 || period % PERIOD_UNIT_SECONDS != 0) {
      throw bad("Period must be a multiple of " + PERIOD_UNIT_SECONDS);
    }
    if (periods == null || periods < 1 || threshold == null) {
      throw bad("EvaluationPeriods and Threshold are required");
    }
    Integer toAlarm = request.datapointsToAlarm();
    if (toAlarm != null && (toAlarm < 1 || toAlarm > periods)) {
      throw bad("DatapointsToAlarm must be between 1 and EvaluationPeriods");
    }
    Alarm.MetricRule rule =
        new Alarm.MetricRule(
            metric(request),
            oneOf("Statistic", STATISTICS, request.statisticAsString()),
            period,
            periods,
            toAlarm == null ? periods : toAlarm,
            threshold,
            oneOf("ComparisonOperator", COMPARISONS, request.comparisonOperatorAsString()),
            request.treatMissingData() == null
                ? "missing"
                : oneOf("TreatMissingData", MISSING, request.treatMissingData()));
    Alarm alarm = alarms.put(name(request.alarmName()), rule);
    alarm.description = orEmpty(request.alarmDescription());
    alarm.actionsEnabled = !Boolean.FALSE.equals(request.actionsEnabled());
    alarm.alarmActions = request.alarmActions();
    return PutMetricAlarmResponse.builder().build();
  }

  private static FleetMetrics.Metric metric(PutMetricAlarmRequest request) {
    if (request.namespace() == null || request.metricName() == null) {
      throw bad("Namespace and MetricName are required; the lab has no metric math");
    }
    Map<String, String> dimensions = new TreeMap<>();
    request.dimensions().forEach(d -> dimensions.put(d.name(), d.value()));
    return new FleetMetrics.Metric(
        request.namespace(), request.metricName(), Collections.unmodifiableMap(dimensions));
  }

  private PutCompositeAlarmResponse putCompositeAlarm(PutCompositeAlarmRequest request) {
    String text = orEmpty(request.alarmRule());
    RuleExpression expression = RuleExpression.parse(text);
    for (String child : expression.children()) {
      if (alarms.find(child) == null) {
        throw bad("AlarmRule names an alarm that does not exist: " + child);
      }
    }
    Alarm alarm = alarms.put(name(request.alarmName()), new Alarm.CompositeRule(text, expression));
    alarm.description = orEmpty(request.alarmDescription());
    alarm.actionsEnabled = !Boolean.FALSE.equals(request.actionsEnabled());
    alarm.alarmActions = request.alarmActions();
    return PutCompositeAlarmResponse.builder().build();
  }

  private SetAlarmStateResponse setAlarmState(SetAlarmStateRequest request) {
    Alarm alarm = alarms.find(name(request.alarmName()));
    if (alarm == null) {
      throw new AwsFault("ResourceNotFound", 404, "There is no alarm " + request.alarmName());
    }
    String state = request.stateValueAsString();
    try {
      alarms.set(
          alarm,
          Alarm.State.valueOf(orEmpty(state)),
          orEmpty(request.stateReason()),
          orEmpty(request.stateReasonData()));
    } catch (IllegalArgumentException noSuchState) {
      throw bad("StateValue is not a state: " + state);
    }
    return SetAlarmStateResponse.builder().build();
  }

  private DeleteAlarmsResponse deleteAlarms(DeleteAlarmsRequest request) {
    for (String name : request.alarmNames()) {
      if (alarms.find(name) == null) {
        throw new AwsFault("ResourceNotFound", 404, "There is no alarm " + name);
      }
    }
    request.alarmNames().forEach(alarms::delete);
    return DeleteAlarmsResponse.builder().build();
  }

  private static String name(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      throw bad("AlarmName is required");
    }
    return name;
  }

  private static String oneOf(String field, Set<String> allowed, @Nullable String value) {
    if (value == null || !allowed.contains(value)) {
      throw bad(field + " is not supported: " + value);
    }
    return value;
  }

  private static AwsFault bad(String message) {
    return new AwsFault("ValidationError", 400, message);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
