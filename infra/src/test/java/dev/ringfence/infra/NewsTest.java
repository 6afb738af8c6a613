package dev.ringfence.infra;

import static dev.ringfence.infra.Synth.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What people hear of: the cell's own words, and its own failures. */
class NewsTest {
  private static final Synth CELL = Synth.cell();

  @Test
  void news_isWhatTheCellSaysAboutHarmAndNeed() {
    assertEquals(
        json(
            """
            {
              'source': ['ringfence'],
              'detail-type': ['Rollout Halted', 'Restore Started', 'Restore Ended',
                              'Person Needed', 'Drill Failed']
            }
            """),
        CELL.properties("AWS::Events::Rule", "ringfence-news").path("EventPattern"));
  }

  @Test
  void topic_isEncryptedWithAKeyThatCloudWatchAndEventBridgeMayUse() {
    assertEquals(
        json(
            """
            {'TopicName': 'ringfence-news', 'DisplayName': 'ringfence',
             'KmsMasterKeyId': '${RingfenceNotificationsKey.Arn}'}
            """),
        CELL.properties("AWS::SNS::Topic", "ringfence-news"));
    String policy = CELL.properties("AWS::KMS::Key", "ringfence-news").path("KeyPolicy").toString();
    assertEquals(true, policy.contains("cloudwatch.amazonaws.com"));
    assertEquals(true, policy.contains("events.amazonaws.com"));
  }

  /**
   * The function's name is cut out of its version's ARN, which the reader of templates leaves off.
   */
  @Test
  void changesOfTheTable_goToTheFunctionThatTells() {
    assertEquals(
        json(
            """
            {
              'EventSourceArn': '${RingfenceOperationsTable.StreamArn}',
              'FunctionName': ':live',
              'StartingPosition': 'TRIM_HORIZON',
              'BatchSize': 100,
              'FunctionResponseTypes': ['ReportBatchItemFailures']
            }
            """),
        CELL.properties("AWS::Lambda::EventSourceMapping", "StreamArn"));
  }

  @Test
  void cellsOwnFailures_areAlarms() {
    assertEquals(
        new TreeSet<>(
            List.of(
                "ringfence-alarm-changed-dead-letters",
                "ringfence-clock-aborted",
                "ringfence-clock-failed",
                "ringfence-clock-timed-out",
                "ringfence-drill-beat-errors",
                "ringfence-drill-coverage-falcon",
                "ringfence-drill-leftovers",
                "ringfence-drill-schedule-dead-letters",
                "ringfence-drill-schedule-silent",
                "ringfence-expired-stuck",
                "ringfence-expiry-sweep-dead-letters",
                "ringfence-news-dead-letters",
                "ringfence-release-published-dead-letters",
                "ringfence-restore-beat-errors",
                "ringfence-rollout-beat-errors",
                "ringfence-table-changed-errors")),
        CELL.all("AWS::CloudWatch::Alarm").stream()
            .map(alarm -> alarm.at("/Properties/AlarmName").asText())
            .collect(Collectors.toCollection(TreeSet::new)));
    for (JsonNode alarm : CELL.all("AWS::CloudWatch::Alarm")) {
      assertEquals(
          json("['${RingfenceNotificationsTopic}']"), alarm.at("/Properties/AlarmActions"));
    }
  }

  @Test
  void failingBeats_areToldApartFromAHiccup() {
    ObjectNode alarm =
        CELL.properties("AWS::CloudWatch::Alarm", "ringfence-rollout-beat-errors").deepCopy();
    assertEquals("Errors", alarm.path("MetricName").asText());
    assertEquals("AWS/Lambda", alarm.path("Namespace").asText());
    assertEquals(300, alarm.path("Period").asInt());
    assertEquals(3, alarm.path("EvaluationPeriods").asInt());
    assertEquals(2, alarm.path("DatapointsToAlarm").asInt());
    assertEquals("notBreaching", alarm.path("TreatMissingData").asText());
  }

  /** A generation that does not fit the name would start a name that is there already. */
  @Test
  void stoppedClock_isStartedAgainWithItsNextNumberInTheNameAndInTheInput() {
    for (String name : List.of("failed", "timed-out", "aborted")) {
      String advice =
          CELL.properties("AWS::CloudWatch::Alarm", "ringfence-clock-" + name)
              .path("AlarmDescription")
              .asText();
      assertEquals(true, advice.contains("<id>-1 with generation 1"), advice);
      assertEquals(true, advice.contains("<id>-2 with generation 2"), advice);
    }
  }

  /** Who does not speak is not well: missing data is what a dead man leaves. */
  @Test
  void silenceOfTheDrillSchedule_isAnAlarm() {
    ObjectNode alarm =
        CELL.properties("AWS::CloudWatch::Alarm", "ringfence-drill-schedule-silent").deepCopy();
    alarm.remove("AlarmDescription");
    assertEquals(
        json(
            """
            {
              'AlarmName': 'ringfence-drill-schedule-silent',
              'AlarmActions': ['${RingfenceNotificationsTopic}'],
              'Namespace': 'Ringfence', 'MetricName': 'DrillScheduleRuns', 'Statistic': 'Sum',
              'Dimensions': [{'Name': 'Cell', 'Value': 'ringfence'}],
              'Period': 43200, 'EvaluationPeriods': 1,
              'Threshold': 1, 'ComparisonOperator': 'LessThanThreshold',
              'TreatMissingData': 'breaching'
            }
            """),
        alarm);
  }

  @Test
  void coverage_isWatchedForProductsThatDrill_andForNoOthers() {
    ObjectNode alarm =
        CELL.properties("AWS::CloudWatch::Alarm", "ringfence-drill-coverage-falcon").deepCopy();
    assertEquals(
        json("[{'Name': 'Cell', 'Value': 'ringfence'}, {'Name': 'Product', 'Value': 'falcon'}]"),
        alarm.path("Dimensions"));
    assertEquals("breaching", alarm.path("TreatMissingData").asText());
    assertEquals(86400, alarm.path("Period").asInt());
  }
}
