package dev.ringfence.policy;

import dev.ringfence.release.Channel;
import dev.ringfence.release.json.Groups;
import java.util.List;
import java.util.Map;

/**
 * What a team allows for one product.
 *
 * @param product as in the manifests of its releases
 * @param selector the fleet: machines that have each of these tags with one of its values
 * @param signing whose releases are believed
 */
public record RolloutPolicy(
    String product,
    Map<String, List<String>> selector,
    Signing signing,
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
        ChannelPolicy.defaults(Channel.CONTENT),
        ChannelPolicy.defaults(Channel.CAPABILITY));
  }

  public ChannelPolicy channel(Channel channel) {
    return switch (channel) {
      case CONTENT -> content;
      case CAPABILITY -> capability;
    };
  }
}
