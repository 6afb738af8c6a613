package dev.ringfence.infra;

import dev.ringfence.contract.CellFunction;
import dev.ringfence.contract.ExpiryTimes;
import dev.ringfence.contract.Metrics;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * The cell's own health: beats that keep failing, clocks that stopped, drills that nobody ran, and
 * events that nobody could take. An operation whose beats fail is at rest, not in danger; but
 * nobody brings it on.
 */
final class Health extends Construct {
  private static final Duration PERIOD = Duration.minutes(5);

  /**
   * A clock tries a failing beat every five minutes, and a beat may take 90 seconds, so of three
   * periods in a row two see an error while it lasts; a single hiccup is seen by one.
   */
  private static final int PERIODS = 3;

  private static final int PERIODS_WITH_ERRORS = 2;

  /** Runs of the sweep; a metric may be told by each of them. */
  private static final int RUNS_OF_A_DAY =
      Math.toIntExact(java.time.Duration.ofDays(1).dividedBy(ExpiryTimes.EVERY));

  private static final String CLOCK_STOPPED =
      "Nothing beats any more for one operation. Its execution in Step Functions says why. Start"
          + " it again with the same input, but with the next number, one above its generation, as"
          + " generation, beats at 0, and that number at the end of the name: after <id> with"
          + " generation 0 comes <id>-1 with generation 1, then <id>-2 with generation 2.";

  private final Names names;
  private final Alarms alarms;

  Health(
      Construct scope,
      String id,
      Names names,
      Functions functions,
      Clock clock,
      Notifications notifications,
      List<String> drilled) {
    super(scope, id);
    this.names = names;
    this.alarms = new Alarms(this, names, notifications);
    for (CellFunction beat : new TreeSet<>(Clock.BEATS.values())) {
      beats(beat, functions.get(beat));
    }
    news(functions.get(CellFunction.TABLE_CHANGED));
    MetricOptions sum = MetricOptions.builder().period(PERIOD).statistic("Sum").build();
    alarms.once("clock-failed", clock.machine().metricFailed(sum), CLOCK_STOPPED);
    alarms.once("clock-timed-out", clock.machine().metricTimedOut(sum), CLOCK_STOPPED);
    alarms.once("clock-aborted", clock.machine().metricAborted(sum), CLOCK_STOPPED);
    new DrillHealth(alarms, names.cell()).watch(drilled);
    expiry();
    functions
        .all()
        .forEach((function, lambda) ->
            lambda.deadLetters().ifPresent(queue -> depth(function.title(), queue)));
    depth("news", notifications.deadLetters());
  }

  /** Every alarm on the cell itself. */
  List<IAlarm> alarms() {
    return alarms.made();
  }

  private void beats(CellFunction function, Lambda lambda) {
    errors(
        function,
        lambda,
        "Beats of "
            + names.of(function)
            + " keep failing. Operations stand still until it is mended; the clock tries on for a"
            + " day. The function's log says why.");
  }

  /** The stream hands a batch out again until it was told, or until it is a day old. */
  private void news(Lambda lambda) {
    errors(
        CellFunction.TABLE_CHANGED,
        lambda,
        "News of rollouts and restores is not told; they go on all the same. After a day it is"
            + " lost. The function's log says why.");
  }

  private void errors(CellFunction function, Lambda lambda, String description) {
    MetricOptions sum = MetricOptions.builder().period(PERIOD).statistic("Sum").build();
    alarms.repeatedly(
        function.title() + "-errors",
        lambda.alias().metricErrors(sum),
        PERIODS,
        PERIODS_WITH_ERRORS,
        description);
  }

  /** Whatever stays for a day stays until somebody wants it otherwise. */
  private void expiry() {
    alarms.repeatedly(
        "expired-stuck",
        CellMetrics.of(
            names.cell(),
            Metrics.EXPIRED_STUCK,
            "Maximum",
            Duration.seconds(ExpiryTimes.EVERY.toSeconds())),
        RUNS_OF_A_DAY,
        RUNS_OF_A_DAY,
        "Restore points or replaced roots have expired and cannot be removed: locked, archived,"
            + " part of an image, or with a tag that names no day. They cost money. Or AWS does not"
            + " let the day be taken off an old volume that is attached again. The"
            + " log of the sweep's function names them; take the tag ringfence:expires off what"
            + " shall stay.");
  }

  private void depth(String title, Queue queue) {
    MetricOptions most = MetricOptions.builder().period(PERIOD).statistic("Maximum").build();
    alarms.once(
        title + "-dead-letters",
        queue.metricApproximateNumberOfMessagesVisible(most),
        "An event was refused or could not be delivered. Read it in the queue "
            + queue.getQueueName()
            + "; its attributes and the function's log say why.");
  }
}
