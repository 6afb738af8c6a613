package dev.ringfence.lab.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as a person reads it on a terminal. */
final class ReportText {
  private ReportText() {}

  static String of(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "REPORT  %s, %d machines, seed %d",
            report.scenario(),
            report.machines(),
            report.seed()));
    releases(report, lines);
    if (report.drills() != null) {
      drills(report.drills(), lines);
    }
    harm(report.harm(), lines);
    if (report.storm() != null) {
      storm(report.storm(), lines);
    }
    cost(report, lines);
    promises(report, lines);
    lines.add(report.kept() ? "Every promise was kept." : "A promise was broken.");
    return String.join(System.lineSeparator(), lines);
  }

  private static void releases(Report report, List<String> lines) {
    for (Report.Told release : report.releases()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  release %-12s %s after %.0f min, %d machines run it%s",
              release.version(),
              release.phase(),
              release.minutes(),
              release.updated(),
              release.reason().isEmpty() ? "" : "\n    because " + release.reason()));
    }
    report.releases().getLast().leftOut().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(one -> lines.add("  left out        " + one.getValue() + " for " + one.getKey()));
  }

  private static void cost(Report report, List<String> lines) {
    double perMachine = (double) report.callsTotal() / report.machines();
    lines.add(
        String.format(
            Locale.ROOT,
            "  cost            %d AWS calls (%.2f a machine), DynamoDB %.0f read and %.0f write"
                + " units (%.2f writes an update)",
            report.callsTotal(),
            perMachine,
            report.dynamo().readUnits(),
            report.dynamo().writeUnits(),
            report.dynamo().writeUnitsPerUpdate()));
  }

  private static void promises(Report report, List<String> lines) {
    lines.add("  promises");
    for (Report.Promise promise : report.promises()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "    %s %s%s%s",
              promise.held() ? "kept  " : "BROKEN",
              promise.number() == 0 ? "   " : promise.number() + ". ",
              promise.title(),
              promise.evidence().isEmpty() ? "" : ": " + promise.evidence()));
    }
  }

  private static void drills(Report.DrillsTold drills, List<String> lines) {
    lines.add(
        String.format(
            Locale.ROOT,
            "  drills          %d run, %d passed, %d failed, %d leftovers",
            drills.run(),
            drills.passed(),
            drills.failed(),
            drills.leftovers()));
    for (Report.DrillTold one : drills.machines()) {
      String verdict =
          one.passed()
              ? String.format(
                  Locale.ROOT,
                  "passed: back after %.1f min, %.1f h old",
                  one.minutesToRestore(),
                  one.hoursLost())
              : "FAILED: " + one.because();
      lines.add("    " + one.restoreClass() + "  " + verdict);
    }
  }

  private static void storm(Report.Storm storm, List<String> lines) {
    lines.add(
        String.format(
            Locale.ROOT,
            "  storm           %d hurt at once, ordered after %.1f min; %d restored %.1f min later",
            storm.hurt(),
            storm.minutesToOrder(),
            storm.restored(),
            storm.minutesToAllRestored()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  bound           %.1f min, so it took %.2f times as long; %d calls were throttled",
            storm.minutesBound(),
            storm.timesBound(),
            storm.throttled()));
    lines.add("    by " + storm.how());
  }

  private static void harm(Report.Harm harm, List<String> lines) {
    lines.add(
        String.format(Locale.ROOT, "  hurt            %d of %d machines", harm.hurt(), harm.of()));
    minutes("halted after", harm.minutesToHalt(), lines);
    minutes("alarm after", harm.minutesToAlarm(), lines);
    if (harm.hurt() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  restored        %d, and %d need a person",
              harm.restored(),
              harm.needPerson().size()));
    }
    if (harm.leftAlone() > 0) {
      lines.add(
          String.format(Locale.ROOT, "  left alone      %d that came back", harm.leftAlone()));
    }
    minutes("all back after", harm.minutesToAllBack(), lines);
    harm.needPerson().forEach((machine, why) -> lines.add("    " + machine + ": " + why));
  }

  private static void minutes(
      String what, @org.jspecify.annotations.Nullable Double minutes, List<String> lines) {
    if (minutes != null) {
      lines.add(String.format(Locale.ROOT, "  %-15s %.1f min", what, minutes));
    }
  }
}
