package dev.ringfence.lab.cloud.ebs;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.TagSets;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.wire.AwsFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CopySnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CopySnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.LockSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.LockSnapshotResponse;

/** CopySnapshot, LockSnapshot and DeleteSnapshot. Volumes keep what came from a deleted one. */
public final class SnapshotKeeping {
  private final Disks disks;
  private final SnapshotSets sets;
  private final InstantSource clock;
  private final Predicate<String> isOfAnImage;

  /**
   * Keeps snapshots.
   *
   * @param isOfAnImage whether an image stands on the snapshot with an id
   */
  public SnapshotKeeping(
      Disks disks, SnapshotSets sets, InstantSource clock, Predicate<String> isOfAnImage) {
    this.disks = disks;
    this.sets = sets;
    this.clock = clock;
    this.isOfAnImage = isOfAnImage;
  }

  public void open(Desk desk) {
    desk.open("CopySnapshot", CopySnapshotRequest::builder, this::copySnapshot);
    desk.open("LockSnapshot", LockSnapshotRequest::builder, this::lockSnapshot);
    desk.open("DeleteSnapshot", DeleteSnapshotRequest::builder, this::deleteSnapshot);
  }

  /** Tags of the original are not copied. */
  private CopySnapshotResponse copySnapshot(CopySnapshotRequest request) {
    Snapshot original = find(request.sourceSnapshotId());
    if (original.state() != Snapshot.State.COMPLETED) {
      throw Ec2Faults.incorrectState("Snapshot is in invalid state - " + original.state().wire());
    }
    if (!original.storageTier().equals("standard")) {
      throw Ec2Faults.incorrectState("Snapshot " + original.id() + " is in the archive tier");
    }
    String ifEncrypted =
        original.source().encrypted() ? original.source().keyId() : Account.EBS_KEY;
    boolean encrypted =
        original.source().encrypted()
            || Boolean.TRUE.equals(request.encrypted())
            || request.kmsKeyId() != null;
    Snapshot copy =
        sets.copy(
            original,
            encrypted ? Objects.requireNonNullElse(request.kmsKeyId(), ifEncrypted) : "",
            Objects.requireNonNullElse(request.description(), ""),
            TagSets.of(request.tagSpecifications(), "snapshot"));
    return CopySnapshotResponse.builder()
        .snapshotId(copy.id())
        .tags(TagSets.tags(copy.tags()))
        .build();
  }

  private LockSnapshotResponse lockSnapshot(LockSnapshotRequest request) {
    Snapshot snapshot = find(request.snapshotId());
    Integer days = request.lockDuration();
    Instant until = request.expirationDate();
    if (until == null && days == null) {
      throw Ec2Faults.missing("LockDuration or ExpirationDate");
    }
    Instant end = until == null ? clock.instant().plus(Duration.ofDays(days)) : until;
    snapshot.lock(end);
    return LockSnapshotResponse.builder()
        .snapshotId(snapshot.id())
        .lockState(request.lockModeAsString())
        .lockCreatedOn(clock.instant())
        .lockExpiresOn(end)
        .build();
  }

  private DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
    if (request.snapshotId() != null && isOfAnImage.test(request.snapshotId())) {
      throw new AwsFault(
          "InvalidSnapshot.InUse",
          400,
          "The snapshot " + request.snapshotId() + " is currently in use by an image");
    }
    Snapshot snapshot = find(request.snapshotId());
    if (snapshot.isLocked(clock.instant())) {
      throw new AwsFault("OperationNotPermitted", 400, "Snapshot " + snapshot.id() + " is locked.");
    }
    sets.delete(snapshot);
    return DeleteSnapshotResponse.builder().build();
  }

  private Snapshot find(@Nullable String id) {
    Snapshot snapshot = id == null ? null : disks.snapshot(id);
    if (snapshot == null || snapshot.state() == Snapshot.State.DELETED) {
      throw Ec2Faults.noSnapshot(id == null ? "" : id);
    }
    return snapshot;
  }
}
