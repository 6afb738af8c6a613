package dev.ringfence.drills;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.contract.Tags;
import dev.ringfence.engine.Janitor;
import dev.ringfence.functions.aws.DrillJanitor;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.plane.LabClients;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The janitor removes by tag and age, and never touches what has no drill tag. */
class DrillJanitorTest {
  private static final String ZONE = Account.ZONES.getFirst();

  /** Tags that only look like a drill's. */
  private static final List<String> OTHERS =
      List.of("Ringfence:drill", "ringfence:drills", "ringfence:machine", "drill");

  private final VirtualClock clock;
  private final SimulatedCloud cloud;
  private final Ec2Client ec2;
  private final Janitor janitor;
  private String snapshot = "";

  DrillJanitorTest() {
    FleetSpec spec = FleetSpec.of(4, 7).running("falcon", "1.0.0").withHybridShare(0);
    clock = new VirtualClock(spec.start());
    Services services = new Services();
    cloud = new SimulatedCloud(spec, clock, services);
    ec2 = LabClients.over(new Wire(services)).ec2();
    janitor = new DrillJanitor(ec2, clock);
  }

  @BeforeEach
  void aSnapshotOfSomebodys() {
    String machine = cloud.fleet().instances().getFirst().id();
    snapshot = snapshotOf(machine, "owner");
    pass(Duration.ofHours(2));
  }

  private void pass(Duration time) {
    clock.runUntil(clock.instant().plus(time));
  }

  private static TagSpecification tag(ResourceType type, String key) {
    return TagSpecification.builder()
        .resourceType(type)
        .tags(Tag.builder().key(key).value("somebody").build())
        .build();
  }

  private String snapshotOf(String machine, String key) {
    return ec2.createSnapshots(set ->
            set.instanceSpecification(one -> one.instanceId(machine))
                .tagSpecifications(tag(ResourceType.SNAPSHOT, key)))
        .snapshots()
        .getFirst()
        .snapshotId();
  }

  private String volume(String key) {
    return ec2.createVolume(volume ->
            volume
                .availabilityZone(ZONE)
                .snapshotId(snapshot)
                .tagSpecifications(tag(ResourceType.VOLUME, key)))
        .volumeId();
  }

  private String instance(String key) {
    String image = cloud.fleet().instances().getFirst().hardware().imageId();
    return ec2.runInstances(launch ->
            launch
                .imageId(image)
                .instanceType("t3.medium")
                .minCount(1)
                .maxCount(1)
                .subnetId(Networks.sealedSubnet(ZONE))
                .securityGroupIds(Networks.SEALED_GROUP)
                .tagSpecifications(tag(ResourceType.INSTANCE, key)))
        .instances()
        .getFirst()
        .instanceId();
  }

  /** One of each kind. */
  private Set<String> things(String key) {
    return new TreeSet<>(
        List.of(
            instance(key),
            volume(key),
            snapshotOf(cloud.fleet().instances().getFirst().id(), key)));
  }

  /** Everything that is there and costs something. */
  private Set<String> standing() {
    Set<String> all = new TreeSet<>();
    ec2.describeInstancesPaginator()
        .reservations()
        .forEach(reservation ->
            reservation.instances().stream()
                .filter(one -> one.state().name() != InstanceStateName.TERMINATED)
                .filter(one -> one.state().name() != InstanceStateName.SHUTTING_DOWN)
                .forEach(one -> all.add(one.instanceId())));
    ec2.describeVolumesPaginator().volumes().forEach(one -> all.add(one.volumeId()));
    ec2.describeSnapshotsPaginator(own -> own.ownerIds("self")).snapshots().stream()
        .filter(one -> one.state() != SnapshotState.ERROR)
        .forEach(one -> all.add(one.snapshotId()));
    return all;
  }

  @Test
  void whatIsOldAndTagged_isRemovedAndNamed() {
    Set<String> before = standing();
    Set<String> old = things(Tags.DRILL);
    pass(Duration.ofHours(1));
    Janitor.Swept swept = janitor.sweep(clock.instant());
    assertEquals(List.of(), swept.problems());
    assertEquals(old, new TreeSet<>(swept.leftovers()));
    pass(Duration.ofMinutes(10));
    assertEquals(before, standing());
  }

  @Test
  void whatIsYoung_staysHoweverItIsTagged() {
    Set<String> young = things(Tags.DRILL);
    Instant made = clock.instant();
    Set<String> before = standing();
    pass(Duration.ofHours(1));
    assertEquals(
        new Janitor.Swept(List.of(), List.of()), janitor.sweep(made.minus(Duration.ofMinutes(1))));
    pass(Duration.ofMinutes(10));
    assertEquals(before, standing(), young.toString());
  }

  @Test
  void whatHasNoDrillTag_isNeverTouchedHoweverOldItIs() {
    List<String> others = new ArrayList<>();
    for (String key : OTHERS) {
      others.addAll(things(key));
      pass(Duration.ofHours(1));
    }
    pass(Duration.ofDays(8));
    Set<String> before = standing();
    assertEquals(
        new Janitor.Swept(List.of(), List.of()), janitor.sweep(clock.instant()), others.toString());
    pass(Duration.ofMinutes(10));
    assertEquals(before, standing());
  }

  @Test
  void whatIsAttached_goesOnceItsInstanceIsGone() {
    Set<String> before = standing();
    String clone = instance(Tags.DRILL);
    String disk = volume(Tags.DRILL);
    pass(Duration.ofMinutes(10));
    ec2.attachVolume(attach -> attach.instanceId(clone).volumeId(disk).device("/dev/sdz"));
    pass(Duration.ofHours(1));
    assertEquals(List.of(), janitor.sweep(clock.instant()).problems());
    pass(Duration.ofHours(1));
    janitor.sweep(clock.instant());
    pass(Duration.ofMinutes(10));
    assertEquals(before, standing());
  }
}
