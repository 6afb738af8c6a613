package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.health.AlarmSight;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateRequest;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;

class GatesTest {
  private final FakeAws aws = new FakeAws();

  @Test
  void alarmsOfBothTypes_areReadOverAllPages() {
    aws.cloudWatch.script.on(
        DescribeAlarmsRequest.class,
        request ->
            request.nextToken() == null
                ? DescribeAlarmsResponse.builder()
                    .metricAlarms(
                        MetricAlarm.builder()
                            .alarmName("errors")
                            .stateValue("OK")
                            .evaluationState("PARTIAL_DATA")
                            .stateReason("too many series")
                            .build())
                    .nextToken("more")
                    .build()
                : DescribeAlarmsResponse.builder()
                    .compositeAlarms(
                        CompositeAlarm.builder()
                            .alarmName("all")
                            .stateValue("ALARM")
                            .stateReason("errors")
                            .build())
                    .build());
    Sight sight = look(Set.of("errors", "all", "deleted"), Set.of());
    assertEquals(
        Map.of(
            "errors", new AlarmSight("errors", "OK", "PARTIAL_DATA", "too many series"),
            "all", new AlarmSight("all", "ALARM", "", "errors")),
        sight.alarms());
    assertTrue(sight.alarmsRead());
    List<DescribeAlarmsRequest> asked = aws.cloudWatch.script.all(DescribeAlarmsRequest.class);
    assertEquals(2, asked.size());
    for (DescribeAlarmsRequest request : asked) {
      assertEquals(
          List.of(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM), request.alarmTypes());
      assertEquals(List.of("all", "deleted", "errors"), request.alarmNames());
    }
  }

  /** Silencing an alarm's actions changes nothing of what it saw. */
  @Test
  void alarmsWhoseActionsAreSilenced_areReadAsTheyStand() {
    aws.cloudWatch.script.on(
        DescribeAlarmsRequest.class,
        request ->
            DescribeAlarmsResponse.builder()
                .metricAlarms(
                    MetricAlarm.builder()
                        .alarmName("disabled")
                        .actionsEnabled(false)
                        .stateValue("ALARM")
                        .stateReason("errors")
                        .build())
                .compositeAlarms(
                    CompositeAlarm.builder()
                        .alarmName("suppressed")
                        .actionsSuppressedBy("Alarm")
                        .actionsSuppressedReason("Actions suppressed by maintenance")
                        .stateValue("ALARM")
                        .stateReason("a child is in ALARM")
                        .build())
                .build());
    assertEquals(
        Map.of(
            "disabled", new AlarmSight("disabled", "ALARM", "", "errors"),
            "suppressed", new AlarmSight("suppressed", "ALARM", "", "a child is in ALARM")),
        look(Set.of("disabled", "suppressed"), Set.of()).alarms());
  }

  @Test
  void moreThan100Alarms_takeMoreThanOneCallAndAFailedOneLeavesThemUnread() {
    Set<String> names = new HashSet<>();
    for (int n = 0; n < 120; n++) {
      names.add(String.format("alarm-%03d", n));
    }
    aws.cloudWatch.script.on(
        DescribeAlarmsRequest.class,
        request -> {
          if (request.alarmNames().size() < 100) {
            throw FakeAws.error("Throttling", 400);
          }
          return DescribeAlarmsResponse.builder()
              .metricAlarms(MetricAlarm.builder().alarmName("alarm-000").stateValue("OK").build())
              .build();
        });
    Sight sight = look(names, Set.of());
    assertFalse(sight.alarmsRead());
    assertEquals(Map.of("alarm-000", new AlarmSight("alarm-000", "OK", "", "")), sight.alarms());
    assertEquals(List.of("DescribeAlarms of 20: Throttling"), sight.gaps());
  }

  @Test
  void calendars_areAskedForTogether() {
    aws.ssm.script.on(
        GetCalendarStateRequest.class,
        request -> GetCalendarStateResponse.builder().state("OPEN").build());
    assertEquals(true, look(Set.of(), Set.of("holidays", "freeze")).calendarOpen());
    assertEquals(
        List.of("freeze", "holidays"),
        aws.ssm.script.all(GetCalendarStateRequest.class).getFirst().calendarNames());
  }

  @Test
  void closedOrStrangeCalendar_isNotOpen() {
    for (String state : List.of("CLOSED", "AJAR")) {
      aws.ssm.script.on(
          GetCalendarStateRequest.class,
          request -> GetCalendarStateResponse.builder().state(state).build());
      assertEquals(false, look(Set.of(), Set.of("freeze")).calendarOpen(), state);
    }
  }

  @Test
  void calendarThatCannotBeRead_isNeitherOpenNorClosed() {
    aws.ssm.script.on(
        GetCalendarStateRequest.class,
        request -> {
          throw FakeAws.error("InvalidDocument", 400);
        });
    Sight sight = look(Set.of(), Set.of("freeze"));
    assertNull(sight.calendarOpen());
    assertEquals(List.of("GetCalendarState: InvalidDocument"), sight.gaps());
  }

  @Test
  void nothingToLookAt_costsNoCall() {
    Sight sight = aws.world().observe(Watch.NOTHING);
    assertEquals(
        0, aws.ec2.script.calls() + aws.ssm.script.calls() + aws.cloudWatch.script.calls());
    assertNull(sight.fleet());
    assertEquals(true, sight.calendarOpen());
    assertEquals(List.of(), sight.gaps());
  }

  private Sight look(Set<String> alarms, Set<String> calendars) {
    return aws.world().observe(Watch.NOTHING.withGates(alarms, calendars));
  }
}
