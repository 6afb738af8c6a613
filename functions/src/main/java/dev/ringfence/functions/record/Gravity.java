package dev.ringfence.functions.record;

import dev.ringfence.operation.Request.Wish;
import java.util.Arrays;
import java.util.List;

/** Which wish gives way to which: a graver one takes a milder one's place, never the reverse. */
public final class Gravity {
  private Gravity() {}

  /** Nothing is graver than a halt, which a person may well take over. */
  private static int of(Wish wish) {
    return switch (wish) {
      case PERSON -> 0;
      case HALT -> Integer.MAX_VALUE;
    };
  }

  /** The wishes whose place this one takes. */
  public static List<Wish> milderThan(Wish wish) {
    return Arrays.stream(Wish.values()).filter(other -> of(other) < of(wish)).toList();
  }
}
