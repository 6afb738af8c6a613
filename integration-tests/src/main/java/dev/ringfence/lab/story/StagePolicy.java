package dev.ringfence.lab.story;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.plane.LabKey;
import java.util.List;

/** The lab's own policy, as each story needs it. */
final class StagePolicy {
  /** One run of the schedule proves every class of a usual fleet. */
  private static final int DRILLS_PER_RUN = 60;

  /** As many clones as a policy may allow. */
  private static final int CLONES_AT_ONCE = 50;

  private StagePolicy() {}

  static ObjectNode of(StoryInput input, String product) {
    ObjectNode policy = new ObjectMapper().createObjectNode();
    policy.put("product", product);
    policy.putObject("selector").putArray(FleetSpec.PRODUCT_TAG).add(product);
    ObjectNode signing = policy.putObject("signing");
    // Somebody else's release is signed with a key that the lab does not have.
    signing.put("required", input.release() == null);
    signing.putObject("keys").put(LabKey.ID, LabKey.publisher().publicKey());
    for (String channel : List.of("content", "capability")) {
      ObjectNode settings = policy.putObject(channel);
      settings.putArray("updateWithoutRestore").add("HYBRID_NODE");
      // An outage fails machines too, and an alarm cannot tell; this story shows what the gate
      // makes of it alone.
      if (input.scenario() != Scenario.AZ_OUTAGE) {
        settings.putArray("alarms").add(Stage.ALARM);
      }
    }
    switch (input.scenario()) {
      case DRILL -> drilled(policy);
      case RESTORE_STORM -> policy.withObject("/content").put("restoresAtOnce", input.storm());
      case HEALTHY, BLUE_SCREEN, BOOT_LOOP_IN_ONE_STRATUM, SLOW_LEAK, AGENT_KILLER -> {}
      case AZ_OUTAGE, PARTIAL -> {}
    }
    return policy;
  }

  /** New code takes ten days by default; what a drill holds back shows in a morning as well. */
  private static void drilled(ObjectNode policy) {
    policy
        .putObject("drills")
        .put("subnet", Networks.sealedSubnet(Account.ZONES.getFirst()))
        .put("securityGroup", Networks.SEALED_GROUP)
        .put("atOnce", CLONES_AT_ONCE)
        .put("perRun", DRILLS_PER_RUN);
    policy
        .withObject("/capability")
        .put("deadline", "PT8H")
        .put("dispatch", "PT10M")
        .put("bake", "PT20M")
        .put("observation", "PT1H");
  }
}
