package dev.ringfence.functions.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.engine.AlarmIntake;
import dev.ringfence.engine.Engine;
import dev.ringfence.functions.console.Rollouts;
import dev.ringfence.functions.fakes.BlindWorld;
import dev.ringfence.functions.fakes.Calls;
import dev.ringfence.functions.fakes.MemoryStore;
import dev.ringfence.operation.Request;
import dev.ringfence.rollout.Rollout;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmChangedFunctionTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  /** When the alarm went off. */
  private static final String AT = "2026-11-01T11:59:59.000+0000";

  /** The shape that CloudWatch's user guide shows for a metric alarm. */
  private static final String METRIC =
      """
      {"version": "0", "id": "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
       "detail-type": "CloudWatch Alarm State Change", "source": "aws.cloudwatch",
       "account": "111122223333", "time": "2026-11-01T11:59:59Z", "region": "eu-central-1",
       "resources": ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:checkout-5xx"],
       "detail": {"alarmName": "checkout-5xx",
         "configuration": {"metrics": [{"id": "m1", "returnData": true, "metricStat": {
           "metric": {"namespace": "Shop", "name": "5xx", "dimensions": {"Page": "checkout"}},
           "period": 60, "stat": "Sum"}}]},
         "previousState": {"value": "OK", "timestamp": "2026-11-01T11:40:59.000+0000",
           "reason": "fine", "reasonData": "{\\"version\\":\\"1.0\\"}"},
         "state": {"value": "ALARM", "timestamp": "2026-11-01T11:59:59.000+0000",
           "reason": "1 datapoint [99.5] was greater than the threshold (50.0)",
           "reasonData": "{\\"recentDatapoints\\":[99.50160229693434]}"}}}
      """;

  private final MemoryStore store = new MemoryStore();
  private final AlarmChangedFunction function =
      new AlarmChangedFunction(
          new AlarmIntake(
              store,
              new Engine(store, new BlindWorld(() -> NOW), (kind, id) -> {}, () -> NOW),
              () -> NOW));

  /** Of three that watch the alarm, one has not given its release to anybody yet. */
  AlarmChangedFunctionTest() {
    Rollout queued = Rollouts.queued("falcon", "7.1");
    Instant since = NOW.minusSeconds(60);
    Rollouts.store(
        store,
        Rollouts.exposing(queued, "r-1", since),
        Rollouts.exposing(queued, "r-2", since),
        queued);
    store.watchers.put("checkout-5xx", List.of("r-1", queued.id(), "r-2"));
  }

  private static JsonNode halted(String ids) {
    return Calls.json("{\"halted\":" + ids + "}");
  }

  private static Request halt(String evidence) {
    return new Request(Request.Wish.HALT, "alarm checkout-5xx", evidence, NOW);
  }

  @Test
  void alarm_haltsEveryRolloutThatNamesItOnce() {
    assertEquals(halted("[\"r-1\",\"r-2\"]"), Calls.call(function, METRIC));
    assertEquals(halted("[]"), Calls.call(function, METRIC));

    Request halt = halt("1 datapoint [99.5] was greater than the threshold (50.0)");
    assertEquals(Map.of("r-1", halt, "r-2", halt), store.requests);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OK", "INSUFFICIENT_DATA"})
  void otherStates_haltNothing(String state) {
    String event = METRIC.replace("\"ALARM\"", "\"" + state + "\"");
    assertEquals(halted("[]"), Calls.call(function, event));
    assertEquals(Map.of(), store.requests);
  }

  @Test
  void alarmThatWentOffBeforeTheRelease_haltsNothing() {
    String before = "2026-11-01T11:58:59.999+0000";
    assertEquals(halted("[]"), Calls.call(function, METRIC.replace(AT, before)));
    assertEquals(Map.of(), store.requests);
  }

  @Test
  void momentThatCannotBeRead_haltsAllTheSame() {
    assertEquals(halted("[\"r-1\",\"r-2\"]"), Calls.call(function, METRIC.replace(AT, "noon")));
  }

  @Test
  void mutedAlarm_haltsAllTheSameAndSaysSo() {
    Calls.call(
        function,
        METRIC.replace(
            "\"configuration\"",
            """
            "muteDetail": {
              "mutedByArn": "arn:aws:cloudwatch:eu-central-1:111122223333:alarm-mute-rule:night",
              "muteWindowStart": "2026-11-01T10:00:00.000+0000",
              "muteWindowEnd": "2026-11-01T14:00:00.000+0000"}, "configuration"
            """));
    assertEquals(
        halt(
            "1 datapoint [99.5] was greater than the threshold (50.0) (muted by"
                + " arn:aws:cloudwatch:eu-central-1:111122223333:alarm-mute-rule:night"
                + " until 2026-11-01T14:00:00.000+0000)"),
        store.requests.get("r-1"));
  }

  @Test
  void suppressedCompositeAlarm_haltsAllTheSameAndSaysSo() {
    Calls.call(
        function,
        """
        {"detail-type": "CloudWatch Alarm State Change", "source": "aws.cloudwatch",
         "detail": {"alarmName": "checkout-5xx",
           "previousState": {"value": "INSUFFICIENT_DATA",
             "reason": "Unchecked: Initial alarm creation",
             "timestamp": "2026-11-01T11:00:00.000+0000"},
           "state": {"value": "ALARM", "actionsSuppressedBy": "WaitPeriod",
             "actionsSuppressedReason": "Actions suppressed by WaitPeriod",
             "reason": "a child transitioned to ALARM",
             "reasonData": "{\\"triggeringAlarms\\":[]}",
             "timestamp": "2026-11-01T11:59:59.000+0000"},
           "configuration": {"alarmRule": "ALARM(child)", "actionsSuppressor": "maintenance",
             "actionsSuppressorWaitPeriod": 120, "actionsSuppressorExtensionPeriod": 180}}}
        """);
    assertEquals(
        halt("a child transitioned to ALARM (actions suppressed by WaitPeriod)"),
        store.requests.get("r-1"));
  }

  @Test
  void alarmWithoutAReasonOrWithAnotherMuteDetail_stillHalts() {
    String event =
        """
        {"detail-type": "CloudWatch Alarm State Change", "source": "aws.cloudwatch",
         "detail": {"alarmName": "checkout-5xx", "muteDetail": {"by": 7},
                    "state": {"value": "ALARM", "reason": ["a", "list"]}}}
        """;
    assertEquals(halted("[\"r-1\",\"r-2\"]"), Calls.call(function, event));
    assertEquals(halt("no reason given (muted)"), store.requests.get("r-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "alarmName,   'event.detail.alarmName must be a text that is not empty'",
    "value,       'event.detail.state.value must be a text that is not empty'",
    "detail-type, 'event.detail-type must be a text that is not empty'",
    "source,      'event.source must be a text that is not empty'"
  })
  void missingField_isNamed(String field, String message) {
    String event = METRIC.replace("\"" + field + "\"", "\"x-" + field + "\"");
    assertEquals(
        message,
        assertThrows(MalformedAlarmEvent.class, () -> Calls.call(function, event)).getMessage());
    assertEquals(Map.of(), store.requests);
  }

  @Test
  void stateThatCloudWatchDoesNotHave_isRefused() {
    String event = METRIC.replace("\"ALARM\"", "\"WARNING\"");
    assertEquals(
        "event.detail.state.value must be one of [ALARM, OK, INSUFFICIENT_DATA]",
        assertThrows(MalformedAlarmEvent.class, () -> Calls.call(function, event)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{\"source\":\"a\",\"source\":\"b\"}", "{\"source\":"})
  void whatIsNoEvent_isRefused(String payload) {
    assertThrows(MalformedAlarmEvent.class, () -> Calls.call(function, payload));
  }

  @ParameterizedTest
  @CsvSource({
    "CloudWatch Alarm State Change, CloudWatch Alarm Contributor State Change",
    "CloudWatch Alarm State Change, CloudWatch Alarm Configuration Change",
    "aws.cloudwatch,                somebody.else"
  })
  void eventsOfOtherTypesOrSources_changeNothing(String ours, String theirs) {
    assertEquals(halted("[]"), Calls.call(function, METRIC.replace(ours, theirs)));
    assertEquals(Map.of(), store.requests);
  }
}
