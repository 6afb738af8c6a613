package dev.ringfence.policy;

import dev.ringfence.release.json.Groups;
import java.util.List;
import java.util.Map;

/**
 * A ring that is chosen by tags and comes before the computed ones (pilot, canary, waves).
 *
 * @param tags a machine is in the ring when it has each tag with one of its values
 */
public record RingRule(String name, Map<String, List<String>> tags) {
  public RingRule {
    tags = Groups.frozen(tags);
  }
}
