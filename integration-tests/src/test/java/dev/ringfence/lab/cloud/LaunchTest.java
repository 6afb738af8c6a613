package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.cloud.account.InstanceKinds;
import dev.ringfence.lab.cloud.ec2.Images;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.network.Networks;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.LockSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

class LaunchTest {
  private static final long SEED = 12;
  private static final String ZONE = "eu-west-1b";
  private static final String DRILL = "ringfence:drill";

  private final Lab lab = Lab.of(60, SEED);
  private final Ec2 ec2 = new Ec2(lab);

  private static TagSpecification tagging(String type) {
    return TagSpecification.builder()
        .resourceType(type)
        .tags(Tag.builder().key(DRILL).value("d-1").build())
        .build();
  }

  private Instance run(String token, Consumer<RunInstancesRequest.Builder> change) {
    return ec2.ask("RunInstances", order(token, change), RunInstancesResponse.class)
        .instances()
        .getFirst();
  }

  private static RunInstancesRequest order(
      String token, Consumer<RunInstancesRequest.Builder> change) {
    return RunInstancesRequest.builder()
        .imageId(Images.LINUX)
        .instanceType("t3.micro")
        .minCount(1)
        .maxCount(1)
        .subnetId(Networks.sealedSubnet(ZONE))
        .securityGroupIds(Networks.SEALED_GROUP)
        .metadataOptions(m -> m.httpTokens("required"))
        .tagSpecifications(tagging("instance"), tagging("volume"))
        .clientToken(token)
        .applyMutation(change)
        .build();
  }

  private int managed(String id) {
    return lab.ask(
            "ssm",
            "DescribeInstanceInformation",
            DescribeInstanceInformationRequest.builder()
                .filters(
                    InstanceInformationStringFilter.builder().key("InstanceIds").values(id).build())
                .build(),
            DescribeInstanceInformationResponse.class)
        .instanceInformationList()
        .size();
  }

  @Test
  void launchedInstance_bootsFromItsImageInItsSubnetsZone() {
    Instance launched = run("t-1", order -> {});
    assertEquals("pending", launched.state().nameAsString());
    assertEquals(ZONE, launched.placement().availabilityZone());
    lab.pass(Duration.ofMinutes(8));
    Instance seen = ec2.seen(launched.instanceId());
    assertEquals("running", seen.state().nameAsString());
    assertEquals("ok", lab.status(seen.instanceId()).instanceStatus().statusAsString());
    assertEquals(
        "7.15.0", lab.cloud.truth().installed(seen.instanceId(), Lab.PRODUCT).orElseThrow());
    assertEquals(List.of(launched.instanceId()), lab.cloud.truth().leftovers().launched());
  }

  @Test
  void clientToken_launchesOnceAndOnlyForTheSameOrder() {
    String first = run("t-1", order -> {}).instanceId();
    assertEquals(first, run("t-1", order -> {}).instanceId());
    assertEquals(
        "400 IdempotentParameterMismatch",
        ec2.faultOf("RunInstances", order("t-1", order -> order.instanceType("m5.large"))));
    assertEquals(1, lab.cloud.truth().leftovers().launched().size());
  }

  @Test
  void agentInASealedSubnet_isNeverHeard() {
    String sealed = run("t-1", order -> {}).instanceId();
    Consumer<RunInstancesRequest.Builder> reachable =
        order ->
            order
                .subnetId(Networks.endpointSubnet(ZONE))
                .securityGroupIds(Networks.ENDPOINTS_GROUP)
                .iamInstanceProfile(p -> p.name("drill"));
    String heard = run("t-2", reachable).instanceId();
    String withoutProfile =
        run(
                "t-3",
                order ->
                    order
                        .subnetId(Networks.endpointSubnet(ZONE))
                        .securityGroupIds(Networks.ENDPOINTS_GROUP))
            .instanceId();
    lab.pass(Duration.ofMinutes(10));
    assertEquals(
        List.of(0, 1, 0), List.of(managed(sealed), managed(heard), managed(withoutProfile)));
    assertEquals(Machine.Condition.UP, lab.any(m -> m.id().equals(sealed)).condition());
  }

  @Test
  void cloneWhoseRootIsSwapped_bootsWhatTheSnapshotHolds() {
    Machine original = ec2.loner();
    String snapshot = ec2.snapshotOfRoot(original);
    boolean windows = original.hardware().rootDevice().equals("/dev/sda1");
    boolean arm = original.hardware().architecture().wire().equals("arm64");
    String id =
        run(
                "t-1",
                order ->
                    order
                        .imageId(original.hardware().imageId())
                        .instanceType(windows || !arm ? "t3.micro" : "t4g.micro")
                        .subnetId(Networks.sealedSubnet(original.hardware().zone())))
            .instanceId();
    lab.pass(Duration.ofMinutes(1));
    ec2.stop(id);
    Machine clone = lab.any(machine -> machine.id().equals(id));
    String old = Ec2.rootOf(clone);
    ec2.detach(old);
    ec2.attach(ec2.create(Ec2.volume(original, snapshot).build()), clone);
    ec2.start(id);
    lab.pass(Duration.ofMinutes(12));
    assertEquals(Machine.Condition.UP, clone.condition());
    assertEquals(snapshot, Objects.requireNonNull(clone.root()).facts().snapshotId());
    ec2.ask("DeleteVolume", DeleteVolumeRequest.builder().volumeId(old).build(), SdkPojo.class);
    ec2.terminate(id);
    lab.pass(Duration.ofMinutes(2));
    assertEquals("terminated", ec2.state(id));
  }

