package dev.ringfence.lab.cloud.ebs;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.TagSets;
import dev.ringfence.lab.cloud.disk.DiskContent;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.disk.Warming;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Keys;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.AwsFault;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;

/** CreateVolume and DeleteVolume. */
public final class VolumeOperations {
  /** A volume is available some seconds after it was asked for; its blocks come later. */
  private static final Duration CREATING_LEAST = Duration.ofSeconds(2);

  private static final Duration CREATING_MOST = Duration.ofSeconds(15);

  private static final String DEFAULT_TYPE = "gp2";

  /** Types that take the parameter at all (CreateVolume, "Iops" and "Throughput"). */
  private static final Set<String> TAKE_IOPS = Set.of("gp3", "io1", "io2");

  private static final Set<String> TAKE_THROUGHPUT = Set.of("gp3");

  private static final int GP3_IOPS = 3000;
  private static final int GP3_THROUGHPUT = 125;

  private final VirtualClock clock;
  private final Chance chance;
  private final Disks disks;
  private final Keys keys;
  private final Map<String, Volume> byToken = new TreeMap<>();
  private long made;

  public VolumeOperations(VirtualClock clock, Chance chance, Disks disks, Keys keys) {
    this.clock = clock;
    this.chance = chance;
    this.disks = disks;
    this.keys = keys;
  }

  public void open(Desk desk) {
    desk.open("CreateVolume", CreateVolumeRequest::builder, this::createVolume);
    desk.open("DeleteVolume", DeleteVolumeRequest::builder, this::deleteVolume);
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
    refuseWhatTheTypeLacks(request);
    Volume volume = make(request);
    if (token != null) {
      byToken.put(token, volume);
    }
    return created(volume);
  }

  private static String type(CreateVolumeRequest request) {
    return request.volumeType() == null ? DEFAULT_TYPE : request.volumeTypeAsString();
  }

  private static void refuseWhatTheTypeLacks(CreateVolumeRequest request) {
    String type = type(request);
    if (request.iops() != null && !TAKE_IOPS.contains(type)) {
      throw unsupported("iops", type);
    }
    if (request.throughput() != null && !TAKE_THROUGHPUT.contains(type)) {
      throw unsupported("throughput", type);
    }
  }

  private static AwsFault unsupported(String parameter, String type) {
    return Ec2Faults.badCombination(
        "The parameter " + parameter + " is not supported for " + type + " volumes.");
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
    Volume volume =
        new Volume(
            new Volume.Facts(
                chance.id("vol", made++),
                request.availabilityZone(),
                size == null ? least : size,
                type(request),
                request.iops() == null ? GP3_IOPS : request.iops(),
                request.throughput() == null ? GP3_THROUGHPUT : request.throughput(),
                key(request, snapshot),
                snapshot == null ? "" : snapshot.source().productCode(),
                clock.instant(),
                snapshot == null ? "" : snapshot.id()),
            snapshot == null ? DiskContent.EMPTY : snapshot.content());
    volume.tag(TagSets.of(request.tagSpecifications(), "volume"));
    disks.add(volume);
    if (snapshot != null) {
      volume.warmsUp(
          clock.instant().plus(Warming.takes(volume.facts(), request.volumeInitializationRate())));
    }
    settle(volume);
    return volume;
  }

  /** EC2 asks KMS only after it has answered. */
  private void settle(Volume volume) {
    volume.become(Volume.State.CREATING);
    clock.after(
        chance.between("volume", volume.id(), 0, CREATING_LEAST, CREATING_MOST),
        () ->
            volume.become(
                keys.allows(volume.facts()) ? Volume.State.AVAILABLE : Volume.State.ERROR));
  }

  /** What was asked for, else the snapshot's key, else EBS's own when encryption was asked for. */
  private static String key(CreateVolumeRequest request, @Nullable Snapshot snapshot) {
    if (request.kmsKeyId() != null) {
      return request.kmsKeyId();
    }
    if (snapshot != null && snapshot.source().encrypted()) {
      return snapshot.source().keyId();
    }
    return Boolean.TRUE.equals(request.encrypted()) ? Account.EBS_KEY : "";
  }

  private Snapshot restorable(String id) {
    Snapshot snapshot = disks.snapshot(id);
    if (snapshot == null || snapshot.state() == Snapshot.State.DELETED) {
      throw Ec2Faults.noSnapshot(id);
    }
    if (snapshot.state() != Snapshot.State.COMPLETED) {
      throw Ec2Faults.incorrectState("Snapshot is in invalid state - " + snapshot.state().wire());
    }
    if (!snapshot.storageTier().equals("standard")) {
      throw Ec2Faults.incorrectState("Snapshot " + id + " is in the archive tier");
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
        .kmsKeyId(DiskViews.key(facts))
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
}
