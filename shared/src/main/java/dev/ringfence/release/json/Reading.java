package dev.ringfence.release.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came of reading an input: a value, or every reason why there is none. */
public sealed interface Reading<T> {

  /** The input was complete and within every limit. */
  record Accepted<T>(T value) implements Reading<T> {}

  /** The input was refused; {@code problems} is never empty. */
  record Refused<T>(List<Problem> problems) implements Reading<T> {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a refusal needs a problem");
      }
    }
  }

  /** Goes on with an accepted value; a refusal stays as it is. */
  default <U> Reading<U> then(Function<T, Reading<U>> next) {
    return switch (this) {
      case Accepted<T>(T value) -> next.apply(value);
      case Refused<T>(List<Problem> problems) -> new Refused<>(problems);
    };
  }

  /** Reads a tree as one kind; the root's path is {@code path}. */
  static <T> Reading<T> of(Kind<T> kind, JsonNode node, String path) {
    Problems problems = new Problems();
    return of(kind.read(node, path, problems), problems);
  }

  /** The value if nothing was wrong with it, else the problems. */
  static <T> Reading<T> of(@Nullable T value, Problems problems) {
    if (problems.count() > 0) {
      return new Refused<>(problems.list());
    }
    if (value == null) {
      throw new IllegalStateException("a kind gave neither a value nor a problem");
    }
    return new Accepted<>(value);
  }
}
