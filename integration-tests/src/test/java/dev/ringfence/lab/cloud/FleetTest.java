package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

class FleetTest {
  private static final long SEED = 3;

  private static List<Instance> allInstances(Lab lab, DescribeInstancesRequest request) {
    List<Instance> all = new ArrayList<>();
    String token = null;
    do {
      DescribeInstancesResponse page =
          lab.ask(
              "ec2",
              "DescribeInstances",
              request.toBuilder().nextToken(token).build(),
              DescribeInstancesResponse.class);
      page.reservations().forEach(reservation -> all.addAll(reservation.instances()));
      token = page.nextToken();
    } while (token != null);
    return all;
  }

  private static long count(Lab lab, Predicate<Machine> which) {
    return lab.cloud.fleet().machines().stream().filter(which).count();
  }

  @Test
  void sameSeed_makesTheSameFleetAndAnotherMakesAnother() {
    var request = DescribeInstancesRequest.builder().maxResults(100).build();
    List<Instance> first = allInstances(Lab.of(250, SEED), request);
    assertEquals(first, allInstances(Lab.of(250, SEED), request));
    assertNotEquals(first, allInstances(Lab.of(250, SEED + 1), request));
  }

  @Test
  void thousandMachines_haveEveryKindInItsShare() {
    Lab lab = Lab.of(1000, SEED);
    assertEquals(1000, count(lab, machine -> true));
    assertEquals(20, count(lab, machine -> machine.hardware().hybrid()));
    assertEquals(30, count(lab, machine -> "dev".equals(machine.tags().get("env"))));
    assertEquals(40, count(lab, machine -> "test".equals(machine.tags().get("env"))));
    assertTrue(count(lab, machine -> machine.hardware().spot()) > 5, "some Spot");
    assertTrue(
        count(lab, machine -> machine.tags().containsKey(FleetSpec.AUTO_SCALING_TAG)) > 50,
        "some Auto Scaling members");
    Set<String> kinds =
        lab.cloud.fleet().instances().stream()
            .map(m -> m.hardware().os() + " " + m.hardware().architecture())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of("LINUX ARM64", "LINUX X86_64", "WINDOWS X86_64"), kinds);
  }

  @Test
  void smallFleet_hasTwoHybridNodesFromFiftyOn() {
    assertEquals(2, count(Lab.of(50, SEED), machine -> machine.hardware().hybrid()));
    assertEquals(1, count(Lab.of(49, SEED), machine -> machine.hardware().hybrid()));
  }

  @Test
  void pagesAndFilters_giveEachInstanceOnce() {
    Lab lab = Lab.of(250, SEED);
    var dev =
        DescribeInstancesRequest.builder()
            .maxResults(5)
            .filters(
                Filter.builder().name("tag:env").values("dev", "te?t").build(),
                Filter.builder().name("instance-state-name").values("running").build())
            .build();
    List<String> ids = allInstances(lab, dev).stream().map(Instance::instanceId).toList();
    List<String> expected =
        lab.cloud.fleet().instances().stream()
            .filter(m -> !"prod".equals(m.tags().get("env")))
            .map(Machine::id)
            .toList();
    assertEquals(expected, ids);
  }

  @Test
  void wrongDescribes_areRefused() {
    Lab lab = Lab.of(60, SEED);
    var base = DescribeInstancesRequest.builder();
    String hybrid = lab.any(machine -> machine.hardware().hybrid()).id();
    assertEquals(
        List.of(
            "400 InvalidInstanceID.NotFound",
            "400 InvalidInstanceID.Malformed",
            "400 InvalidParameterValue",
            "400 InvalidParameterValue",
            "400 InvalidNextToken",
            "412 DryRunOperation"),
        List.of(
                base.copy().instanceIds("i-0123456789abcdef0").build(),
                base.copy().instanceIds(hybrid).build(),
                base.copy().maxResults(4).build(),
                base.copy().filters(Filter.builder().name("colour").values("x").build()).build(),
                base.copy().nextToken("nonsense").build(),
                base.copy().dryRun(true).build())
            .stream()
            .map(request -> lab.faultOf("ec2", "DescribeInstances", request))
            .toList());
  }

  @Test
  void nightlySnapshotOfEveryRoot_isYoungerThanADay() {
    Lab lab = Lab.of(60, SEED);
    var page =
        lab.ask(
            "ec2",
            "DescribeSnapshots",
            DescribeSnapshotsRequest.builder().ownerIds("self").build(),
            DescribeSnapshotsResponse.class);
    assertEquals(lab.cloud.fleet().instances().size(), page.snapshots().size());
    page.snapshots()
        .forEach(snapshot -> {
          assertEquals("completed", snapshot.stateAsString());
          assertTrue(snapshot.startTime().isAfter(lab.now().minusSeconds(24 * 3600)));
          assertTrue(snapshot.completionTime().isBefore(lab.now()));
        });
  }

  @Test
  void hybridNodes_areKnownToSystemsManagerAlone() {
    Lab lab = Lab.of(60, SEED);
    var hybrids =
        lab.ask(
                "ssm",
                "DescribeInstanceInformation",
                DescribeInstanceInformationRequest.builder()
                    .maxResults(50)
                    .filters(
                        InstanceInformationStringFilter.builder()
                            .key("ResourceType")
                            .values("ManagedInstance")
                            .build(),
                        InstanceInformationStringFilter.builder()
                            .key("tag:ringfence:product")
                            .values("falcon")
                            .build())
                    .build(),
                DescribeInstanceInformationResponse.class)
            .instanceInformationList();
    assertEquals(2, hybrids.size());
    InstanceInformation node = hybrids.getFirst();
    assertTrue(node.instanceId().matches("mi-[0-9a-f]{17}"), node.instanceId());
    List<Tag> tags =
        lab.ask(
                "ssm",
                "ListTagsForResource",
                ListTagsForResourceRequest.builder()
                    .resourceType("ManagedInstance")
                    .resourceId(node.instanceId())
                    .build(),
                ListTagsForResourceResponse.class)
            .tagList();
    assertTrue(tags.contains(Tag.builder().key("ringfence:product").value("falcon").build()));
  }

  @Test
  void arm_isLinuxOnlyBecauseWindowsServerIsNot() {
    assertEquals(
        0,
        count(
            Lab.of(1000, SEED),
            m ->
                m.hardware().os() == Hardware.Os.WINDOWS
                    && m.hardware().architecture() == Hardware.Architecture.ARM64));
  }
}
