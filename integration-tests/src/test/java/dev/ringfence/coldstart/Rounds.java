package dev.ringfence.coldstart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets all subjects take turns. The first round fills the system's caches and warms the lab, and is
 * not counted.
 */
final class Rounds {
  /** With each the instance is called this often before it counts as warm. */
  private static final int CALLS_BEFORE_WARM = 200;

  private static final int WARM_CALLS = 200;

  /** A warm instance is measured in so many processes. */
  private static final int WARM_ROUNDS = 2;

  private final List<Subject> subjects;
  private final int runs;

  Rounds(List<Subject> subjects, int runs) {
    this.subjects = subjects;
    this.runs = runs;
  }

  List<Subject> subjects() {
    return subjects;
  }

  int runs() {
    return runs;
  }

  /** One process of a subject's. */
  @FunctionalInterface
  private interface Measure<T> {
    T of(Subject subject) throws IOException;
  }

  Map<Subject, List<Trial.Cold>> cold() throws IOException {
    return inTurn(subjects, runs, Trial::cold);
  }

  Map<Subject, List<Trial.Restored>> restored() throws IOException {
    List<Subject> primed = subjects.stream().filter(Subject::primed).toList();
    return inTurn(primed, runs, Trial::restored);
  }

  /** The milliseconds of every call of every round. */
  Map<Subject, List<Double>> warm() throws IOException {
    Map<Subject, List<Double>> all = new LinkedHashMap<>();
    for (int round = 0; round < WARM_ROUNDS; round++) {
      for (Subject subject : subjects) {
        all.computeIfAbsent(subject, key -> new ArrayList<>())
            .addAll(Trial.warm(subject, CALLS_BEFORE_WARM, WARM_CALLS));
      }
    }
    return all;
  }

  private static <T> Map<Subject, List<T>> inTurn(
      List<Subject> subjects, int runs, Measure<T> measure) throws IOException {
    Map<Subject, List<T>> all = new LinkedHashMap<>();
    for (int run = 0; run <= runs; run++) {
      for (Subject subject : subjects) {
        T trial = measure.of(subject);
        if (run > 0) {
          all.computeIfAbsent(subject, key -> new ArrayList<>()).add(trial);
        }
      }
    }
    return all;
  }
}
