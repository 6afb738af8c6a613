package dev.ringfence.functions.record;

import dev.ringfence.operation.Request.Wish;
import java.util.Arrays;
import java.util.List;

/** Which wish gives way to which: a graver one takes a milder one's place, never the reverse. */
public final class Gravity {
  private Gravity() {}

  /**
   * What no clock beats for any more is a person's matter, whatever else was asked of it; a halt
   * took effect when it was asked for. Nothing milder takes the place of a halt.
   */
  private static int of(Wish wish) {
    return switch (wish) {
      case PERSON -> 3;
      case HALT -> 2;
      case ABORT -> 1;
      case RESUME, APPROVE, SKIP_RING -> 0;
    };
  }

  /** The wishes whose place this one takes. */
  public static List<Wish> milderThan(Wish wish) {
    return Arrays.stream(Wish.values()).filter(other -> of(other) < of(wish)).toList();
  }
}
