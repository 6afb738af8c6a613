package dev.ringfence.policy;

import dev.ringfence.release.Channel;
import dev.ringfence.release.json.Groups;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a team allows for one product.
 *
 * @param product as in the manifests of its releases
 * @param selector the fleet: machines that have each of these tags with one of its values
 * @param signing whose releases are believed
 * @param drills how restores are rehearsed; null for not at all
 */
public record RolloutPolicy(
    String product,
    Map<String, List<String>> selector,
    Signing signing,
    @Nullable Drills drills,
    ChannelPolicy content,
    ChannelPolicy capability) {
  public RolloutPolicy {
    selector = Groups.frozen(selector);
  }

  /** The policy that a product and a selector are by themselves. */
  public static RolloutPolicy of(String product, Map<String, List<String>> selector) {
    return new RolloutPolicy(
        product,
        selector,
        new Signing(true, Map.of()),
        null,
        ChannelPolicy.defaults(Channel.CONTENT),
        ChannelPolicy.defaults(Channel.CAPABILITY));
  }

  /**
   * The rules of a channel as they hold for a rollout: where no drills are set up, none are asked
   * for.
   */
  public ChannelPolicy channel(Channel channel) {
    ChannelPolicy rules =
        switch (channel) {
          case CONTENT -> content;
          case CAPABILITY -> capability;
        };
    return drills == null ? rules.with(WayBack.MAX_DRILL_AGE, Duration.ZERO) : rules;
  }
}
