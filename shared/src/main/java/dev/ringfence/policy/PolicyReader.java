package dev.ringfence.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.release.json.Reading;
import dev.ringfence.release.json.StrictJson;

/**
 * Reads policies. All problems are told at once, each with its path: {@code policy.content.growth}.
 */
public final class PolicyReader {
  /** Policies are written by people; a DynamoDB item, which may hold one, takes 400 KB. */
  public static final int MAX_POLICY_BYTES = 128 * 1024;

  private PolicyReader() {}

  public static Reading<RolloutPolicy> read(String json) {
    return StrictJson.parse(json, MAX_POLICY_BYTES, "policy").then(PolicyReader::read);
  }

  public static Reading<RolloutPolicy> read(JsonNode policy) {
    return Reading.of(PolicyShape.POLICY, policy, "policy");
  }

  /** Reads what {@link PolicyWriter#toJson(ChannelPolicy)} wrote. */
  public static Reading<ChannelPolicy> readChannel(JsonNode channel) {
    return Reading.of(PolicyShape.CONTENT, channel, "channel");
  }
}
