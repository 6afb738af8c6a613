package dev.ringfence.coldstart;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints what was measured, as tables that a README takes. */
final class Tables {
  private static final double MEGABYTE = 1 << 20;
  private static final double P50 = 0.50;
  private static final double P99 = 0.99;

  private Tables() {}

  static void cold(PrintStream out, Rounds rounds) throws IOException {
    Map<Subject, List<Trial.Cold>> all = rounds.cold();
    out.printf(
        Locale.ROOT,
        "%nProcess start to first answer, ms, medians of %d%n%n"
            + "| function | init | first answer | × plain | least–most | processor | × plain |"
            + " classes | heap MB | RSS MB | zip MB |%n"
            + "|---|---|---|---|---|---|---|---|---|---|---|%n",
        rounds.runs());
    double floor = floor(all, Trial.Cold::answered);
    double floorProcessor = floor(all, Trial.Cold::processor);
    for (Map.Entry<Subject, List<Trial.Cold>> row : all.entrySet()) {
      List<Trial.Cold> trials = row.getValue();
      double answered = median(trials, Trial.Cold::answered);
      double processor = median(trials, Trial.Cold::processor);
      Trial.Size size = Trial.size(row.getKey());
      out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.0f | %.2f | %s | %.0f | %.2f | %d | %.0f | %.0f | %.1f |%n",
          row.getKey().name(),
          median(trials, Trial.Cold::init),
          answered,
          answered / floor,
          range(trials, Trial.Cold::answered),
          processor,
          processor / floorProcessor,
          size.classes(),
          size.heap() / MEGABYTE,
          size.resident() / MEGABYTE,
          TaskRoot.zippedBytes(row.getKey().code().folder()) / MEGABYTE);
    }
  }

  static void restored(PrintStream out, Rounds rounds) throws IOException {
    Map<Subject, List<Trial.Restored>> all = rounds.restored();
    out.printf(
        Locale.ROOT,
        "%nRestore to first answer, primed, ms, medians of %d%n%n"
            + "| function | before the snapshot | first answer | × plain | least–most | processor"
            + " |%n|---|---|---|---|---|---|%n",
        rounds.runs());
    double floor = floor(all, Trial.Restored::answered);
    for (Map.Entry<Subject, List<Trial.Restored>> row : all.entrySet()) {
      List<Trial.Restored> trials = row.getValue();
      double answered = median(trials, Trial.Restored::answered);
      out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.0f | %.2f | %s | %.0f |%n",
          row.getKey().name(),
          median(trials, Trial.Restored::before),
          answered,
          answered / floor,
          range(trials, Trial.Restored::answered),
          median(trials, Trial.Restored::processor));
    }
  }

  static void warm(PrintStream out, Rounds rounds) throws IOException {
    out.printf(
        Locale.ROOT, "%nWarm, ms a call%n%n| function | p50 | p99 | calls |%n|---|---|---|---|%n");
    for (Map.Entry<Subject, List<Double>> row : rounds.warm().entrySet()) {
      List<Double> sorted = row.getValue().stream().sorted().toList();
      out.printf(
          Locale.ROOT,
          "| %s | %.1f | %.1f | %d |%n",
          row.getKey().name(),
          quantile(sorted, P50),
          quantile(sorted, P99),
          sorted.size());
    }
  }

  private static <T> double floor(Map<Subject, List<T>> all, ToDoubleFunction<T> what) {
    return all.entrySet().stream()
        .filter(row -> row.getKey().floor())
        .mapToDouble(row -> median(row.getValue(), what))
        .findFirst()
        .orElseThrow();
  }

  private static <T> double median(List<T> trials, ToDoubleFunction<T> what) {
    return quantile(trials.stream().map(what::applyAsDouble).sorted().toList(), P50);
  }

  /** The smallest sample that so large a share of all samples does not exceed. */
  private static double quantile(List<Double> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  private static <T> String range(List<T> trials, ToDoubleFunction<T> what) {
    List<Double> all = trials.stream().map(what::applyAsDouble).toList();
    return String.format(Locale.ROOT, "%.0f–%.0f", Collections.min(all), Collections.max(all));
  }
}
