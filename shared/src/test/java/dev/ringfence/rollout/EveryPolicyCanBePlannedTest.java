package dev.ringfence.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.PolicyReader;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.release.json.Reading;
import org.junit.jupiter.api.Test;

/**
 * A policy that the reader takes must not break the planner: its beat would break again and again,
 * and the roll-out would neither begin nor end.
 */
class EveryPolicyCanBePlannedTest {
  private static ChannelPolicy content(String settings) {
    var reading =
        PolicyReader.read(
            "{\"product\":\"falcon\",\"selector\":{\"a\":\"b\"},\"content\":{" + settings + "}}");
    return assertInstanceOf(Reading.Accepted.class, reading).value() instanceof RolloutPolicy policy
        ? policy.content()
        : ChannelPolicy.defaults(dev.ringfence.release.Channel.CONTENT);
  }

  private static WavePlan plan(ChannelPolicy policy) {
    return WavePlan.of(
        100,
        new Pace(
            1,
            policy.deadline(),
            policy.minGap(),
            policy.observation(),
            policy.growth(),
            policy.detectShare(),
            policy.beta(),
            false));
  }

  @Test
  void theSlowestGrowthThatAPolicyMaySay_canBePlanned() {
    assertEquals(100, plan(content("\"growth\":1.25,\"deadline\":\"P9D\"")).sizes().getLast());
  }

  @Test
  void theShortestDeadlineThatAPolicyMaySay_canBePlanned() {
    assertEquals(
        100,
        plan(content("\"deadline\":\"PT30M\",\"dispatch\":\"PT5M\",\"bake\":\"PT10M\""))
            .sizes()
            .getLast());
  }
}
