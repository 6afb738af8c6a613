package dev.ringfence.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
final class TestingTime implements InstantSource {
  private Instant now;

  TestingTime(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void set(Instant next) {
    now = next;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }
}
