package dev.ringfence.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Policies as people write them. */
final class Policies {
  static final String SHORTEST =
      """
      {"product":"falcon","selector":{"ringfence:product":["falcon"]}}
      """;

  /** The public key of RFC 8032 §7.1, test 1. */
  static final String KEY = "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  static final String FULL =
      """
      {"product": "falcon", "selector": {"ringfence:product": "falcon", "os": ["win", "linux"]},
       "signing": {"required": true, "keys": {"release-2026": "%s"}},
       "drills": {"subnet": "subnet-0123456789abcdef0", "securityGroup": "sg-0123456789abcdef0"},
       "content": {"growth": 3, "alarms": ["checkout-5xx"],
         "windows": [{"days": ["MON", "TUE"], "from": "22:00", "duration": "PT6H",
                      "zone": "Europe/Zurich"}],
         "restorePoint": {"reuseYoungerThan": "PT12H"},
         "failureBudget": {"share": 0.02, "atLeast": 3, "atMost": 40}},
       "capability": {"rings": [{"name": "lab", "tags": {"env": "lab"}}], "deadline": "P5D",
         "observation": "P1D", "restore": "ASK", "updateWithoutRestore": ["SPOT"],
         "calendars": ["freeze"]}}
      """
          .formatted(KEY);

  private Policies() {}

  static ObjectNode tree(String json) {
    try {
      return (ObjectNode) new JsonMapper().readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  /** The full policy with one field set; {@code at} is a JSON Pointer. */
  static ObjectNode with(String at, String json) {
    ObjectNode policy = tree(FULL);
    int slash = at.lastIndexOf('/');
    JsonNode value = tree("{\"v\":" + json + "}").get("v");
    ((ObjectNode) policy.at(at.substring(0, slash))).set(at.substring(slash + 1), value);
    return policy;
  }
}
