package dev.ringfence.infra;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/** Makes the cell's alarms, which all go to the topic that people listen to. */
final class Alarms {
  private final Construct scope;
  private final Names names;
  private final SnsAction people;
  private final List<IAlarm> made = new ArrayList<>();

  Alarms(Construct scope, Names names, Notifications notifications) {
    this.scope = scope;
    this.names = names;
    this.people = new SnsAction(notifications.topic());
  }

  /** All that were made so far, for whoever shows them. */
  List<IAlarm> made() {
    return made;
  }

  /** Goes off at the first period in which a count is one or more. */
  void once(String title, IMetric metric, String description) {
    repeatedly(title, metric, 1, 1, description);
  }

  /** Goes off when a count is one or more in so many of so many periods. */
  void repeatedly(String title, IMetric metric, int periods, int bad, String description) {
    add(
        title,
        Alarm.Builder.create(scope, title)
            .metric(metric)
            .threshold(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .evaluationPeriods(periods)
            .datapointsToAlarm(bad)
            .treatMissingData(TreatMissingData.NOT_BREACHING),
        description);
  }

  /** Goes off when a number is too low for one period, and when nobody tells it any more. */
  void lowOrSilent(String title, IMetric metric, double least, String description) {
    add(
        title,
        Alarm.Builder.create(scope, title)
            .metric(metric)
            .threshold(least)
            .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
            .evaluationPeriods(1)
            .treatMissingData(TreatMissingData.BREACHING),
        description);
  }

  private void add(String title, Alarm.Builder alarm, String description) {
    Alarm built = alarm.alarmName(names.of(title)).alarmDescription(description).build();
    built.addAlarmAction(people);
    made.add(built);
  }
}
