package dev.ringfence.infra;

import dev.ringfence.contract.CellFunction;
import dev.ringfence.contract.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.CustomWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/**
 * The operators' dashboard: the widget that shows rollouts and has the buttons, below it the cell's
 * own alarms, beats and drills. CloudWatch invokes the widget's function with the rights of whoever
 * looks, so it needs no permission of its own. An account's dashboards have their names in common
 * in all Regions.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_about.html">
 *     Custom widgets</a>
 */
final class Board extends Construct {
  /** The columns of a dashboard (CloudWatch). */
  private static final int WHOLE = 24;

  private static final int HALF = WHOLE / 2;

  /** Rows of a dashboard: a rollout with a dozen rings and its timeline fits without scrolling. */
  private static final int TALL = 16;

  private static final int LOW = 6;

  Board(Construct scope, String id, Names names, Functions functions, Health health) {
    super(scope, id);
    Dashboard board =
        Dashboard.Builder.create(this, "Board").dashboardName(names.ofRegion()).build();
    board.addWidgets(
        CustomWidget.Builder.create()
            .title(names.cell())
            // By its alias, which SnapStart starts; the buttons call what was called.
            .functionArn(names.aliasArn(CellFunction.WIDGET))
            .width(WHOLE)
            .height(TALL)
            .updateOnRefresh(true)
            // A resize or another time range changes nothing that it shows.
            .updateOnResize(false)
            .updateOnTimeRangeChange(false)
            .build());
    board.addWidgets(
        AlarmStatusWidget.Builder.create()
            .title("Alarms on the cell itself")
            .alarms(health.alarms())
            .width(WHOLE)
            .height(LOW)
            .build());
    board.addWidgets(
        graph("Beats", beats(functions, false)), graph("Longest beat", beats(functions, true)));
    board.addWidgets(
        graph("Drills", drills(names, "Sum", Metrics.DRILLS_RUN, Metrics.DRILLS_FAILED)),
        graph("Coverage by drills, percent", drills(names, "Minimum", Metrics.DRILL_COVERAGE)));
  }

  private static GraphWidget graph(String title, List<IMetric> lines) {
    return GraphWidget.Builder.create().title(title).left(lines).width(HALF).height(LOW).build();
  }

  private static List<IMetric> beats(Functions functions, boolean durations) {
    List<IMetric> lines = new ArrayList<>();
    for (CellFunction beat : new TreeSet<>(Clock.BEATS.values())) {
      MetricOptions.Builder each =
          MetricOptions.builder().label(beat.title()).period(Duration.minutes(5));
      lines.add(
          durations
              ? functions.get(beat).alias().metricDuration(each.statistic("Maximum").build())
              : functions.get(beat).alias().metricInvocations(each.statistic("Sum").build()));
    }
    return lines;
  }

  private static List<IMetric> drills(Names names, String statistic, String... metrics) {
    List<IMetric> lines = new ArrayList<>();
    for (String metric : metrics) {
      lines.add(CellMetrics.of(names.cell(), metric, statistic, Duration.hours(6)));
    }
    return lines;
  }
}
