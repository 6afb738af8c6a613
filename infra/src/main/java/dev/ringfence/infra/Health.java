package dev.ringfence.infra;

import dev.ringfence.contract.CellFunction;
import java.util.TreeSet;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * The cell's own health: beats that keep failing, clocks that stopped, and events that nobody could
 * take. An operation whose beats fail is at rest, not in danger; but nobody brings it on.
 */
final class Health extends Construct {
  private static final Duration PERIOD = Duration.minutes(5);

  /**
   * A clock tries a failing beat every five minutes, and a beat may take 90 seconds, so of three
   * periods in a row two see an error while it lasts; a single hiccup is seen by one.
   */
  private static final int PERIODS = 3;

  private static final int PERIODS_WITH_ERRORS = 2;

  private final Names names;
  private final Notifications notifications;

  Health(
      Construct scope,
      String id,
      Names names,
      Functions functions,
      Clock clock,
      Notifications notifications) {
    super(scope, id);
    this.names = names;
    this.notifications = notifications;
    for (CellFunction beat : new TreeSet<>(Clock.BEATS.values())) {
      beats(beat, functions.get(beat));
    }
    news(functions.get(CellFunction.TABLE_CHANGED));
    MetricOptions sum = MetricOptions.builder().period(PERIOD).statistic("Sum").build();
    once("clock-failed", clock.machine().metricFailed(sum), CLOCK_STOPPED);
    once("clock-timed-out", clock.machine().metricTimedOut(sum), CLOCK_STOPPED);
    once("clock-aborted", clock.machine().metricAborted(sum), CLOCK_STOPPED);
    functions
        .all()
        .forEach((function, lambda) ->
            lambda.deadLetters().ifPresent(queue -> depth(function.title(), queue)));
    depth("news", notifications.deadLetters());
  }

  private static final String CLOCK_STOPPED =
      "Nothing beats any more for one operation. Its execution in Step Functions says why; start"
          + " it again under the same name with -1 appended.";

  private void beats(CellFunction function, Lambda lambda) {
    MetricOptions sum = MetricOptions.builder().period(PERIOD).statistic("Sum").build();
    alarm(
        function.title() + "-errors",
        lambda.alias().metricErrors(sum),
        PERIODS,
        PERIODS_WITH_ERRORS,
        "Beats of "
            + names.of(function)
            + " keep failing. Operations stand still until it is mended; the clock tries on for a"
            + " day. The function's log says why.");
  }

  /** The stream hands a batch out again until it was told, or until it is a day old. */
  private void news(Lambda lambda) {
    MetricOptions sum = MetricOptions.builder().period(PERIOD).statistic("Sum").build();
    alarm(
        CellFunction.TABLE_CHANGED.title() + "-errors",
        lambda.alias().metricErrors(sum),
        PERIODS,
        PERIODS_WITH_ERRORS,
        "News of rollouts and restores is not told; they go on all the same. After a day it is"
            + " lost. The function's log says why.");
  }

  private void depth(String title, Queue queue) {
    MetricOptions most = MetricOptions.builder().period(PERIOD).statistic("Maximum").build();
    once(
        title + "-dead-letters",
        queue.metricApproximateNumberOfMessagesVisible(most),
        "An event was refused or could not be delivered. Read it in the queue "
            + queue.getQueueName()
            + "; its attributes and the function's log say why.");
  }

  private void once(String title, IMetric metric, String description) {
    alarm(title, metric, 1, 1, description);
  }

  private void alarm(String title, IMetric metric, int periods, int bad, String description) {
    Alarm.Builder.create(this, title)
        .alarmName(names.of(title))
        .alarmDescription(description)
        .metric(metric)
        .threshold(1)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .evaluationPeriods(periods)
        .datapointsToAlarm(bad)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build()
        .addAlarmAction(new SnsAction(notifications.topic()));
  }
}
