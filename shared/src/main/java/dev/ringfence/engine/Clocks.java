package dev.ringfence.engine;

import dev.ringfence.operation.Head;

/** Starts the clock that calls an operation's beats. */
public interface Clocks {
  /** Starts it, or does nothing when it was started before: a clock is named by its operation. */
  void start(Head.Kind kind, String id);
}
