package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.lab.cloud.cloudwatch.FleetMetrics;
import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;

class AlarmsTest {
  private static final long SEED = 13;
  private static final String ALARM = "falcon-failing";
  private static final String COMPOSITE = "anything";

  private final Lab lab = Lab.of(60, SEED);
  private final List<JsonNode> events = new ArrayList<>();

  private void put(String treatMissingData) {
    lab.cloud.onEvent(text -> events.add(read(text)));
    lab.ask(
        "monitoring",
        "PutMetricAlarm",
        PutMetricAlarmRequest.builder()
            .alarmName(ALARM)
            .namespace(FleetMetrics.NAMESPACE)
            .metricName(FleetMetrics.FAILING)
            .dimensions(Dimension.builder().name("Product").value("falcon").build())
            .statistic("Maximum")
            .period(60)
            .evaluationPeriods(1)
            .threshold(2.0)
            .comparisonOperator("GreaterThanOrEqualToThreshold")
            .treatMissingData(treatMissingData)
            .build(),
        PutMetricAlarmResponse.class);
  }

  private static JsonNode read(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(text, notJson);
    }
  }

  private DescribeAlarmsResponse describe(AlarmType... types) {
    return lab.ask(
        "monitoring",
        "DescribeAlarms",
        DescribeAlarmsRequest.builder()
            .alarmNames(ALARM, COMPOSITE, "never-made")
            .alarmTypes(types)
            .build(),
        DescribeAlarmsResponse.class);
  }

  private String state() {
    return describe().metricAlarms().getFirst().stateValueAsString();
  }

  private void crashTwo() {
    lab.cloud.fleet().machines().stream()
        .limit(2)
        .map(Machine::id)
        .forEach(lab.cloud.faults()::crash);
  }

  @Test
  void newAlarm_startsInsufficientThenFollowsTheMachines() {
    put("missing");
    assertEquals("INSUFFICIENT_DATA", state());
    lab.pass(Duration.ofMinutes(1));
    assertEquals("OK", state());
    crashTwo();
    lab.pass(Duration.ofMinutes(4));
    assertEquals("ALARM", state());
    assertEquals(
        List.of("INSUFFICIENT_DATA>OK", "OK>ALARM"),
        events.stream()
            .map(e ->
                e.at("/detail/previousState/value").asText()
                    + ">"
                    + e.at("/detail/state/value").asText())
            .toList());
  }

  @Test
  void event_hasTheShapeThatEventBridgeDelivers() {
    put("missing");
    lab.pass(Duration.ofMinutes(2));
    JsonNode event = events.getFirst();
    assertEquals("CloudWatch Alarm State Change", event.at("/detail-type").asText());
    assertEquals("aws.cloudwatch", event.at("/source").asText());
    assertEquals(
        "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:falcon-failing",
        event.at("/resources/0").asText());
    assertTrue(
        event
            .at("/detail/state/timestamp")
            .asText()
            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000"));
    assertTrue(event.at("/detail/state/reasonData").isTextual(), "JSON in a string");
    assertEquals(60, read(event.at("/detail/state/reasonData").asText()).at("/period").asInt());
    assertEquals(
        "falcon",
        event.at("/detail/configuration/metrics/0/metricStat/metric/dimensions/Product").asText());
    assertTrue(event.at("/detail/muteDetail").isMissingNode());
  }

  @Test
  void missingMetric_keepsTheAlarmOkForAWhileAndThenSaysSo() {
    put("missing");
    lab.pass(Duration.ofMinutes(1));
    Instant now = lab.now();
    lab.cloud
        .faults()
        .metricSilent(FleetMetrics.failing("falcon"), now, now.plus(Duration.ofHours(1)));
    lab.pass(Duration.ofMinutes(2));
    assertEquals("OK", state());
    lab.pass(Duration.ofMinutes(2));
    assertEquals("INSUFFICIENT_DATA", state());
  }

  @Test
  void missingMetric_treatedAsNotBreachingHidesADeadFleet() {
    put("notBreaching");
    lab.pass(Duration.ofMinutes(1));
    Instant now = lab.now();
    lab.cloud
        .faults()
        .metricSilent(FleetMetrics.failing("falcon"), now, now.plus(Duration.ofHours(1)));
    crashTwo();
    lab.pass(Duration.ofMinutes(10));
    assertEquals("OK", state());
  }

  @Test
  void composite_isListedOnlyWhenAskedForAndFollowsItsChild() {
    put("missing");
    lab.ask(
        "monitoring",
        "PutCompositeAlarm",
        PutCompositeAlarmRequest.builder()
            .alarmName(COMPOSITE)
            .alarmRule("ALARM(\"falcon-failing\") OR (ALARM(falcon-failing) AND FALSE)")
            .build(),
        PutCompositeAlarmResponse.class);
    lab.pass(Duration.ofMinutes(1));
    crashTwo();
    lab.pass(Duration.ofMinutes(4));
    assertEquals(List.of(), describe().compositeAlarms());
    var composite =
        describe(AlarmType.COMPOSITE_ALARM, AlarmType.METRIC_ALARM).compositeAlarms().getFirst();
    assertEquals("ALARM", composite.stateValueAsString());
    JsonNode last = events.getLast();
    assertTrue(last.at("/detail/configuration/metrics").isMissingNode());
    assertTrue(last.at("/detail/configuration/alarmRule").asText().startsWith("ALARM("));
  }

  @Test
  void malformedRule_isRefused() {
    put("missing");
    assertEquals(
        "400 ValidationError",
        lab.faultOf(
            "monitoring",
            "PutCompositeAlarm",
            PutCompositeAlarmRequest.builder()
                .alarmName(COMPOSITE)
                .alarmRule("ALARM(falcon-failing) OR")
                .build()));
  }

  @Test
  void mishaps_loseRepeatAndDelayEvents() {
    put("missing");
    lab.cloud.faults().loseNextEvent();
    lab.cloud.faults().repeatNextEvent(Duration.ofMinutes(1));
    lab.pass(Duration.ofMinutes(2));
    assertEquals(List.of(), events);
    crashTwo();
    lab.pass(Duration.ofMinutes(5));
    assertEquals(2, events.size());
    assertEquals(events.getFirst(), events.getLast(), "the same event twice, id and all");
  }

  @Test
  void mutedAlarm_stillChangesAndItsEventSaysThatItIsMuted() {
    put("missing");
    lab.cloud.faults().muteAlarm(ALARM, "arn:mute", lab.now(), lab.now().plus(Duration.ofHours(1)));
    lab.pass(Duration.ofMinutes(2));
    assertEquals("arn:mute", events.getFirst().at("/detail/muteDetail/mutedByArn").asText());
  }

  @Test
  void setState_lastsUntilTheNextEvaluation() {
    put("missing");
    lab.pass(Duration.ofMinutes(1));
    lab.ask(
        "monitoring",
        "SetAlarmState",
        SetAlarmStateRequest.builder()
            .alarmName(ALARM)
            .stateValue("ALARM")
            .stateReason("a drill")
            .build(),
        SetAlarmStateResponse.class);
    assertEquals("ALARM", state());
    lab.pass(Duration.ofMinutes(1));
    assertEquals("OK", state());
  }

  @Test
  void blindAlarm_keepsItsStateAndShowsThatItIsBlind() {
    put("missing");
    lab.pass(Duration.ofMinutes(1));
    lab.cloud.faults().alarmIsBlind(ALARM, "EVALUATION_FAILURE");
    crashTwo();
    lab.pass(Duration.ofMinutes(5));
    assertEquals("OK", state());
    assertEquals(
        "EVALUATION_FAILURE", describe().metricAlarms().getFirst().evaluationStateAsString());
  }
}
