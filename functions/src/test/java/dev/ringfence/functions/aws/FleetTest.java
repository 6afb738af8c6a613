package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringfence.fleet.Build;
import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

// The SDK's builders take lambdas as varargs of a generic type.
@SuppressWarnings("unchecked")
class FleetTest {
  private static final Map<String, List<String>> SELECTOR =
      Map.of("ring", List.of("canary", "wave-1"));
  private static final Instant FRESH = FakeAws.START.minus(Duration.ofMinutes(5));

  private final FakeAws aws = new FakeAws();
  private final List<Instance> instances = new ArrayList<>();
  private final List<InstanceInformation> agents = new ArrayList<>();

  FleetTest() {
    aws.ec2.script.on(DescribeInstancesRequest.class, this::onePerPage);
    aws.ec2.script.on(
        DescribeVolumesRequest.class,
        request ->
            DescribeVolumesResponse.builder()
                .volumes(root -> root.volumeId("vol-root").encrypted(true).kmsKeyId("key-1"))
                .build());
    aws.ec2.script.on(
        DescribeInstanceTypesRequest.class,
        request ->
            DescribeInstanceTypesResponse.builder()
                .instanceTypes(
                    request.filters().getFirst().values().stream()
                        .map(type -> InstanceTypeInfo.builder().instanceType(type).build())
                        .toList())
                .build());
    aws.ec2.script.on(
        DescribeInstanceAttributeRequest.class,
        request -> DescribeInstanceAttributeResponse.builder().build());
    aws.ssm.script.on(DescribeInstanceInformationRequest.class, this::agents);
    aws.ssm.script.on(
        ListTagsForResourceRequest.class,
        request ->
            ListTagsForResourceResponse.builder()
                .tagList(Tag.builder().key("ring").value("wave-1").build())
                .build());
  }

  @Test
  void instanceAndHybridNode_becomeMachines() {
    instances.add(instance("i-2", one -> {}));
    agents.add(agent("i-2", FRESH));
    agents.add(agent("mi-1", FRESH));
    assertEquals(
        List.of(
            new Machine(
                "i-2",
                "eu-west-1b",
                "Microsoft Windows Server 2022 Datacenter 10.0.20348",
                "m7i",
                "3.3.2299.0",
                Map.of("ring", "canary"),
                "vol-root",
                true,
                Set.of(),
                new Build("ami-1", "m7i.large", "uefi", "key-1", "/dev/sda1")),
            new Machine(
                "mi-1",
                Machine.ON_PREMISES,
                "Microsoft Windows Server 2022 Datacenter 10.0.20348",
                "hybrid",
                "3.3.2299.0",
                Map.of("ring", "wave-1"),
                null,
                true,
                Set.of(Unrestorable.HYBRID_NODE))),
        look().fleet());
  }

  @Test
  void pages_areFollowedToTheEndWithTheSameFilters() {
    for (int n = 0; n < 3; n++) {
      instances.add(instance("i-" + n, one -> {}));
    }
    assertEquals(
        List.of("i-0", "i-1", "i-2"),
        Objects.requireNonNull(look().fleet()).stream().map(Machine::id).toList());
    List<DescribeInstancesRequest> asked = aws.ec2.script.all(DescribeInstancesRequest.class);
    assertEquals(3, asked.size());
    for (DescribeInstancesRequest request : asked) {
      assertEquals(1000, request.maxResults());
      assertEquals(
          List.of(
              filter("instance-state-name", "pending", "running", "stopping", "stopped"),
              filter("tag:ring", "canary", "wave-1")),
          request.filters());
    }
    assertEquals(
        List.of(
            AgentReader.filter("ResourceType", List.of("ManagedInstance")),
            AgentReader.filter("tag:ring", List.of("canary", "wave-1"))),
        aws.ssm.script.all(DescribeInstanceInformationRequest.class).getLast().filters());
  }

  @Test
  void machineWhosePingIsTooOldOrThatIsNotRunning_isOffline() {
    instances.add(instance("i-1", one -> {}));
    instances.add(instance("i-2", one -> one.state(state -> state.name("stopped"))));
    instances.add(instance("i-3", one -> {}));
    instances.add(instance("i-4", one -> {}));
    agents.add(agent("i-1", FakeAws.START.minus(MachineFacts.PING_FRESH)));
    agents.add(agent("i-2", FRESH));
    agents.add(agent("i-3", FakeAws.START.minus(MachineFacts.PING_FRESH).plusSeconds(1)));
    assertEquals(
        List.of(false, false, true, false),
        Objects.requireNonNull(look().fleet()).stream().map(Machine::online).toList());
  }

  @Test
  void machineWithoutAnAgent_hasEc2sWordForItsPlatform() {
    instances.add(instance("i-1", one -> {}));
    Machine machine = Objects.requireNonNull(look().fleet()).getFirst();
    assertEquals("Windows", machine.platform());
    assertEquals("", machine.agentVersion());
  }

