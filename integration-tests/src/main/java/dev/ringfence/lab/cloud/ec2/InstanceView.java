package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.TagSets;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Settings;
import dev.ringfence.lab.cloud.network.Networks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.ProductCode;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** How a machine looks in EC2's answers. */
final class InstanceView {
  private InstanceView() {}

  static Instance of(Machine machine) {
    Hardware hardware = machine.hardware();
    boolean windows = hardware.os() == Hardware.Os.WINDOWS;
    Instance.Builder instance =
        Instance.builder()
            .instanceId(machine.id())
            .imageId(hardware.imageId())
            .instanceType(hardware.instanceType())
            .architecture(hardware.architecture().wire())
            .platformDetails(windows ? "Windows" : "Linux/UNIX")
            .usageOperation(windows ? "RunInstances:0002" : "RunInstances")
            .rootDeviceName(hardware.rootDevice())
            .rootDeviceType("ebs")
            .virtualizationType("hvm")
            .hypervisor("xen")
            .ebsOptimized(true)
            .enaSupport(true)
            .launchTime(hardware.launchedAt())
            .placement(p -> p.availabilityZone(hardware.zone()).tenancy("default"))
            .monitoring(m -> m.state("disabled"))
            .metadataOptions(m -> m.httpTokens("required").httpEndpoint("enabled"))
            .hibernationOptions(h -> h.configured(machine.settings().hibernating()))
            .currentInstanceBootMode(
                hardware.architecture() == Hardware.Architecture.ARM64 ? "uefi" : "legacy-bios")
            .state(state(machine.power()))
            .blockDeviceMappings(mappings(machine))
            .tags(TagSets.tags(machine.tags()));
    if (windows) {
      instance.platform("windows");
    }
    connect(instance, machine.settings());
    licence(instance, machine.root());
    if (hardware.spot()) {
      instance.instanceLifecycle("spot");
    }
    explain(instance, machine.stateReason());
    return instance.build();
  }

  private static void explain(Instance.Builder instance, String reason) {
    if (!reason.isEmpty()) {
      instance
          .stateTransitionReason(reason)
          .stateReason(StateReason.builder().code(code(reason)).message(reason).build());
    }
  }

  /** An instance has the Marketplace code of its root. */
  private static void licence(Instance.Builder instance, @Nullable Volume root) {
    if (root != null && !root.facts().productCode().isEmpty()) {
      instance.productCodes(
          ProductCode.builder()
              .productCodeId(root.facts().productCode())
              .productCodeType("marketplace")
              .build());
    }
  }

  /** An address that EC2 assigned is Amazon's; an Elastic IP is the account's. */
  private static void connect(Instance.Builder instance, Settings settings) {
    String publicIp = settings.publicIp();
    instance
        .vpcId(Networks.VPC)
        .subnetId(settings.subnetId())
        .publicIpAddress(publicIp)
        .clientToken(settings.clientToken())
        .securityGroups(
            settings.securityGroups().stream()
                .map(id -> GroupIdentifier.builder().groupId(id).build())
                .toList());
    if (settings.profileArn() != null) {
      instance.iamInstanceProfile(p -> p.arn(settings.profileArn()));
    }
    if (publicIp != null) {
      boolean elastic = settings.address() == Settings.Address.ELASTIC;
      instance.networkInterfaces(
          InstanceNetworkInterface.builder()
              .subnetId(settings.subnetId())
              .association(a -> a.publicIp(publicIp).ipOwnerId(elastic ? Account.ID : "amazon"))
              .build());
    }
  }

  static InstanceState state(Machine.Power power) {
    return InstanceState.builder().code(power.code()).name(power.wire()).build();
  }

  private static String code(String reason) {
    int colon = reason.indexOf(':');
    return colon < 0 ? reason : reason.substring(0, colon);
  }

  private static List<InstanceBlockDeviceMapping> mappings(Machine machine) {
    List<InstanceBlockDeviceMapping> mappings = new ArrayList<>(machine.disks().size());
    for (Volume volume : machine.disks().values()) {
      Volume.Attachment attachment = volume.attachment();
      if (attachment != null) {
        mappings.add(
            InstanceBlockDeviceMapping.builder()
                .deviceName(attachment.device())
                .ebs(ebs ->
                    ebs.volumeId(volume.id())
                        .status("attached")
                        .attachTime(attachment.since())
                        .deleteOnTermination(attachment.deleteOnTermination()))
                .build());
      }
    }
    return mappings;
  }
}