  @Test
  void leftovers_areWhatCarriesTheTagAndStillExists() {
    String id = run("t-1", order -> {}).instanceId();
    lab.pass(Duration.ofMinutes(1));
    Machine clone = lab.any(machine -> machine.id().equals(id));
    String root = Ec2.rootOf(clone);
    assertEquals(List.of(id, root), lab.cloud.truth().leftovers().tagged(DRILL));
    ec2.terminate(id);
    lab.pass(Duration.ofMinutes(2));
    assertEquals(List.of(), lab.cloud.truth().leftovers().tagged(DRILL));
  }

  @Test
  void wrongOrders_areRefused() {
    assertEquals(
        "400 InvalidAMIID.NotFound",
        ec2.faultOf("RunInstances", order("t", o -> o.imageId("ami-00000000000000000"))));
    assertEquals(
        "400 InvalidSubnetID.NotFound",
        ec2.faultOf("RunInstances", order("t", o -> o.subnetId("subnet-0"))));
    assertEquals(
        "400 InvalidGroup.NotFound",
        ec2.faultOf("RunInstances", order("t", o -> o.securityGroupIds("sg-0"))));
    assertEquals(
        "400 InvalidParameterValue",
        ec2.faultOf("RunInstances", order("t", o -> o.instanceType("t4g.micro"))));
    assertEquals(
        "412 DryRunOperation", ec2.faultOf("RunInstances", order("t", o -> o.dryRun(true))));
    assertEquals(List.of(), lab.cloud.truth().leftovers().launched());
  }

  @Test
  void catalog_saysWhatLimitsAKindOfInstance() {
    List<InstanceTypeInfo> kinds =
        ec2.ask(
                "DescribeInstanceTypes",
                DescribeInstanceTypesRequest.builder()
                    .instanceTypesWithStrings("m5d.large", "m5.metal", "t4g.small")
                    .build(),
                DescribeInstanceTypesResponse.class)
            .instanceTypes();
    assertEquals(
        List.of("true false true x86_64", "false true false x86_64", "false false false arm64"),
        kinds.stream()
            .map(kind ->
                kind.instanceStorageSupported()
                    + " "
                    + kind.bareMetal()
                    + " "
                    + kind.hibernationSupported()
                    + " "
                    + kind.processorInfo().supportedArchitecturesAsStrings().getFirst())
            .toList());
    assertTrue(InstanceKinds.all().size() > kinds.size());
    assertEquals(
        List.of("/dev/sda1"),
        ec2
            .ask(
                "DescribeImages",
                DescribeImagesRequest.builder().imageIds(Images.WINDOWS).build(),
                DescribeImagesResponse.class)
            .images()
            .stream()
            .map(image -> image.rootDeviceName())
            .toList());
  }

  @Test
  void drillsNetwork_isSeenToBeSealed() {
    assertEquals(
        List.of(),
        ec2.ask(
                "DescribeSecurityGroups",
                DescribeSecurityGroupsRequest.builder().groupIds(Networks.SEALED_GROUP).build(),
                DescribeSecurityGroupsResponse.class)
            .securityGroups()
            .getFirst()
            .ipPermissionsEgress());
    assertEquals(
        List.of(Networks.sealedSubnet(ZONE)),
        ec2
            .ask(
                "DescribeSubnets",
                DescribeSubnetsRequest.builder()
                    .filters(
                        Filter.builder().name("tag:Name").values("drill").build(),
                        Filter.builder().name("availability-zone").values(ZONE).build())
                    .build(),
                DescribeSubnetsResponse.class)
            .subnets()
            .stream()
            .map(subnet -> subnet.subnetId())
            .toList());
  }

  @Test
  void lockedSnapshot_isNotDeletedUntilItsLockHasRunOut() {
    Machine machine = ec2.loner();
    String snapshot = ec2.snapshotOfRoot(machine);
    ec2.ask(
        "LockSnapshot",
        LockSnapshotRequest.builder()
            .snapshotId(snapshot)
            .lockMode("governance")
            .lockDuration(1)
            .build(),
        SdkPojo.class);
    DeleteSnapshotRequest delete = DeleteSnapshotRequest.builder().snapshotId(snapshot).build();
    assertEquals("400 OperationNotPermitted", ec2.faultOf("DeleteSnapshot", delete));
    lab.pass(Duration.ofDays(1));
    String volume = ec2.create(Ec2.volume(machine, snapshot).build());
    ec2.ask("DeleteSnapshot", delete, SdkPojo.class);
    ec2.stop(machine.id());
    ec2.detach(Ec2.rootOf(machine));
    ec2.attach(volume, machine);
    ec2.start(machine.id());
    lab.pass(Duration.ofMinutes(12));
    assertTrue(lab.cloud.truth().isAlive(machine.id()), "the volume keeps what it was made of");
  }
}
