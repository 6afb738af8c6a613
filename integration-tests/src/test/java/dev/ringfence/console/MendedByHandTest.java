package dev.ringfence.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.plane.DeployedPlane;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.RestoreMode;
import dev.ringfence.policy.WayBack;
import dev.ringfence.release.Channel;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody does after they have mended a machine that a restore had left to them. */
class MendedByHandTest {
  private static final String PRODUCT = "falcon-content";
  private static final String BAD = "2026.11.03.2";
  private static final JsonMapper JSON = new JsonMapper();

  private final Lab lab;

  MendedByHandTest() throws IOException {
    FleetSpec fleet =
        FleetSpec.of(60, 20261123).running(PRODUCT, "2026.11.02.1").withHybridShare(0);
    lab = Lab.open(fleet, beat -> {});
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void pass(Duration time) {
    lab.clock().runUntil(lab.clock().instant().plus(time));
  }

  private JsonNode ask(String function, String input) {
    try {
      return switch (lab.plane()
          .lambda()
          .invoke(function, JSON.readTree(input.replace('\'', '"')))) {
        case LabLambda.Outcome.Returned(JsonNode payload) -> payload;
        case LabLambda.Outcome.Failed failed -> throw new AssertionError(failed.toString());
      };
    } catch (IOException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private JsonNode restore(String input) {
    return ask(DeployedPlane.RESTORE_CONSOLE, input);
  }

  /** A bad release hurts machines, and a person halts the restore of them. */
  private JsonNode restoreThatWasHalted() {
    ChannelPolicy rules =
        ChannelPolicy.defaults(Channel.CONTENT).with(WayBack.RESTORE, RestoreMode.ASK);
    LabPolicies.register(
        lab.plane().store(), LabPolicies.with(LabPolicies.of(PRODUCT), Channel.CONTENT, rules));
    lab.cloud().catalog().publish(PRODUCT, BAD, new Behaviour.BlueScreen());
    pass(Duration.ofMinutes(10));
    String event = ReleaseEvents.published(lab.cloud(), PRODUCT, BAD, Channel.CONTENT, lab.clock());
    String rollout = ((ReleaseIntake.Answer.Started) lab.publish(event)).id();
    pass(Duration.ofMinutes(2));
    ask(DeployedPlane.ROLLOUT_CONSOLE, "{'action':'halt','by':'anna'}");
    pass(Duration.ofMinutes(40));
    JsonNode plan = restore("{'action':'plan','rollout':'" + rollout + "'}");
    String id = restore(plan.path("toConfirm").toString()).path("id").asText();
    restore("{'action':'halt','id':'" + id + "','by':'anna'}");
    pass(Duration.ofHours(1));
    return restore("{'action':'status','id':'" + id + "'}");
  }

  @Test
  void machineThatProvesItsLife_isLeftAloneAndTheEarlierRestoreSaysSo() {
    JsonNode halted = restoreThatWasHalted();
    JsonNode left = halted.at("/machines/0");
    assertEquals("needs person", left.path("is").asText(), halted.toPrettyString());
    assertEquals("no restore was begun for it", left.path("sinceThen").asText());
    String machine = left.path("machine").asText();
    lab.onlooker()
        .ec2()
        .createReplaceRootVolumeTask(
            r -> r.instanceId(machine).snapshotId(left.path("goesBackTo").asText()));
    pass(Duration.ofMinutes(30));

    JsonNode plan = restore("{'action':'plan','machines':['" + machine + "'],'by':'anna'}");
    assertTrue(
        plan.at("/machines/0/seen").asText().startsWith("it shows life"), plan.toPrettyString());
    String id = restore(plan.path("toConfirm").toString()).path("id").asText();
    pass(Duration.ofHours(1));
    JsonNode done = restore("{'action':'status','id':'" + id + "'}");
    assertEquals("left alone", done.at("/machines/0/is").asText(), done.toPrettyString());
    assertTrue(done.at("/machines/0/why").asText().contains("runs 2026.11.02.1"), "" + done);
    JsonNode then =
        restore("{'action':'status','id':'" + halted.path("id").asText() + "'}").at("/machines/0");
    assertTrue(then.path("sinceThen").asText().startsWith("it lives again since"), "" + then);
  }

  @Test
  void machineThatStaysDead_isRestoredOnceMoreByItsName() {
    JsonNode halted = restoreThatWasHalted();
    String machine = halted.at("/machines/0/machine").asText();
    JsonNode plan = restore("{'action':'plan','machines':['" + machine + "'],'by':'anna'}");
    restore(plan.path("toConfirm").toString());
    pass(Duration.ofHours(1));
    JsonNode then =
        restore("{'action':'status','id':'" + halted.path("id").asText() + "'}").at("/machines/0");
    assertTrue(then.path("sinceThen").asText().startsWith("restored by "), "" + then);
  }
}
