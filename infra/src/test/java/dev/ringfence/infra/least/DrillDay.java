package dev.ringfence.infra.least;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.DrillTimes;
import dev.ringfence.contract.Tags;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.plane.DeployedPlane;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabPolicies;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.policy.Drills;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.release.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** A fleet whose restores are rehearsed, and what an earlier drill left lying about. */
final class DrillDay {
  private static final String PRODUCT = "falcon";
  private static final int MACHINES = 24;

  /** Of these it is read whether they may be stopped, since EC2 does not replace their roots. */
  private static final int METAL = 2;

  private static final long SEED = 7;

  /** Enough that one of them is a hybrid node, whose tags are read one by one. */
  private static final double HYBRID = 0.1;

  /** The role of the template's own policy; the lab has no roles and takes any name. */
  private static final String PROFILE = "ringfence-clones";

  private static final String NEXT = "1.0.1";

  /** Content goes to a small fleet within a few hours. */
  private static final Duration A_ROLLOUT = Duration.ofHours(12);

  private static final JsonMapper JSON = new JsonMapper();

  /** A clone is there by then and has no verdict yet. */
  private static final Duration A_WHILE = Duration.ofMinutes(4);

  private DrillDay() {}

  static void in(FunctionCalls calls) throws IOException {
    FleetSpec fleet =
        FleetSpec.of(MACHINES, SEED)
            .running(PRODUCT, "1.0.0")
            .withHybridShare(HYBRID)
            .with(FleetSpec.Oddity.BARE_METAL, METAL);
    try (Lab lab = Lab.open(fleet, beat -> {})) {
      LabPolicies.register(lab.look(), policy());
      succeedOnce(lab);
      removeBackups(lab);
      leaveLyingAbout(lab);
      lab.clock().runUntil(lab.clock().instant().plus(DrillTimes.LEFT_OVER).plusSeconds(1));
      Recording.listen(lab, calls);
      lab.plane().runDrillSchedule();
      lab.clock().runUntil(lab.clock().instant().plus(DrillTimes.EVERY));
      byHand(lab);
    }
  }

  /** Somebody looks, begins a drill of his own, and thinks better of it. */
  private static void byHand(Lab lab) {
    ask(lab, JSON.createObjectNode().put("action", "status").put("product", PRODUCT));
    ObjectNode plan = JSON.createObjectNode().put("action", "plan").put("product", PRODUCT);
    plan.putArray("machines").add(lab.cloud().fleet().instances().getFirst().id());
    String drill = ask(lab, ask(lab, plan).path("toConfirm")).path("id").asText();
    lab.clock().runUntil(lab.clock().instant().plus(A_WHILE));
    // A drill is under way, so the sweep looks at what it needs.
    ask(lab, DeployedPlane.EXPIRY_SWEEP, JSON.createObjectNode());
    ObjectNode abandon = JSON.createObjectNode().put("action", "abandon").put("id", drill);
    ask(lab, ask(lab, abandon.put("reason", "quota")).path("toConfirm"));
    lab.clock().runUntil(lab.clock().instant().plus(DrillTimes.EVERY));
    // What the drill was made from may go now that nobody needs it.
    ask(lab, DeployedPlane.EXPIRY_SWEEP, JSON.createObjectNode());
  }

  private static JsonNode ask(Lab lab, JsonNode input) {
    return ask(lab, DeployedPlane.DRILL_CONSOLE, input);
  }

  private static JsonNode ask(Lab lab, String function, JsonNode input) {
    return switch (lab.plane().lambda().invoke(function, input)) {
      case LabLambda.Outcome.Returned(JsonNode payload) -> payload;
      case LabLambda.Outcome.Failed failed -> throw new IllegalStateException(failed.toString());
    };
  }

  private static RolloutPolicy policy() {
    RolloutPolicy policy = LabPolicies.of(PRODUCT);
    // With a profile a clone's agent must report, for which it needs to reach Systems Manager.
    Drills network =
        Drills.in(Networks.endpointSubnet(Account.ZONES.getFirst()), Networks.ENDPOINTS_GROUP);
    Drills drills =
        new Drills(
            network.subnet(),
            network.otherSubnets(),
            network.securityGroup(),
            network.period(),
            network.atOnce(),
            network.perRun(),
            network.bootWithin(),
            PROFILE);
    return new RolloutPolicy(
        policy.product(),
        policy.selector(),
        policy.signing(),
        drills,
        policy.content(),
        policy.capability());
  }

