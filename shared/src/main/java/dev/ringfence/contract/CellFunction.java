package dev.ringfence.contract;

/**
 * The functions of a cell: how they are called in the account, and the class that Lambda starts.
 * The stack deploys each of them, with a role of its own.
 */
public enum CellFunction {
  RELEASE_PUBLISHED(
      "release-published",
      "intake.ReleasePublishedFunction",
      "Takes a published release in and starts its rollout"),
  ALARM_CHANGED(
      "alarm-changed",
      "intake.AlarmChangedFunction",
      "Halts every rollout that watches an alarm which went off"),
  ROLLOUT_BEAT(
      "rollout-beat", "beat.RolloutBeatFunction", "One beat of a rollout, called by its clock"),
  RESTORE_BEAT(
      "restore-beat", "beat.RestoreBeatFunction", "One beat of a restore, called by its clock"),
  DRILL_BEAT("drill-beat", "beat.DrillBeatFunction", "One beat of a drill, called by its clock"),
  DRILL_SCHEDULE(
      "drill-schedule",
      "intake.DrillScheduleFunction",
      "Sweeps up after drills and starts those that are due"),
  EXPIRY_SWEEP(
      "expiry-sweep",
      "intake.ExpirySweepFunction",
      "Removes restore points and replaced roots that have expired"),
  TABLE_CHANGED(
      "table-changed", "notice.TableChangedFunction", "Tells on the bus what of a change is news"),
  ROLLOUT_CONSOLE(
      "rollout",
      "console.RolloutConsoleFunction",
      "For operators: shows rollouts, halts them and lifts quarantines"),
  RESTORE_CONSOLE(
      "restore",
      "console.RestoreConsoleFunction",
      "For operators: plans restores, begins what was confirmed and shows them"),
  DRILL_CONSOLE(
      "drill",
      "console.DrillConsoleFunction",
      "For operators: shows what drills have proven, begins and abandons them"),
  WIDGET("widget", "widget.WidgetFunction", "What the operators' dashboard shows of the cell");

  private static final String ROOM = "dev.ringfence.functions.";

  private final String title;
  private final String className;
  private final String sentence;

  CellFunction(String title, String className, String sentence) {
    this.title = title;
    this.className = ROOM + className;
    this.sentence = sentence;
  }

  /** Its name after the cell's, such as {@code rollout-beat}. */
  public String title() {
    return title;
  }

  /** The class that handles its events; it has a constructor without parameters. */
  public String className() {
    return className;
  }

  /** What it is for, as the console shows it. */
  public String sentence() {
    return sentence;
  }
}
