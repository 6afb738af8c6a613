package dev.ringfence.functions.aws;

import dev.ringfence.fleet.Build;
import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
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
      Set<Unrestorable> known,
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
        known,
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
