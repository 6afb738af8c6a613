package dev.ringfence.lab.cloud.ebs;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.TagSets;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.disk.Volume;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/** How volumes and snapshots look in EC2's answers. */
final class DiskViews {
  private DiskViews() {}

  static SnapshotInfo info(Snapshot snapshot) {
    return SnapshotInfo.builder()
        .snapshotId(snapshot.id())
        .volumeId(snapshot.source().id())
        .volumeSize(snapshot.source().sizeGib())
        .encrypted(snapshot.source().encrypted())
        .state(snapshot.state().wire())
        .progress("")
        .startTime(snapshot.startedAt())
        .ownerId(Account.ID)
        .description(snapshot.description())
        .tags(TagSets.tags(snapshot.tags()))
        .build();
  }

  static software.amazon.awssdk.services.ec2.model.Snapshot snapshot(Snapshot snapshot) {
    return software.amazon.awssdk.services.ec2.model.Snapshot.builder()
        .snapshotId(snapshot.id())
        .volumeId(snapshot.source().id())
        .volumeSize(snapshot.source().sizeGib())
        .encrypted(snapshot.source().encrypted())
        .kmsKeyId(key(snapshot.source()))
        .state(snapshot.state().wire())
        .stateMessage(
            snapshot.state() == Snapshot.State.ERROR ? "An internal error has occurred" : null)
        .progress(progress(snapshot))
        .startTime(snapshot.startedAt())
        .completionTime(snapshot.completedAt())
        .ownerId(Account.ID)
        .description(snapshot.description())
        .storageTier(snapshot.storageTier())
        .tags(TagSets.tags(snapshot.tags()))
        .build();
  }

  static software.amazon.awssdk.services.ec2.model.Volume volume(Volume volume) {
    Volume.Facts facts = volume.facts();
    return software.amazon.awssdk.services.ec2.model.Volume.builder()
        .volumeId(facts.id())
        .availabilityZone(facts.zone())
        .size(facts.sizeGib())
        .volumeType(facts.type())
        .iops(facts.iops())
        .throughput(facts.throughput())
        .encrypted(facts.encrypted())
        .kmsKeyId(key(facts))
        .createTime(facts.createdAt())
        .snapshotId(facts.snapshotId())
        .multiAttachEnabled(false)
        .state(volume.state().wire())
        .attachments(attachments(volume))
        .tags(TagSets.tags(volume.tags()))
        .build();
  }

  static @Nullable String key(Volume.Facts facts) {
    return facts.encrypted() ? facts.keyId() : null;
  }

  static String progress(Snapshot snapshot) {
    return switch (snapshot.state()) {
      case PENDING -> "0%";
      case COMPLETED -> "100%";
      case ERROR, DELETED -> "";
    };
  }

  private static List<VolumeAttachment> attachments(Volume volume) {
    Volume.Attachment attachment = volume.attachment();
    if (attachment == null) {
      return List.of();
    }
    return List.of(
        VolumeAttachment.builder()
            .volumeId(volume.id())
            .instanceId(attachment.instanceId())
            .device(attachment.device())
            .attachTime(attachment.since())
            .deleteOnTermination(attachment.deleteOnTermination())
            .state("attached")
            .build());
  }
}
