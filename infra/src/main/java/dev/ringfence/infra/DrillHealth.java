package dev.ringfence.infra;

import dev.ringfence.contract.DrillTimes;
import dev.ringfence.contract.Metrics;
import java.util.List;
import software.amazon.awscdk.Duration;

/**
 * Whether drills run at all, which their absence does not tell by itself: the dead man's handle.
 * Until the schedule has run for the first time, at the latest six hours after the first
 * deployment, these alarms are on.
 *
 * @param cell what the cell is called: the metrics of other cells are not its own
 */
record DrillHealth(Alarms alarms, String cell) {
  /** Two runs of the schedule: one may be late, or delivered again. */
  private static final Duration TWO_RUNS = Duration.seconds(2 * DrillTimes.EVERY.toSeconds());

  /** One run of the schedule. */
  private static final Duration RUN = Duration.seconds(DrillTimes.EVERY.toSeconds());

  /** Four runs of the schedule; a drill that ends late still counts. */
  private static final Duration DAY = Duration.days(1);

  /** Percent: every machine that can be restored stands in a class that is proven. */
  private static final double ALL = 100;

  /** What one sweep finds the next has removed; found twice in three runs it stays. */
  private static final int SWEEPS = 3;

  private static final int SWEEPS_THAT_FOUND = 2;

  /**
   * Watches the schedule, and the products whose policies want drills.
   *
   * @param products their names
   */
  void watch(List<String> products) {
    alarms.lowOrSilent(
        "drill-schedule-silent",
        CellMetrics.of(cell, Metrics.SCHEDULE_RUNS, "Sum", TWO_RUNS),
        1,
        "The schedule of drills has not run for twelve hours: nothing is rehearsed, and nobody"
            + " sweeps up after drills. Look at the rule and at the function's log.");
    alarms.repeatedly(
        "drill-leftovers",
        CellMetrics.of(cell, Metrics.DRILL_LEFTOVERS, "Maximum", RUN),
        SWEEPS,
        SWEEPS_THAT_FOUND,
        "What drills made is still there although it was removed: it costs money. It carries the"
            + " tag ringfence:drill; the log of the schedule's function lists it.");
    products.forEach(this::coverage);
  }

  private void coverage(String product) {
    alarms.lowOrSilent(
        "drill-coverage-" + product,
        CellMetrics.ofProduct(cell, product, Metrics.DRILL_COVERAGE, "Maximum", DAY),
        ALL,
        "Not every class of machines of "
            + product
            + " has a passing drill within its period, or no drill ended for a day. New code goes"
            + " only to classes that are proven.");
  }
}
