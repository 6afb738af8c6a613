package dev.ringfence.functions.aws;

import dev.ringfence.health.AlarmSight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;

/**
 * Reads alarms as levels. Names that CloudWatch does not know are missing; the gate judges that.
 */
final class AlarmReader {
  /**
   * The most names that DescribeAlarms takes and the most records that it returns (API reference).
   */
  private static final int PAGE = 100;

  private final CloudWatchClient cloudWatch;
  private final Pacer pacer;

  AlarmReader(CloudWatchClient cloudWatch, Pacer pacer) {
    this.cloudWatch = cloudWatch;
    this.pacer = pacer;
  }

  /** By name; unread when a page failed. */
  Batches.Found<AlarmSight> read(Set<String> names, List<String> gaps) {
    return Batches.read(names, PAGE, "DescribeAlarms", this::page, gaps);
  }

  private Map<String, AlarmSight> page(List<String> names) {
    List<AlarmSight> alarms =
        Paging.all(token -> {
          pacer.spend(Pacer.Budget.DESCRIBE_ALARMS);
          DescribeAlarmsResponse page =
              cloudWatch.describeAlarms(
                  DescribeAlarmsRequest.builder()
                      .alarmNames(names)
                      // Left out, composite alarms would be invisible.
                      .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                      .maxRecords(PAGE)
                      .nextToken(token)
                      .build());
          return new Paging.Page<>(sights(page), page.nextToken());
        });
    Map<String, AlarmSight> byName = new HashMap<>();
    alarms.forEach(alarm -> byName.put(alarm.name(), alarm));
    return byName;
  }

  private static List<AlarmSight> sights(DescribeAlarmsResponse page) {
    List<AlarmSight> sights = new ArrayList<>();
    page.metricAlarms()
        .forEach(alarm ->
            sights.add(
                sight(
                    alarm.alarmName(),
                    alarm.stateValueAsString(),
                    alarm.evaluationStateAsString(),
                    alarm.stateReason(),
                    alarm.stateTransitionedTimestamp())));
    page.compositeAlarms()
        .forEach(alarm ->
            sights.add(
                sight(
                    alarm.alarmName(),
                    alarm.stateValueAsString(),
                    null,
                    alarm.stateReason(),
                    alarm.stateTransitionedTimestamp())));
    return sights;
  }

  private static AlarmSight sight(
      String name,
      @Nullable String state,
      @Nullable String evaluation,
      @Nullable String reason,
      @Nullable Instant since) {
    return new AlarmSight(
        name,
        Objects.requireNonNullElse(state, ""),
        Objects.requireNonNullElse(evaluation, ""),
        Objects.requireNonNullElse(reason, ""),
        since);
  }
}
