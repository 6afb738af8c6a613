package dev.ringfence.functions.aws;

import dev.ringfence.fleet.Build;
import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.HibernationOptions;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;

/** Turns what EC2 and Systems Manager say of one machine into what the planner reads. */
final class MachineFacts {
  /**
   * How old the agent's last ping may be. The agent reports every 5 minutes unless told otherwise,
   * so two were missed.
   */
  static final Duration PING_FRESH = Duration.ofMinutes(11);

  private MachineFacts() {}

  static Machine instance(
      Instance instance,
      @Nullable InstanceInformation agent,
      Map<String, Volume> volumes,
      Instant now) {
    Map<String, String> tags = new HashMap<>();
    instance.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    String type = instance.instanceTypeAsString();
    String root = rootVolume(instance);
    return new Machine(
        instance.instanceId(),
        instance.placement().availabilityZone(),
        platform(agent, Objects.requireNonNullElse(instance.platformDetails(), "")),
        type.substring(0, type.indexOf('.') < 0 ? type.length() : type.indexOf('.')),
        agentVersion(agent),
        tags,
        root,
        instance.state().nameAsString().equals("running") && pingedLately(agent, now),
        obstacles(instance, type, root),
        build(instance, type, root == null ? null : volumes.get(root)));
  }

  private static Build build(Instance instance, String type, @Nullable Volume root) {
    return new Build(
        text(instance.imageId()),
        type,
        text(instance.currentInstanceBootModeAsString()),
        text(root == null ? null : root.disk().key()),
        text(instance.rootDeviceName()));
  }

  private static String text(@Nullable String said) {
    return Objects.requireNonNullElse(said, "");
  }

  static Machine hybrid(InstanceInformation agent, Map<String, String> tags, Instant now) {
    return new Machine(
        agent.instanceId(),
        Machine.ON_PREMISES,
        platform(agent, ""),
        "hybrid",
        agentVersion(agent),
        tags,
        null,
        pingedLately(agent, now),
        Set.of(Unrestorable.HYBRID_NODE));
  }

  /** Whether every tag of the selector is there with one of the values it allows. */
  static boolean selected(Machine machine, Map<String, List<String>> selector) {
    return selector.entrySet().stream()
        .allMatch(wanted -> {
          String value = machine.tags().get(wanted.getKey());
          return value != null && wanted.getValue().contains(value);
        });
  }

  static @Nullable String rootVolume(Instance instance) {
    for (InstanceBlockDeviceMapping device : instance.blockDeviceMappings()) {
      if (device.ebs() != null && device.deviceName().equals(instance.rootDeviceName())) {
        return device.ebs().volumeId();
      }
    }
    return null;
  }

  /**
   * What stands in the way of both ways back. EC2 takes no snapshots of machines that may
   * hibernate, replaces roots on virtualised types and Mac metal only, and needs an EBS root
   * ("Replace the root volume", "Create Amazon EBS snapshots"). An exchange stops the machine: a
   * Spot machine without a root is terminated then, and a Marketplace code is lost with the root
   * that carries it ("Detach an Amazon EBS volume"). Whether stopping is disabled is told by one
   * call for each machine, so it is not asked here: the restore of such bare metal ends with a
   * person.
   */
  private static Set<Unrestorable> obstacles(
      Instance instance, String type, @Nullable String root) {
    Set<Unrestorable> known = EnumSet.noneOf(Unrestorable.class);
    if (root == null || instance.rootDeviceType() == DeviceType.INSTANCE_STORE) {
      known.add(Unrestorable.INSTANCE_STORE_ROOT);
    }
    HibernationOptions hibernation = instance.hibernationOptions();
    if (hibernation != null && Boolean.TRUE.equals(hibernation.configured())) {
      known.add(Unrestorable.HIBERNATION);
    }
    if (type.contains(".metal") && !type.startsWith("mac")) {
      known.add(Unrestorable.BARE_METAL);
    }
    if (instance.instanceLifecycle() == InstanceLifecycleType.SPOT) {
      known.add(Unrestorable.SPOT);
    }
    if (!instance.productCodes().isEmpty()) {
      known.add(Unrestorable.PRODUCT_CODE);
    }
    return Unrestorable.obstacles(known);
  }

  private static String platform(@Nullable InstanceInformation agent, String otherwise) {
    if (agent == null || agent.platformName() == null) {
      return otherwise;
    }
    String version = agent.platformVersion();
    return version == null || version.isEmpty()
        ? agent.platformName()
        : agent.platformName() + " " + version;
  }

  private static String agentVersion(@Nullable InstanceInformation agent) {
    return agent == null ? "" : Objects.requireNonNullElse(agent.agentVersion(), "");
  }

  private static boolean pingedLately(@Nullable InstanceInformation agent, Instant now) {
    return agent != null
        && agent.lastPingDateTime() != null
        && agent.lastPingDateTime().isAfter(now.minus(PING_FRESH));
  }
}
