package dev.ringfence.functions.record;

import java.time.Duration;

/** Waits before a write is tried again; the wiring gives one that sleeps, tests one that notes. */
@FunctionalInterface
public interface Pause {
  void take(Duration length);
}
