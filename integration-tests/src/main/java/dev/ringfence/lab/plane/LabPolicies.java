package dev.ringfence.lab.plane;

import dev.ringfence.engine.Store;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.PolicyWriter;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.policy.Signing;
import dev.ringfence.release.Channel;
import java.util.List;
import java.util.Map;

/** Policies for products of the lab: the lab's tags select, the lab's key is believed. */
public final class LabPolicies {
  private LabPolicies() {}

  /** The defaults of both channels, for the machines that carry the product's tag. */
  public static RolloutPolicy of(String product) {
    return new RolloutPolicy(
        product,
        Map.of(FleetSpec.PRODUCT_TAG, List.of(product)),
        new Signing(true, Map.of(LabKey.ID, LabKey.publisher().publicKey())),
        null,
        ChannelPolicy.defaults(Channel.CONTENT),
        ChannelPolicy.defaults(Channel.CAPABILITY));
  }

  /** The same with other rules for one channel. */
  public static RolloutPolicy with(RolloutPolicy policy, Channel channel, ChannelPolicy rules) {
    return new RolloutPolicy(
        policy.product(),
        policy.selector(),
        policy.signing(),
        policy.drills(),
        channel == Channel.CONTENT ? rules : policy.content(),
        channel == Channel.CAPABILITY ? rules : policy.capability());
  }

  /** Stores a policy as people write it. */
  public static void register(Store store, RolloutPolicy policy) {
    store.putPolicy(policy.product(), PolicyWriter.toJson(policy).toString());
  }
}
