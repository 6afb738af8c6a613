package dev.ringfence.lab.cloud.ebs;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.wire.AwsFault;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.AttachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeResponse;

/** AttachVolume and DetachVolume, which have no client token. */
public final class AttachmentOperations {
  private final Fleet fleet;
  private final Disks disks;
  private final InstantSource clock;

  public AttachmentOperations(Fleet fleet, Disks disks, InstantSource clock) {
    this.fleet = fleet;
    this.disks = disks;
    this.clock = clock;
  }

  public void open(Desk desk) {
    desk.open("AttachVolume", AttachVolumeRequest::builder, this::attachVolume);
    desk.open("DetachVolume", DetachVolumeRequest::builder, this::detachVolume);
  }

  private AttachVolumeResponse attachVolume(AttachVolumeRequest request) {
    if (request.instanceId() == null || request.device() == null) {
      throw Ec2Faults.missing("InstanceId and Device");
    }
    Machine machine = Ec2Faults.instance(fleet, request.instanceId());
    Volume volume = volume(request.volumeId());
    if (volume.attachment() != null) {
      throw new AwsFault("VolumeInUse", 400, volume.id() + " is already attached");
    }
    if (volume.state() != Volume.State.AVAILABLE) {
      throw Ec2Faults.incorrectState(
          "Volume " + volume.id() + " is in state " + volume.state().wire());
    }
    if (!volume.facts().zone().equals(machine.hardware().zone())) {
      throw new AwsFault(
          "InvalidVolume.ZoneMismatch",
          400,
          "The volume '%s' is not in the same availability zone as instance '%s'"
              .formatted(volume.id(), machine.id()));
    }
    if (machine.disks().containsKey(request.device())) {
      throw Ec2Faults.badValue(request.device() + " is already in use on " + machine.id());
    }
    refuseMarketplace(machine, volume, request.device());
    if (machine.power() != Machine.Power.RUNNING && machine.power() != Machine.Power.STOPPED) {
      throw Ec2Faults.incorrectState("Instance " + machine.id() + " is not running or stopped");
    }
    // A volume that is attached later is not deleted with its instance unless somebody says so.
    machine.attach(volume, request.device(), clock.instant(), false);
    return AttachVolumeResponse.builder()
        .volumeId(volume.id())
        .instanceId(machine.id())
        .device(request.device())
        .attachTime(clock.instant())
        .deleteOnTermination(false)
        .state("attaching")
        .build();
  }

  /** What carries a Marketplace code goes to a stopped instance, and as a root only to its own. */
  private static void refuseMarketplace(Machine machine, Volume volume, String device) {
    String code = volume.facts().productCode();
    if (code.isEmpty()) {
      return;
    }
    Volume root = machine.root();
    boolean fits =
        device.equals(machine.hardware().rootDevice())
            || (root != null && root.facts().productCode().equals(code));
    if (machine.power() != Machine.Power.STOPPED || !fits) {
      throw new AwsFault(
          "OperationNotPermitted",
          400,
          "Volume "
              + volume.id()
              + " with the product code "
              + code
              + " may be attached only to a stopped instance with the same code");
    }
  }

  private DetachVolumeResponse detachVolume(DetachVolumeRequest request) {
    Volume volume = volume(request.volumeId());
    Volume.Attachment attachment = volume.attachment();
    if (attachment == null
        || (request.instanceId() != null
            && !request.instanceId().equals(attachment.instanceId()))) {
      throw Ec2Faults.incorrectState("Volume '" + volume.id() + "' is in the 'available' state.");
    }
    Machine machine = Ec2Faults.instance(fleet, attachment.instanceId());
    boolean root = attachment.device().equals(machine.hardware().rootDevice());
    if (root && machine.power() != Machine.Power.STOPPED) {
      throw new AwsFault(
          "OperationNotPermitted",
          400,
          "Unable to detach root volume '"
              + volume.id()
              + "' from instance '"
              + machine.id()
              + "'");
    }
    machine.detach(attachment.device(), clock.instant());
    return DetachVolumeResponse.builder()
        .volumeId(volume.id())
        .instanceId(machine.id())
        .device(attachment.device())
        .attachTime(attachment.since())
        .deleteOnTermination(attachment.deleteOnTermination())
        .state("detaching")
        .build();
  }

  private Volume volume(@Nullable String id) {
    Volume volume = id == null ? null : disks.volume(id);
    if (volume == null || volume.state() == Volume.State.DELETED) {
      throw Ec2Faults.noVolume(id == null ? "" : id);
    }
    return volume;
  }
}
