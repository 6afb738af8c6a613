package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.Reservation;

/** What stands in the way of either path, and by how many calls it is read. */
// The SDK's builders take lambdas as varargs of a generic type.
@SuppressWarnings("unchecked")
class ObstaclesTest {
  private final FakeAws aws = new FakeAws();
  private final List<Instance> instances = new ArrayList<>();
  private final AwsWorld world = aws.world();

  ObstaclesTest() {
    aws.ec2.script.on(
        DescribeInstancesRequest.class,
        request ->
            DescribeInstancesResponse.builder()
                .reservations(Reservation.builder().instances(instances).build())
                .build());
    aws.ec2.script.on(
        DescribeInstanceTypesRequest.class,
        request -> {
          List<InstanceTypeInfo> offered =
              request.filters().getFirst().values().stream()
                  .filter(type -> !type.startsWith("cc2"))
                  .map(type ->
                      InstanceTypeInfo.builder()
                          .instanceType(type)
                          .instanceStorageSupported(type.startsWith("m5d"))
                          .build())
                  .toList();
          return DescribeInstanceTypesResponse.builder().instanceTypes(offered).build();
        });
    attributes(false, "stop");
  }

  private void attributes(boolean stopProtected, String shutdown) {
    aws.ec2.script.on(
        DescribeInstanceAttributeRequest.class,
        request ->
            switch (request.attribute()) {
              case DISABLE_API_STOP ->
                  DescribeInstanceAttributeResponse.builder()
                      .disableApiStop(flag -> flag.value(stopProtected))
                      .build();
              case INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR ->
                  DescribeInstanceAttributeResponse.builder()
                      .instanceInitiatedShutdownBehavior(text -> text.value(shutdown))
                      .build();
              default -> throw new AssertionError(request.attributeAsString());
            });
  }

  private void instance(String id, Consumer<Instance.Builder> change) {
    Instance.Builder instance =
        Instance.builder().instanceId(id).instanceType("m7i.large").rootDeviceType("ebs");
    change.accept(instance);
    instances.add(instance.build());
  }

  private Sight look(Set<String> machines, Set<String> stops) {
    return world.observe(Watch.NOTHING.withObstacles(machines, stops, Duration.ZERO));
  }

  private int attributeCalls() {
    return aws.ec2.script.all(DescribeInstanceAttributeRequest.class).size();
  }

  @Test
  void whatDescribeInstancesAndTypesTell_takesNoCallForEachMachine() {
    instance("i-1", one -> {});
    instance("i-2", one -> one.instanceType("m5d.large"));
    instance("i-3", one -> one.instanceType("cc2.8xlarge"));
    instance(
        "i-4", one -> one.networkInterfaces(card -> card.association(a -> a.ipOwnerId("amazon"))));
    instance(
        "i-5",
        one -> one.networkInterfaces(card -> card.association(a -> a.ipOwnerId("123456789012"))));
    instance("i-6", one -> one.tags(tag -> tag.key("aws:autoscaling:groupName").value("web")));
    instance("i-7", one -> one.instanceLifecycle("spot"));
    Map<String, Set<Unrestorable>> expected = new HashMap<>();
    expected.put("i-1", Set.of());
    expected.put("i-2", Set.of(Unrestorable.INSTANCE_STORE_DATA));
    expected.put("i-3", Set.of(Unrestorable.INSTANCE_STORE_DATA));
    expected.put("i-4", Set.of(Unrestorable.PUBLIC_ADDRESS));
    expected.put("i-5", Set.of());
    expected.put("i-6", Set.of(Unrestorable.AUTO_SCALING));
    expected.put("i-7", Set.of(Unrestorable.SPOT));
    assertEquals(expected, look(expected.keySet(), Set.of()).obstacles());
    assertEquals(0, attributeCalls());
    look(expected.keySet(), Set.of());
    assertEquals(1, aws.ec2.script.all(DescribeInstanceTypesRequest.class).size());
  }

  @Test
  void whetherItMayBeStopped_isReadWhereThatDecidesOrIsAskedFor() {
    attributes(true, "terminate");
    instance("i-metal", one -> one.instanceType("m5.metal"));
    instance("i-both", one -> one.instanceType("m5.metal").instanceLifecycle("spot"));
    instance("i-plain", one -> {});
    assertEquals(
        Map.of(
            "i-metal",
            Set.of(
                Unrestorable.BARE_METAL,
                Unrestorable.STOP_PROTECTION,
                Unrestorable.SHUTDOWN_TERMINATES),
            "i-both",
            Set.of(Unrestorable.BARE_METAL, Unrestorable.SPOT),
            "i-plain",
            Set.of()),
        look(Set.of("i-metal", "i-both", "i-plain"), Set.of()).obstacles());
    assertEquals(2, attributeCalls());
    assertEquals(
        Set.of(Unrestorable.STOP_PROTECTION, Unrestorable.SHUTDOWN_TERMINATES),
        look(Set.of("i-plain"), Set.of("i-plain")).obstacles().get("i-plain"));
  }

  /** Before a stop it is read as it is now, however lately a plan has read it. */
  @Test
  void beforeAStop_nothingIsRemembered() {
    instance("i-1", one -> {});
    look(Set.of("i-1"), Set.of("i-1"));
    attributes(true, "stop");
    assertEquals(
        Set.of(Unrestorable.STOP_PROTECTION),
        look(Set.of("i-1"), Set.of("i-1")).obstacles().get("i-1"));
  }

  @Test
  void machineOfWhichNotAllCouldBeRead_isMissingAndNamed() {
    instance("i-1", one -> {});
    aws.ec2.script.on(
        DescribeInstanceAttributeRequest.class,
        request -> {
          throw FakeAws.error("RequestLimitExceeded", 503);
        });
    Sight sight = look(Set.of("i-1"), Set.of("i-1"));
    assertNull(sight.obstacles().get("i-1"));
    assertEquals(List.of("DescribeInstanceAttribute of i-1: RequestLimitExceeded"), sight.gaps());
  }

  /** A fleet of bare metal is read over several looks, each of which goes on where one stopped. */
  @Test
  void fleetThatTakesMoreCallsThanThePaceAllows_isReadByLaterLooks() {
    Pacer slow = Pacer.with(Map.of(Pacer.Budget.EC2_DESCRIBE, new TokenBucket.Limit(10, 1)), aws);
    StopReader stops = new StopReader(aws.ec2, slow, aws);
    List<String> machines = List.of("i-1", "i-2", "i-3", "i-4", "i-5", "i-6", "i-7");
    List<String> gaps = new ArrayList<>();
    assertEquals(5, stops.read(machines, StopReader.REMEMBERED, gaps).size());
    assertEquals(1, gaps.size());
    aws.pass(Duration.ofSeconds(4));
    assertEquals(7, stops.read(machines, StopReader.REMEMBERED, gaps).size());
    assertEquals(14, attributeCalls());
  }
}
