package dev.ringfence.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.FleetSpec.Oddity;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.plane.DeployedPlane;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.RestoreMode;
import dev.ringfence.policy.RestorePointRule;
import dev.ringfence.policy.RingRule;
import dev.ringfence.policy.WayBack;
import dev.ringfence.release.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** A person restores machines by path B, with what they hold besides their root. */
class PathBTest {
  private static final String PRODUCT = "falcon-content";
  private static final String BAD = "2026.11.03.2";
  private static final String DEVICE = "/dev/sdp";
  private static final JsonMapper JSON = new JsonMapper();

  /** Snapshots of their own take machines most of an hour, and harm some minutes to show. */
  private static final Duration UNTIL_HURT = Duration.ofHours(5);

  private static final RingRule EVERYBODY =
      new RingRule("all", Map.of(FleetSpec.ENVIRONMENT_TAG, List.of("dev", "test", "prod")));

  private final Lab lab;
  private String rollout = "";

  PathBTest() throws IOException {
    FleetSpec fleet =
        FleetSpec.of(60, 20261123)
            .running(PRODUCT, "2026.11.02.1")
            .with(Oddity.BARE_METAL, 30)
            .with(Oddity.STOP_PROTECTED, 20)
            .with(Oddity.PUBLIC_ADDRESS, 12);
    lab = Lab.open(fleet, beat -> {});
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @BeforeEach
  void aBadReleaseHasHurtMachines() {
    ChannelPolicy rules =
        ChannelPolicy.defaults(Channel.CONTENT)
            .with(WayBack.RESTORE, RestoreMode.ASK)
            .with(WayBack.RESTORE_POINT, new RestorePointRule.Fresh())
            .with(Pace.RINGS, List.of(EVERYBODY))
            .with(
                WayBack.UPDATE_WITHOUT_RESTORE,
                List.of(Unrestorable.HYBRID_NODE, Unrestorable.PUBLIC_ADDRESS));
    LabPolicies.register(
        lab.plane().store(), LabPolicies.with(LabPolicies.of(PRODUCT), Channel.CONTENT, rules));
    lab.cloud().catalog().publish(PRODUCT, BAD, new Behaviour.BlueScreen());
    giveEverybodyData();
    pass(Duration.ofMinutes(10));
    String event = ReleaseEvents.published(lab.cloud(), PRODUCT, BAD, Channel.CONTENT, lab.clock());
    rollout = ((ReleaseIntake.Answer.Started) lab.publish(event)).id();
    pass(UNTIL_HURT);
  }

  private void giveEverybodyData() {
    Ec2Client ec2 = lab.onlooker().ec2();
    for (Machine machine : lab.cloud().fleet().instances()) {
      String zone = machine.hardware().zone();
      String volume =
          ec2.createVolume(one -> one.availabilityZone(zone).size(20).volumeType("gp3")).volumeId();
      pass(Duration.ofMinutes(1));
      ec2.attachVolume(one -> one.volumeId(volume).instanceId(machine.id()).device(DEVICE));
    }
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

  private JsonNode restore(String input) {
    return ask(DeployedPlane.RESTORE_CONSOLE, input.replace('\'', '"'));
  }

  private JsonNode whole() {
    return restore("{'action':'plan','rollout':'" + rollout + "'}");
  }

  private Machine hurt(Predicate<Machine> which) {
    JsonNode plan = whole();
    for (JsonNode row : plan.path("machines")) {
      Machine machine =
          lab.cloud().fleet().instances().stream()
              .filter(one -> one.id().equals(row.path("machine").asText()))
              .findFirst()
              .orElseThrow();
      if (which.test(machine)) {
        return machine;
      }
    }
    throw new AssertionError(plan.toPrettyString());
  }

  private static boolean isMetal(Machine machine) {
    return machine.hardware().instanceType().endsWith(".metal");
  }

  private JsonNode restored(JsonNode plan) {
    JsonNode begun = restore(plan.path("toConfirm").toString());
    assertTrue(begun.path("answer").asText().startsWith("The restore has begun"), begun.toString());
    pass(Duration.ofHours(1));
    return restore("{'action':'status','id':'" + begun.path("id").asText() + "'}");
  }

  /** What a stop costs and which writes are lost is read before it is confirmed. */
  @Test
  void dataVolumeThatIsNamed_goesBackWithTheRoot() {
    Machine hurt = hurt(machine -> !isMetal(machine));
    String data = Objects.requireNonNull(hurt.disks().get(DEVICE)).id();
    String ask = "{'action':'plan','machines':['" + hurt.id() + "'],'volumes':['%s']}";

    JsonNode wrong = restore(ask.replace("%s", "/dev/sdz"));
    assertTrue(
        wrong.toString().contains("volumes[0]") && wrong.toString().contains(DEVICE + " (" + data),
        wrong.toPrettyString());

    JsonNode plan = restore(ask.replace("%s", DEVICE));
    JsonNode row = plan.at("/machines/0");
    String told = plan.toPrettyString();
    assertTrue(
        plan.path("answer")
            .asText()
            .startsWith("This would stop and exchange 1 data volume and the root volumes of 1"),
        told);
    assertTrue(row.path("path").asText().startsWith("B: it is stopped"), told);
    assertTrue(row.path("newRoot").asText().endsWith("was taken"), told);
    assertEquals(data, row.at("/dataVolumes/0/volume").asText(), told);
    assertTrue(row.at("/dataVolumes/0/loses").asText().contains("since 2026-"), told);
    System.out.println(told);

    JsonNode done = restored(plan);
    assertEquals("restored", done.at("/machines/0/is").asText(), done.toPrettyString());
    Volume now = Objects.requireNonNull(hurt.disks().get(DEVICE));
    assertEquals(row.at("/dataVolumes/0/goesBackTo").asText(), now.facts().snapshotId());
  }

  /** Its root is not EC2's to replace, so a stop is all there is, at a price that is told. */
  @Test
  void bareMetal_isPlannedByPathBWithoutBeingAskedTo() {
    Machine metal = hurt(PathBTest::isMetal);
    JsonNode plan = restore("{'action':'plan','machines':['" + metal.id() + "'],'by':'anna'}");
    JsonNode row = plan.at("/machines/0");
    assertTrue(
        row.path("because").asText().startsWith("path A is closed: It is bare metal"),
        plan.toPrettyString());
    assertEquals(
        metal.settings().publicIp() != null,
        row.path("costs").toString().contains("Elastic IP"),
        plan.toPrettyString());
    JsonNode done = restored(plan);
    assertEquals("restored", done.at("/machines/0/is").asText(), done.toPrettyString());
  }

  /** The way back that a machine has is known before it is updated. */
  @Test
  void planOfARollout_saysWhoHasWhichPathBack() {
    JsonNode plan =
        ask(DeployedPlane.ROLLOUT_CONSOLE, "{\"action\":\"plan\",\"id\":\"" + rollout + "\"}");
    String told = plan.toPrettyString();
    assertTrue(told.contains("B only; not A for BARE_METAL"), told);
    assertTrue(plan.path("leftOut").toString().contains("BARE_METAL"), told);
    System.out.println(plan.path("waysBack").toPrettyString());
  }
}