  /** Clones are asked what they run by the probe of a release that succeeded. */
  private static void succeedOnce(Lab lab) {
    lab.cloud().catalog().publish(PRODUCT, NEXT, new Behaviour.Healthy());
    lab.publish(ReleaseEvents.published(lab.cloud(), PRODUCT, NEXT, Channel.CONTENT, lab.clock()));
    lab.clock().runUntil(lab.clock().instant().plus(A_ROLLOUT));
  }

  /** Without a snapshot of anybody else's, a drill has to make its own. */
  private static void removeBackups(Lab lab) {
    Ec2Client ec2 = lab.onlooker().ec2();
    ec2.describeSnapshots(all -> all.ownerIds("self"))
        .snapshots()
        .forEach(one -> ec2.deleteSnapshot(delete -> delete.snapshotId(one.snapshotId())));
  }

  /** A clone, a volume and a snapshot, as of a drill that died; and what expired long ago. */
  private static void leaveLyingAbout(Lab lab) {
    Ec2Client ec2 = lab.onlooker().ec2();
    Machine like = lab.cloud().fleet().instances().getFirst();
    ec2.createSnapshots(set ->
        set.instanceSpecification(one -> one.instanceId(like.id()))
            .tagSpecifications(tag(ResourceType.SNAPSHOT)));
    lab.clock().runUntil(lab.clock().instant().plus(Duration.ofHours(1)));
    String snapshot =
        ec2.describeSnapshots(all -> all.ownerIds("self")).snapshots().getFirst().snapshotId();
    ec2.createVolume(volume ->
        volume
            .availabilityZone(Account.ZONES.getFirst())
            .snapshotId(snapshot)
            .tagSpecifications(tag(ResourceType.VOLUME)));
    ec2.createSnapshot(old ->
        old.volumeId(Objects.requireNonNull(like.root()).id())
            .tagSpecifications(expired(ResourceType.SNAPSHOT)));
    replacedRoot(ec2, snapshot);
    // One of two old roots was attached again.
    String back = replacedRoot(ec2, snapshot);
    lab.clock().runUntil(lab.clock().instant().plus(Duration.ofHours(1)));
    String there =
        lab.cloud().fleet().instances().stream()
            .filter(one -> one.hardware().zone().equals(Account.ZONES.getFirst()))
            .findFirst()
            .orElseThrow()
            .id();
    ec2.attachVolume(to -> to.volumeId(back).instanceId(there).device("/dev/sdz"));
    String image =
        ec2.describeInstances(all -> all.instanceIds(like.id()))
            .reservations()
            .getFirst()
            .instances()
            .getFirst()
            .imageId();
    ec2.runInstances(launch ->
        launch
            .imageId(image)
            .instanceType("t3.medium")
            .minCount(1)
            .maxCount(1)
            .subnetId(Networks.sealedSubnet(Account.ZONES.getFirst()))
            .securityGroupIds(Networks.SEALED_GROUP)
            .tagSpecifications(tag(ResourceType.INSTANCE)));
  }

  private static String replacedRoot(Ec2Client ec2, String snapshot) {
    return ec2.createVolume(volume ->
            volume
                .availabilityZone(Account.ZONES.getFirst())
                .snapshotId(snapshot)
                .tagSpecifications(expired(ResourceType.VOLUME)))
        .volumeId();
  }

  private static TagSpecification expired(ResourceType type) {
    return TagSpecification.builder()
        .resourceType(type)
        .tags(
            Tag.builder().key(Tags.EXPIRES).value("2020-01-01T00:00:00Z").build(),
            Tag.builder().key(Tags.RELEASE).value(PRODUCT + " 0.9.0").build(),
            Tag.builder().key(Tags.OPERATION).value("an-earlier-one").build())
        .build();
  }

  private static TagSpecification tag(ResourceType type) {
    return TagSpecification.builder()
        .resourceType(type)
        .tags(Tag.builder().key(Tags.DRILL).value("an-earlier-one").build())
        .build();
  }
}
