package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;

/** Sees every invocation and may spoil it by {@link LambdaFault} or {@link FunctionKilled}. */
public interface LambdaTap {
  /** Before the function starts: thrown here, it did nothing. */
  default void before(String function, JsonNode payload) {}

  /** After the function returned: thrown here, it did everything and nobody hears of it. */
  default void after(String function, JsonNode payload) {}
}
