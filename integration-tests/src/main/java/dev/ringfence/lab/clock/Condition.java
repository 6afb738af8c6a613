package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;

/** What a Choice asks of its input. */
@FunctionalInterface
interface Condition {
  /**
   * Whether it holds.
   *
   * @throws AslError {@code States.Runtime} when a variable is not there at all
   */
  boolean holds(JsonNode input, JsonNode context);

  /** A condition and where to go when it holds. */
  record Rule(Condition condition, String next) {}
}
