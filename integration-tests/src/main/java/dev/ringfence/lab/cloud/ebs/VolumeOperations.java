package dev.ringfence.lab.cloud.ebs;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Filters;
import dev.ringfence.lab.cloud.account.Page;
import dev.ringfence.lab.cloud.account.TagSets;
import dev.ringfence.lab.cloud.disk.DiskContent;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.AwsFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;

/** CreateVolume, DeleteVolume and DescribeVolumes. */
public final class VolumeOperations {
  private static final int PAGE_LEAST = 5;
  private static final int PAGE_MOST = 1000;

  /** A volume is available some seconds after it was asked for; its blocks come later. */
  private static final Duration CREATING_LEAST = Duration.ofSeconds(2);

  private static final Duration CREATING_MOST = Duration.ofSeconds(15);

  private static final int GP3_IOPS = 3000;
  private static final int GP3_THROUGHPUT = 125;

  private final VirtualClock clock;
  private final Chance chance;
  private final Disks disks;
  private final Map<String, Volume> byToken = new TreeMap<>();
  private final Filters<Volume> filters =
      new Filters<>(Volume::tags)
          .on("volume-id", Volume::id)
          .on("availability-zone", volume -> volume.facts().zone())
          .on("status", volume -> volume.state().wire())
          .on("snapshot-id", volume -> volume.facts().snapshotId())
          .on("volume-type", volume -> volume.facts().type())
          .on("attachment.instance-id", volume -> attachedTo(volume))
          .on("attachment.device", volume -> deviceOf(volume));
  private long made;

  public VolumeOperations(VirtualClock clock, Chance chance, Disks disks) {
    this.clock = clock;
    this.chance = chance;
    this.disks = disks;
  }

  public void open(Desk desk) {
    desk.open("CreateVolume", CreateVolumeRequest::builder, this::createVolume);
    desk.open("DeleteVolume", DeleteVolumeRequest::builder, this::deleteVolume);
    desk.open(
        "DescribeVolumes",
        DescribeVolumesRequest::builder,
        VolumeOperations::isWhole,
        this::describeVolumes);
  }

  private static boolean isWhole(DescribeVolumesRequest request) {
    return request.volumeIds().isEmpty()
        && request.filters().isEmpty()
        && request.maxResults() == null;
  }

  private DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    if (!request.volumeIds().isEmpty() && request.maxResults() != null) {
      throw Ec2Faults.badCombination(
          "The parameter volumeSet cannot be used with the parameter maxResults");
    }
    List<Volume> candidates =
        request.volumeIds().isEmpty()
            ? disks.volumes()
            : request.volumeIds().stream().distinct().map(this::find).toList();
    Page<Volume> page =
        Page.of(
            candidates,
            filters.all(request.filters()).and(volume -> volume.state() != Volume.State.DELETED),
            Page.limit(
                request.maxResults(),
                PAGE_LEAST,
                PAGE_MOST,
                Integer.MAX_VALUE,
                "InvalidParameterValue"),
            request.nextToken(),
            "InvalidNextToken");
    return DescribeVolumesResponse.builder()
        .volumes(page.items().stream().map(DiskViews::volume).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private CreateVolumeResponse createVolume(CreateVolumeRequest request) {
    String token = request.clientToken();
    Volume known = token == null ? null : byToken.get(token);
    if (known != null) {
      return created(known);
    }
    if (request.availabilityZone() == null || !Account.ZONES.contains(request.availabilityZone())) {
      throw new AwsFault(
          "InvalidZone.NotFound", 400, "The zone '" + request.availabilityZone() + "' is unknown");
    }
    Volume volume = make(request);
    if (token != null) {
      byToken.put(token, volume);
    }
    return created(volume);
  }

  private Volume make(CreateVolumeRequest request) {
    Snapshot snapshot = request.snapshotId() == null ? null : restorable(request.snapshotId());
    Integer size = request.size();
    if (size == null && snapshot == null) {
      throw Ec2Faults.missing("Size or SnapshotId");
    }
    int least = snapshot == null ? 1 : snapshot.source().sizeGib();
    if (size != null && size < least) {
      throw Ec2Faults.badValue("Volume of " + size + "GiB is smaller than " + least + "GiB");
    }
    boolean encrypted =
        Boolean.TRUE.equals(request.encrypted())
            || (snapshot != null && snapshot.source().encrypted());
    Volume volume =
        new Volume(
            new Volume.Facts(
                chance.id("vol", made++),
                request.availabilityZone(),
                size == null ? least : size,
                request.volumeType() == null ? "gp2" : request.volumeTypeAsString(),
                request.iops() == null ? GP3_IOPS : request.iops(),
                request.throughput() == null ? GP3_THROUGHPUT : request.throughput(),
                encrypted,
                clock.instant(),
                snapshot == null ? "" : snapshot.id()),
            snapshot == null ? DiskContent.EMPTY : snapshot.content());
    volume.become(Volume.State.CREATING);
    volume.tag(TagSets.of(request.tagSpecifications(), "volume"));
    disks.add(volume);
    clock.after(
        chance.between("volume", volume.id(), 0, CREATING_LEAST, CREATING_MOST),
        () -> volume.become(Volume.State.AVAILABLE));
    return volume;
  }

  private Snapshot restorable(String id) {
    Snapshot snapshot = disks.snapshot(id);
    if (snapshot == null || snapshot.state() == Snapshot.State.DELETED) {
      throw Ec2Faults.noSnapshot(id);
    }
    if (snapshot.state() != Snapshot.State.COMPLETED) {
      throw Ec2Faults.incorrectState("Snapshot is in invalid state - " + snapshot.state().wire());
    }
    return snapshot;
  }

  private static CreateVolumeResponse created(Volume volume) {
    Volume.Facts facts = volume.facts();
    return CreateVolumeResponse.builder()
        .volumeId(facts.id())
        .availabilityZone(facts.zone())
        .size(facts.sizeGib())
        .volumeType(facts.type())
        .iops(facts.iops())
        .throughput(facts.throughput())
        .encrypted(facts.encrypted())
        .createTime(facts.createdAt())
        .snapshotId(facts.snapshotId())
        .state(volume.state().wire())
        .tags(TagSets.tags(volume.tags()))
        .build();
  }

  private DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) {
    Volume volume = find(request.volumeId());
    if (volume.attachment() != null) {
      throw new AwsFault(
          "VolumeInUse",
          400,
          "Volume " + volume.id() + " is currently attached to " + attachedTo(volume));
    }
    volume.become(Volume.State.DELETED);
    return DeleteVolumeResponse.builder().build();
  }

  private Volume find(@Nullable String id) {
    Volume volume = id == null ? null : disks.volume(id);
    if (volume == null || volume.state() == Volume.State.DELETED) {
      throw Ec2Faults.noVolume(id == null ? "" : id);
    }
    return volume;
  }

  private static @Nullable String attachedTo(Volume volume) {
    Volume.Attachment attachment = volume.attachment();
    return attachment == null ? null : attachment.instanceId();
  }

  private static @Nullable String deviceOf(Volume volume) {
    Volume.Attachment attachment = volume.attachment();
    return attachment == null ? null : attachment.device();
  }
}
