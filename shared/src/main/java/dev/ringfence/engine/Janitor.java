package dev.ringfence.engine;

import java.time.Instant;
import java.util.List;

/** Removes what drills left behind, by its tag and its age, and nothing else. */
public interface Janitor {
  /**
   * Removes what carries the drill tag and was made before this moment. Repeating it is harmless.
   */
  Swept sweep(Instant madeBefore);

  /**
   * What a sweep came upon.
   *
   * @param leftovers ids of everything that was too old
   * @param problems what could not be removed or read, and why
   */
  record Swept(List<String> leftovers, List<String> problems) {
    public Swept {
      leftovers = List.copyOf(leftovers);
      problems = List.copyOf(problems);
    }
  }
}
