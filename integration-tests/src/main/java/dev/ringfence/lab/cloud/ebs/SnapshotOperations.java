package dev.ringfence.lab.cloud.ebs;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.TagSets;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.wire.AwsFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceSpecification;

/** CreateSnapshots and CreateSnapshot. */
public final class SnapshotOperations {
  private static final String RESOURCE_TYPE = "snapshot";

  private final Fleet fleet;
  private final Disks disks;
  private final SnapshotSets sets;

  public SnapshotOperations(Fleet fleet, Disks disks, SnapshotSets sets) {
    this.fleet = fleet;
    this.disks = disks;
    this.sets = sets;
  }

  public void open(Desk desk) {
    desk.open("CreateSnapshots", CreateSnapshotsRequest::builder, this::createSnapshots);
    desk.open("CreateSnapshot", CreateSnapshotRequest::builder, this::createSnapshot);
  }

  private CreateSnapshotsResponse createSnapshots(CreateSnapshotsRequest request) {
    InstanceSpecification specification = request.instanceSpecification();
    if (specification == null || specification.instanceId() == null) {
      throw Ec2Faults.missing("InstanceSpecification.InstanceId");
    }
    Machine machine = Ec2Faults.instance(fleet, specification.instanceId());
    refuseUnfit(machine);
    List<Volume> volumes = volumes(machine, specification);
    if (volumes.isEmpty()) {
      throw Ec2Faults.badValue("No volumes are left to take a snapshot of");
    }
    Map<String, String> asked = TagSets.of(request.tagSpecifications(), RESOURCE_TYPE);
    boolean copies = "volume".equals(request.copyTagsFromSourceAsString());
    Map<String, Map<String, String>> tags = new TreeMap<>();
    for (Volume volume : volumes) {
      tags.put(volume.id(), copies ? TagSets.with(copyable(volume), asked) : asked);
    }
    List<Snapshot> taken = sets.take(volumes, text(request.description()), tags);
    return CreateSnapshotsResponse.builder()
        .snapshots(taken.stream().map(DiskViews::info).toList())
        .build();
  }

  private static void refuseUnfit(Machine machine) {
    if (machine.settings().hibernating()) {
      throw new AwsFault(
          "UnsupportedOperation",
          400,
          "Snapshots cannot be created from instances for which hibernation is enabled.");
    }
    if (machine.power() == Machine.Power.TERMINATED
        || machine.power() == Machine.Power.SHUTTING_DOWN) {
      throw Ec2Faults.incorrectInstanceState(machine.id());
    }
  }

  private static List<Volume> volumes(Machine machine, InstanceSpecification specification) {
    Set<String> excluded = new HashSet<>(specification.excludeDataVolumeIds());
    boolean withoutRoot = Boolean.TRUE.equals(specification.excludeBootVolume());
    List<Volume> volumes = new ArrayList<>();
    machine
        .disks()
        .forEach((device, volume) -> {
          boolean root = device.equals(machine.hardware().rootDevice());
          if (root && excluded.contains(volume.id())) {
            throw Ec2Faults.badValue("The boot volume is excluded with ExcludeBootVolume");
          }
          if (root ? !withoutRoot : !excluded.remove(volume.id())) {
            volumes.add(volume);
          }
        });
    if (!excluded.isEmpty()) {
      throw Ec2Faults.badValue("Not attached to " + machine.id() + ": " + excluded);
    }
    return volumes;
  }

  /** Tags that AWS itself put on a volume are not copied. */
  private static Map<String, String> copyable(Volume volume) {
    Map<String, String> tags = new TreeMap<>(volume.tags());
    tags.keySet().removeIf(key -> key.startsWith("aws:"));
    return tags;
  }

  private CreateSnapshotResponse createSnapshot(CreateSnapshotRequest request) {
    Volume volume = request.volumeId() == null ? null : disks.volume(request.volumeId());
    if (volume == null || volume.state() == Volume.State.DELETED) {
      throw Ec2Faults.noVolume(text(request.volumeId()));
    }
    Map<String, String> tags = TagSets.of(request.tagSpecifications(), RESOURCE_TYPE);
    Snapshot taken =
        sets.take(List.of(volume), text(request.description()), Map.of(volume.id(), tags))
            .getFirst();
    return CreateSnapshotResponse.builder()
        .snapshotId(taken.id())
        .volumeId(volume.id())
        .volumeSize(volume.facts().sizeGib())
        .encrypted(volume.facts().encrypted())
        .state(taken.state().wire())
        .progress("")
        .startTime(taken.startedAt())
        .ownerId(Account.ID)
        .description(taken.description())
        .tags(TagSets.tags(taken.tags()))
        .build();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
