package dev.ringfence.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes policies with every setting spelled out, so that a later default does not change them. */
public final class PolicyWriter {
  private PolicyWriter() {}

  /** The JSON from which {@link PolicyReader} reads an equal policy. */
  public static ObjectNode toJson(RolloutPolicy policy) {
    return PolicyShape.POLICY.write(policy);
  }

  /** One channel's settings, every one spelled out. */
  public static JsonNode toJson(ChannelPolicy policy) {
    // Both channels have the same settings; only their defaults differ, and none is left out here.
    return PolicyShape.CONTENT.write(policy);
  }
}
