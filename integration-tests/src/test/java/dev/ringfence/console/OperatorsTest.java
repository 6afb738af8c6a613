package dev.ringfence.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.fleet.Unrestorable;
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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a rollout that goes wrong to machines that are back, by a person and the console alone. */
class OperatorsTest {
  private static final String PRODUCT = "falcon-content";
  private static final String BAD = "2026.11.03.2";
  private static final JsonMapper JSON = new JsonMapper();

  private final Lab lab;
  private String rollout = "";

  OperatorsTest() throws IOException {
    FleetSpec fleet = FleetSpec.of(60, 20261123).running(PRODUCT, "2026.11.02.1");
    lab = Lab.open(fleet, beat -> {});
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @BeforeEach
  void aBadReleaseIsUnderWay() {
    ChannelPolicy rules =
        ChannelPolicy.defaults(Channel.CONTENT)
            .with(WayBack.RESTORE, RestoreMode.ASK)
            .with(WayBack.UPDATE_WITHOUT_RESTORE, List.of(Unrestorable.HYBRID_NODE));
    LabPolicies.register(
        lab.plane().store(), LabPolicies.with(LabPolicies.of(PRODUCT), Channel.CONTENT, rules));
    lab.cloud().catalog().publish(PRODUCT, BAD, new Behaviour.BlueScreen());
    pass(Duration.ofMinutes(10));
    String event = ReleaseEvents.published(lab.cloud(), PRODUCT, BAD, Channel.CONTENT, lab.clock());
    rollout = ((ReleaseIntake.Answer.Started) lab.publish(event)).id();
    pass(Duration.ofMinutes(2));
  }

  private void pass(Duration time) {
    lab.clock().runUntil(lab.clock().instant().plus(time));
  }

  private JsonNode ask(String function, String input) {
    try {
      return switch (lab.plane().lambda().invoke(function, JSON.readTree(input))) {
        case LabLambda.Outcome.Returned(JsonNode payload) -> payload;
        case LabLambda.Outcome.Failed failed -> throw new AssertionError(failed.toString());
      };
    } catch (IOException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private JsonNode rollout(String input) {
    return ask(DeployedPlane.ROLLOUT_CONSOLE, input.replace('\'', '"'));
  }

  private JsonNode restore(String input) {
    return ask(DeployedPlane.RESTORE_CONSOLE, input.replace('\'', '"'));
  }

  @Test
  void aPersonHaltsLiftsAndRestores() {
    JsonNode list = rollout("{'action':'status'}");
    assertEquals(1, list.path("underWay").size(), list.toPrettyString());
    JsonNode halted = rollout("{'action':'halt','product':'falcon-content','by':'anna'}");
    assertEquals("HALTING", halted.path("phase").asText(), halted.toPrettyString());
    pass(Duration.ofMinutes(40));

    JsonNode status = rollout("{'action':'status','id':'" + rollout + "'}");
    assertEquals("AFTERCARE", status.path("phase").asText(), status.toPrettyString());
    int hurt = status.at("/machines/hurt").asInt();
    assertTrue(hurt > 0, status.toPrettyString());

    JsonNode lift =
        rollout(
            "{'action':'lift-quarantine','product':'falcon-content','version':'"
                + BAD
                + "','reason':'cleared','by':'anna'}");
    rollout(lift.path("toConfirm").toString());
    assertTrue(
        rollout(lift.path("toConfirm").toString())
            .path("answer")
            .asText()
            .contains("is not quara"));

    JsonNode plan = restore("{'action':'plan','rollout':'" + rollout + "','reason':'hurt'}");
    assertTrue(plan.has("confirm"), plan.toPrettyString());
    assertEquals(plan, restore("{'action':'plan','rollout':'" + rollout + "','reason':'hurt'}"));
    String run = plan.path("toConfirm").toString();
    JsonNode begun = restore(run);
    assertTrue(begun.path("answer").asText().startsWith("The restore has begun"), begun.toString());
    assertEquals(plan.path("id"), begun.path("id"), "the operation is called as it was planned");
    JsonNode twice = restore(run);
    assertTrue(twice.path("answer").asText().startsWith("This is under way already"));
    pass(Duration.ofMinutes(3));
    JsonNode later = restore(run);
    assertEquals(begun.path("id"), later.path("id"), "also when EC2 is at it: " + later);
    pass(Duration.ofHours(1));

    JsonNode done = restore("{'action':'status','id':'" + begun.path("id").asText() + "'}");
    assertEquals("DONE", done.path("phase").asText(), done.toPrettyString());
    for (JsonNode machine : done.path("machines")) {
      assertEquals("restored", machine.path("is").asText(), done.toPrettyString());
    }
    System.out.println(status.path("answer").asText() + "\n" + done.path("answer").asText());
  }

  @Test
  void approval_restoresAsThePolicyWaitsFor() {
    rollout("{'action':'halt','by':'anna'}");
    pass(Duration.ofMinutes(40));
    JsonNode shown =
        rollout("{'action':'approve','id':'" + rollout + "','reason':'go','by':'anna'}");
    JsonNode agreed = shown.path("agreesTo");
    assertTrue(agreed.path("pathB").asText().startsWith("where EC2 refuses"), "" + shown);
    assertTrue(agreed.path("olderPoints").asText().startsWith("no:"), "" + shown);
    assertEquals("[\"A\",\"B\"]", shown.at("/toConfirm/paths").toString());
    ObjectNode other = shown.path("toConfirm").deepCopy();
    JsonNode refused = rollout(other.put("olderPoints", true).toString());
    assertTrue(refused.path("answer").asText().startsWith("Nothing was changed"), "" + refused);
    rollout(shown.path("toConfirm").toString());
    pass(Duration.ofHours(1));
    JsonNode status = rollout("{'action':'status','id':'" + rollout + "'}");
    assertTrue(status.at("/restores/0/restored").asInt() > 0, status.toPrettyString());
  }

  /** Whoever confirmed the wrong restore can stop it; nobody is left between two roots. */
  @Test
  void haltedRestore_leavesEveryMachineToAPersonOrBack() {
    rollout("{'action':'halt','by':'anna'}");
    pass(Duration.ofMinutes(40));
    JsonNode plan = restore("{'action':'plan','rollout':'" + rollout + "'}");
    String id = restore(plan.path("toConfirm").toString()).path("id").asText();

    JsonNode halted = restore("{'action':'halt','id':'" + id + "','by':'anna'}");
    assertTrue(
        halted.path("answer").asText().startsWith("The restore is halted"), () -> "" + halted);
    JsonNode twice = restore("{'action':'halt','id':'" + id + "','by':'anna'}");
    assertTrue(twice.path("answer").asText().startsWith("Nothing was changed"), () -> "" + twice);
    pass(Duration.ofHours(2));

    JsonNode done = restore("{'action':'status','id':'" + id + "'}");
    assertEquals("DONE", done.path("phase").asText(), done.toPrettyString());
    for (JsonNode machine : done.path("machines")) {
      assertEquals("needs person", machine.path("is").asText(), done.toPrettyString());
    }
    JsonNode unnamed = restore("{'action':'halt'}");
    assertTrue(unnamed.toString().contains("name the restore to halt"), () -> "" + unnamed);
  }

  @Test
  void changedWorld_invalidatesAPlan() {
    rollout("{'action':'halt','by':'anna'}");
    pass(Duration.ofMinutes(40));
    JsonNode plan = restore("{'action':'plan','rollout':'" + rollout + "'}");
    pass(Duration.ofMinutes(25));
    JsonNode late = restore(plan.path("toConfirm").toString());
    assertTrue(late.path("answer").asText().startsWith("Nothing was changed"), late.toString());
    assertTrue(late.has("confirm"), "the new plan is shown");
    assertEquals(0, restore("{'action':'status'}").path("underWay").size());
  }
}
