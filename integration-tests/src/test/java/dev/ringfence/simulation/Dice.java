package dev.ringfence.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Chance by seed, in the words in which a story is drawn. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Chance of its own, so that what is drawn here does not depend on what is drawn there. */
  Dice split() {
    return new Dice(random.nextLong());
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A whole number from {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  Duration minutes(int least, int most) {
    return Duration.ofMinutes(between(least, most));
  }

  Duration seconds(int least, int most) {
    return Duration.ofSeconds(between(least, most));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  final <T> T oneOf(T... choices) {
    return oneOf(Arrays.asList(choices));
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Each of them with the same probability. */
  <T> List<T> some(List<T> from, double probability) {
    List<T> taken = new ArrayList<>();
    for (T each : from) {
      if (chance(probability)) {
        taken.add(each);
      }
    }
    return taken;
  }
}
