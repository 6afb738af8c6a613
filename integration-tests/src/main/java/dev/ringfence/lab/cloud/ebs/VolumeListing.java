package dev.ringfence.lab.cloud.ebs;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Filters;
import dev.ringfence.lab.cloud.account.Page;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.VolumeStatusItem;

/** DescribeVolumes and DescribeVolumeStatus. */
public final class VolumeListing {
  private static final int PAGE_LEAST = 5;
  private static final int PAGE_MOST = 1000;

  private final Disks disks;
  private final InstantSource clock;
  private final Filters<Volume> filters =
      new Filters<>(Volume::tags)
          .on("volume-id", Volume::id)
          .on("availability-zone", volume -> volume.facts().zone())
          .on("status", volume -> volume.state().wire())
          .on("encrypted", volume -> Boolean.toString(volume.facts().encrypted()))
          .on("snapshot-id", volume -> volume.facts().snapshotId())
          .on("volume-type", volume -> volume.facts().type())
          .on("attachment.instance-id", volume -> attachedTo(volume))
          .on("attachment.device", volume -> deviceOf(volume));

  public VolumeListing(Disks disks, InstantSource clock) {
    this.disks = disks;
    this.clock = clock;
  }

  public void open(Desk desk) {
    desk.open(
        "DescribeVolumes",
        DescribeVolumesRequest::builder,
        VolumeListing::isWhole,
        this::describeVolumes);
    desk.open(
        "DescribeVolumeStatus", DescribeVolumeStatusRequest::builder, this::describeVolumeStatus);
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

  /** By ids only; a volume that is not of a snapshot is there at once. */
  private DescribeVolumeStatusResponse describeVolumeStatus(DescribeVolumeStatusRequest request) {
    if (request.volumeIds().isEmpty()) {
      throw Ec2Faults.missing("VolumeId; the lab tells the status of named volumes only");
    }
    return DescribeVolumeStatusResponse.builder()
        .volumeStatuses(
            request.volumeIds().stream().distinct().map(id -> status(find(id))).toList())
        .build();
  }

  private VolumeStatusItem status(Volume volume) {
    Instant now = clock.instant();
    long left = Math.max(0, Duration.between(now, volume.warmAt()).toSeconds());
    return VolumeStatusItem.builder()
        .volumeId(volume.id())
        .availabilityZone(volume.facts().zone())
        .volumeStatus(s -> s.status(volume.state() == Volume.State.ERROR ? "impaired" : "ok"))
        .initializationStatusDetails(d ->
            d.initializationType("default")
                .progress((long) volume.warmPercent(now))
                .estimatedTimeToCompleteInSeconds(volume.isCold(now) ? left : 0L))
        .build();
  }

  private Volume find(String id) {
    Volume volume = disks.volume(id);
    if (volume == null || volume.state() == Volume.State.DELETED) {
      throw Ec2Faults.noVolume(id);
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
