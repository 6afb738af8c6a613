package dev.ringfence.release.json;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What tests ask of a reading. */
public final class Readings {
  private Readings() {}

  public static <T> T accepted(Reading<T> reading) {
    return switch (reading) {
      case Reading.Accepted<T>(T value) -> value;
      case Reading.Refused<T>(List<Problem> problems) -> throw new AssertionError(problems);
    };
  }

  /** The fields that were refused; none when the reading was accepted. */
  public static <T> Set<String> refused(Reading<T> reading) {
    Set<String> fields = new TreeSet<>();
    switch (reading) {
      case Reading.Accepted<T>(T value) -> {}
      case Reading.Refused<T>(List<Problem> problems) ->
          problems.forEach(problem -> fields.add(problem.field()));
    }
    return fields;
  }
}