  /** Bare metal may be exchanged and Spot may be replaced; who is both has no way back. */
  @Test
  void whatCannotBeRestoredByEitherWay_saysWhy() {
    Consumer<Instance.Builder> metal = one -> one.instanceType("m7g.metal-48xl");
    Consumer<Instance.Builder> spot = one -> one.instanceLifecycle("spot");
    Consumer<Instance.Builder> sold = one -> one.productCodes(code -> code.productCodeId("abc"));
    instances.add(instance("i-1", metal));
    instances.add(instance("i-2", one -> one.instanceType("mac2.metal")));
    instances.add(instance("i-3", one -> one.hibernationOptions(now -> now.configured(true))));
    instances.add(instance("i-4", spot));
    instances.add(instance("i-5", sold));
    instances.add(instance("i-6", metal.andThen(spot)));
    instances.add(instance("i-7", metal.andThen(sold)));
    instances.add(
        instance(
            "i-8", one -> one.rootDeviceType("instance-store").blockDeviceMappings(List.of())));
    List<Machine> fleet = Objects.requireNonNull(look().fleet());
    assertEquals(
        List.of(
            Set.<Unrestorable>of(),
            Set.<Unrestorable>of(),
            Set.of(Unrestorable.HIBERNATION),
            Set.<Unrestorable>of(),
            Set.<Unrestorable>of(),
            Set.of(Unrestorable.BARE_METAL, Unrestorable.SPOT),
            Set.of(Unrestorable.BARE_METAL, Unrestorable.PRODUCT_CODE),
            Set.of(Unrestorable.INSTANCE_STORE_ROOT)),
        fleet.stream().map(Machine::obstacles).toList());
    assertNull(fleet.getLast().rootVolume());
  }

  @Test
  void tagThatOnlyMatchesAsAWildcard_isNotPartOfTheFleet() {
    instances.add(instance("i-1", one -> one.tags(ring("canary-of-others"))));
    assertEquals(List.of(), look().fleet());
  }

  @Test
  void failedPage_meansNoFleetRatherThanHalfOfIt() {
    instances.add(instance("i-1", one -> {}));
    instances.add(instance("i-2", one -> {}));
    aws.ec2.script.on(
        DescribeInstancesRequest.class,
        request -> {
          if (request.nextToken() != null) {
            throw FakeAws.error("InternalError", 500);
          }
          return onePerPage(request);
        });
    Sight sight = look();
    assertNull(sight.fleet());
    assertEquals(List.of("fleet: InternalError"), sight.gaps());
  }

  @Test
  void obstaclesThatCouldNotBeRead_meanNoFleet() {
    instances.add(instance("i-1", one -> one.instanceType("m7g.metal")));
    aws.ec2.script.on(
        DescribeInstanceAttributeRequest.class,
        request -> {
          throw FakeAws.error("RequestLimitExceeded", 503);
        });
    assertNull(look().fleet());
  }

  @Test
  void agentsThatCouldNotBeRead_meanNoFleet() {
    instances.add(instance("i-1", one -> {}));
    aws.ssm.script.on(
        DescribeInstanceInformationRequest.class,
        request -> {
          if (request.filters().getFirst().key().equals("InstanceIds")) {
            throw FakeAws.error("ThrottlingException", 400);
          }
          return agents(request);
        });
    Sight sight = look();
    assertNull(sight.fleet());
    assertEquals(List.of("DescribeInstanceInformation of 1: ThrottlingException"), sight.gaps());
  }

  @Test
  void hybridNodeThatVanishesWhileItsTagsAreRead_isLeftOut() {
    agents.add(agent("mi-1", FRESH));
    aws.ssm.script.on(
        ListTagsForResourceRequest.class,
        request -> {
          throw FakeAws.error("InvalidResourceId", 400);
        });
    assertEquals(List.of(), look().fleet());
  }

  @Test
  void selectorWithoutTags_isNotTheWholeAccount() {
    Sight sight = aws.world().observe(Watch.NOTHING.withFleet(Map.of()));
    assertNull(sight.fleet());
    assertEquals(1, sight.gaps().size());
    assertEquals(0, aws.ec2.script.calls());
  }

  private Sight look() {
    return aws.world().observe(Watch.NOTHING.withFleet(SELECTOR));
  }

  private static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  private static Instance instance(String id, Consumer<Instance.Builder> change) {
    Instance.Builder instance =
        Instance.builder()
            .instanceId(id)
            .imageId("ami-1")
            .currentInstanceBootMode("uefi")
            .instanceType("m7i.large")
            .placement(place -> place.availabilityZone("eu-west-1b"))
            .platformDetails("Windows")
            .state(state -> state.name("running"))
            .tags(ring("canary"))
            .rootDeviceType("ebs")
            .rootDeviceName("/dev/sda1")
            .blockDeviceMappings(disk("xvdb", "vol-data"), disk("/dev/sda1", "vol-root"));
    change.accept(instance);
    return instance.build();
  }

  private static software.amazon.awssdk.services.ec2.model.Tag ring(String value) {
    return software.amazon.awssdk.services.ec2.model.Tag.builder().key("ring").value(value).build();
  }

  private static InstanceBlockDeviceMapping disk(String device, String volume) {
    return InstanceBlockDeviceMapping.builder()
        .deviceName(device)
        .ebs(ebs -> ebs.volumeId(volume))
        .build();
  }

  private static InstanceInformation agent(String id, Instant ping) {
    return InstanceInformation.builder()
        .instanceId(id)
        .platformName("Microsoft Windows Server 2022 Datacenter")
        .platformVersion("10.0.20348")
        .agentVersion("3.3.2299.0")
        .lastPingDateTime(ping)
        .build();
  }

  private DescribeInstancesResponse onePerPage(DescribeInstancesRequest request) {
    int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    if (page >= instances.size()) {
      return DescribeInstancesResponse.builder().build();
    }
    return DescribeInstancesResponse.builder()
        .reservations(Reservation.builder().instances(instances.get(page)).build())
        .nextToken(page + 1 < instances.size() ? String.valueOf(page + 1) : null)
        .build();
  }

  private DescribeInstanceInformationResponse agents(DescribeInstanceInformationRequest request) {
    var first = request.filters().getFirst();
    boolean hybrids = first.key().equals("ResourceType");
    return DescribeInstanceInformationResponse.builder()
        .instanceInformationList(
            agents.stream()
                .filter(agent ->
                    hybrids
                        ? agent.instanceId().startsWith("mi-")
                        : first.values().contains(agent.instanceId()))
                .toList())
        .build();
  }
}
