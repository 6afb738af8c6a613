package dev.ringfence.functions.aws;

import dev.ringfence.operation.Rig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;

/** Reads how machines are put together, and what their Auto Scaling groups mean to do with them. */
final class RigReader {
  /** AWS asks for batches of at most so many ids (DescribeInstances, EC2 API throttling). */
  private static final int IDS_PER_CALL = 100;

  /** The most ids that DescribeAutoScalingInstances takes (API reference). */
  private static final int MEMBERS_PER_CALL = 50;

  /** The tag that Auto Scaling puts on every member of a group, and takes off when it leaves. */
  private static final String GROUP_TAG = "aws:autoscaling:groupName";

  private final Ec2Client ec2;
  private final AutoScalingClient autoScaling;
  private final Pacer pacer;

  RigReader(Ec2Client ec2, AutoScalingClient autoScaling, Pacer pacer) {
    this.ec2 = ec2;
    this.autoScaling = autoScaling;
    this.pacer = pacer;
  }

  /**
   * By machine. A member of a group whose place in it could not be read is left out: to stop it
   * without knowing would have the group terminate it.
   */
  Map<String, Rig> read(Set<String> machines, List<String> gaps) {
    Map<String, Instance> instances = instances(machines, gaps);
    List<String> members =
        instances.values().stream().filter(RigReader::isMember).map(Instance::instanceId).toList();
    Batches.Found<Rig.Membership> groups =
        Batches.read(
            members, MEMBERS_PER_CALL, "DescribeAutoScalingInstances", this::membersPage, gaps);
    Map<String, Rig> rigs = new HashMap<>();
    instances.forEach((id, instance) -> {
      if (!groups.unread().contains(id)) {
        rigs.put(id, rig(instance, groups.found().get(id)));
      }
    });
    return Map.copyOf(rigs);
  }

  /** By machine, as EC2 describes them; one that could not be read is missing. */
  Map<String, Instance> instances(Set<String> machines, List<String> gaps) {
    return Batches.read(machines, IDS_PER_CALL, "DescribeInstances", this::page, gaps).found();
  }

  /**
   * One machine's parts, without its place in a group.
   *
   * @throws SdkException when it could not be read, or EC2 does not list it
   */
  Rig one(String machine) {
    Instance instance = page(List.of(machine)).get(machine);
    if (instance == null) {
      throw SdkClientException.create("EC2 does not show " + machine);
    }
    return rig(instance, null);
  }

  /** A member's place in its group, for a last look; null when it is in none. */
  Rig.@Nullable Membership membership(String machine) {
    return membersPage(List.of(machine)).get(machine);
  }

  static boolean isMember(Instance instance) {
    return instance.tags().stream().anyMatch(tag -> tag.key().equals(GROUP_TAG));
  }

  private Map<String, Instance> page(List<String> ids) {
    List<Instance> found =
        Paging.all(token -> {
          pacer.spend(Pacer.Budget.EC2_DESCRIBE);
          DescribeInstancesResponse page =
              ec2.describeInstances(
                  DescribeInstancesRequest.builder().instanceIds(ids).nextToken(token).build());
          List<Instance> instances = new ArrayList<>();
          page.reservations().forEach(reservation -> instances.addAll(reservation.instances()));
          return new Paging.Page<>(instances, page.nextToken());
        });
    Map<String, Instance> byId = new HashMap<>();
    found.forEach(instance -> byId.put(instance.instanceId(), instance));
    return byId;
  }

  private Map<String, Rig.Membership> membersPage(List<String> ids) {
    Map<String, Rig.Membership> members = new HashMap<>();
    autoScaling
        .describeAutoScalingInstances(request -> request.instanceIds(ids))
        .autoScalingInstances()
        .forEach(member ->
            members.put(
                member.instanceId(),
                new Rig.Membership(member.autoScalingGroupName(), member.lifecycleState())));
    return members;
  }

  private static Rig rig(Instance instance, Rig.@Nullable Membership group) {
    Map<String, Rig.Attached> devices = new HashMap<>();
    for (InstanceBlockDeviceMapping device : instance.blockDeviceMappings()) {
      if (device.ebs() != null) {
        devices.put(
            device.deviceName(),
            new Rig.Attached(
                device.ebs().volumeId(),
                Objects.requireNonNullElse(device.ebs().statusAsString(), "attached"),
                Boolean.TRUE.equals(device.ebs().deleteOnTermination())));
      }
    }
    return new Rig(
        instance.instanceId(),
        instance.placement().availabilityZone(),
        instance.state().nameAsString(),
        instance.stateReason() == null ? "" : text(instance.stateReason().code()),
        text(instance.rootDeviceName()),
        devices,
        instance.instanceLifecycle() == InstanceLifecycleType.SPOT,
        new Rig.Make(
            text(instance.imageId()),
            text(instance.instanceTypeAsString()),
            text(instance.platformDetails()),
            text(instance.architectureAsString())),
        group);
  }

  private static String text(@Nullable String said) {
    return Objects.requireNonNullElse(said, "");
  }
}
