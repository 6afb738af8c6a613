package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Settings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;

/** ModifyInstanceAttribute and DescribeInstanceAttribute, for what a restore looks at. */
public final class AttributeOperations {
  private final Fleet fleet;

  public AttributeOperations(Fleet fleet) {
    this.fleet = fleet;
  }

  public void open(Desk desk) {
    desk.open(
        "ModifyInstanceAttribute", ModifyInstanceAttributeRequest::builder, this::modifyAttribute);
    desk.open(
        "DescribeInstanceAttribute",
        DescribeInstanceAttributeRequest::builder,
        this::describeAttribute);
  }

  private ModifyInstanceAttributeResponse modifyAttribute(ModifyInstanceAttributeRequest request) {
    Machine machine = machine(request.instanceId());
    Settings settings = machine.settings();
    AttributeBooleanValue stop = request.disableApiStop();
    if (stop != null) {
      settings.stopProtected(Boolean.TRUE.equals(stop.value()));
    }
    AttributeBooleanValue termination = request.disableApiTermination();
    if (termination != null) {
      settings.terminationProtected(Boolean.TRUE.equals(termination.value()));
    }
    AttributeValue behavior = request.instanceInitiatedShutdownBehavior();
    if (behavior != null) {
      settings.shutdownBehavior(behavior.value());
    }
    request.blockDeviceMappings().forEach(mapping -> remap(machine, mapping));
    return ModifyInstanceAttributeResponse.builder().build();
  }

  /** DeleteOnTermination becomes true when it is left out, as the API reference warns. */
  private static void remap(Machine machine, InstanceBlockDeviceMappingSpecification mapping) {
    Volume volume = machine.disks().get(mapping.deviceName());
    Volume.Attachment attachment = volume == null ? null : volume.attachment();
    if (volume == null || attachment == null) {
      throw Ec2Faults.badValue("No volume is attached at " + mapping.deviceName());
    }
    boolean deletes =
        mapping.ebs() == null || !Boolean.FALSE.equals(mapping.ebs().deleteOnTermination());
    volume.attach(
        new Volume.Attachment(
            attachment.instanceId(), attachment.device(), attachment.since(), deletes));
  }

  private DescribeInstanceAttributeResponse describeAttribute(
      DescribeInstanceAttributeRequest request) {
    Machine machine = machine(request.instanceId());
    Settings settings = machine.settings();
    String attribute = request.attributeAsString() == null ? "" : request.attributeAsString();
    DescribeInstanceAttributeResponse.Builder answer =
        DescribeInstanceAttributeResponse.builder().instanceId(machine.id());
    return switch (attribute) {
      case "disableApiStop" -> answer.disableApiStop(flag(settings.stopProtected())).build();
      case "disableApiTermination" ->
          answer.disableApiTermination(flag(settings.terminationProtected())).build();
      case "instanceInitiatedShutdownBehavior" ->
          answer.instanceInitiatedShutdownBehavior(text(settings.shutdownBehavior())).build();
      case "rootDeviceName" -> answer.rootDeviceName(text(machine.hardware().rootDevice())).build();
      case "instanceType" -> answer.instanceType(text(machine.hardware().instanceType())).build();
      case "blockDeviceMapping" ->
          answer.blockDeviceMappings(InstanceView.of(machine).blockDeviceMappings()).build();
      default -> throw Ec2Faults.badValue("The lab does not keep the attribute " + attribute);
    };
  }

  private Machine machine(@Nullable String id) {
    if (id == null) {
      throw Ec2Faults.missing("InstanceId");
    }
    return Ec2Faults.instance(fleet, id);
  }

  private static AttributeBooleanValue flag(boolean value) {
    return AttributeBooleanValue.builder().value(value).build();
  }

  private static AttributeValue text(String value) {
    return AttributeValue.builder().value(value).build();
  }
}
