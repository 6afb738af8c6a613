package dev.ringfence.engine;

import java.util.function.Supplier;

/**
 * Counts the boundaries between the engine and the world outside, two for each call: before it, and
 * after it took effect. At one of them the function is killed.
 */
final class Boundaries {
  private final int killAt;
  private int passed;
  private String where = "nowhere";

  private Boundaries(int killAt) {
    this.killAt = killAt;
  }

  static Boundaries unharmed() {
    return new Boundaries(-1);
  }

  static Boundaries killAt(int number) {
    return new Boundaries(number);
  }

  int passed() {
    return passed;
  }

  String where() {
    return where;
  }

  <T> T cross(String call, Supplier<T> effect) {
    boundary("before " + call);
    T result = effect.get();
    boundary("after " + call);
    return result;
  }

  void run(String call, Runnable effect) {
    boundary("before " + call);
    effect.run();
    boundary("after " + call);
  }

  private void boundary(String name) {
    if (passed++ == killAt) {
      where = name;
      throw new Killed(name);
    }
  }
}
