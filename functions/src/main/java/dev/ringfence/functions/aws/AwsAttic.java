package dev.ringfence.functions.aws;

import dev.ringfence.contract.Tags;
import dev.ringfence.engine.Attic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * Snapshots and volumes on which an operation wrote until when they are kept. What does not carry
 * both tags is never seen here.
 */
public final class AwsAttic implements Attic {
  /** The most that DescribeVolumes returns a page by a filter (API reference). */
  private static final int PAGE = 500;

  private static final Filter WITH_A_DAY = SnapshotReader.filter("tag-key", List.of(Tags.EXPIRES));

  private final Ec2Client ec2;
  private final Pacer pacer;
  private final SnapshotReader snapshots;

  /** At the request rates that AWS publishes. */
  public AwsAttic(Ec2Client ec2, InstantSource clock) {
    this(ec2, Pacer.published(clock));
  }

  public AwsAttic(Ec2Client ec2, Pacer pacer) {
    this.ec2 = ec2;
    this.pacer = pacer;
    this.snapshots = new SnapshotReader(ec2, pacer);
  }

  @Override
  public List<Kept> all() {
    List<Kept> all = new ArrayList<>();
    for (Snapshot one : snapshots.matching(WITH_A_DAY)) {
      if (isOurs(one.tags())) {
        all.add(kept(Kind.SNAPSHOT, one.snapshotId(), one.startTime(), one.tags(), state(one)));
      }
    }
    for (Volume one : volumes()) {
      if (isOurs(one.tags())) {
        all.add(kept(Kind.VOLUME, one.volumeId(), one.createTime(), one.tags(), state(one)));
      }
    }
    return all;
  }

  /** Somebody else may have taken to the same tag for a day. */
  private static boolean isOurs(List<Tag> tags) {
    return tags.stream().anyMatch(tag -> tag.key().equals(Tags.OPERATION));
  }

  @Override
  public Removal remove(Kept one) {
    return settled(() -> {
      switch (one.kind()) {
        case SNAPSHOT -> {
          pacer.spend(Pacer.Budget.DELETE_SNAPSHOT);
          ec2.deleteSnapshot(delete -> delete.snapshotId(one.id()));
        }
        case VOLUME -> {
          // One that was attached since it was listed is refused (VolumeInUse).
          pacer.spend(Pacer.Budget.EC2_MUTATE);
          ec2.deleteVolume(delete -> delete.volumeId(one.id()));
        }
      }
    });
  }

  /**
   * With a value EC2 deletes a tag only if it has that value, and it is content when there is none
   * (API reference of DeleteTags). A request without any tag would delete them all.
   */
  @Override
  public Removal removeDay(Kept one) {
    return settled(() -> {
      pacer.spend(Pacer.Budget.DELETE_TAGS);
      ec2.deleteTags(delete ->
          delete
              .resources(one.id())
              .tags(Tag.builder().key(Tags.EXPIRES).value(one.day()).build()));
    });
  }

  private static Removal settled(Runnable act) {
    try {
      act.run();
      return new Removal.Gone();
    } catch (SdkException failure) {
      if (AwsErrors.spoiledByAnId(failure)) {
        return new Removal.Gone();
      }
      return AwsErrors.isRefused(failure)
          ? new Removal.Refused(AwsErrors.reason(failure))
          : new Removal.PutOff(AwsErrors.reason(failure));
    }
  }

  private List<Volume> volumes() {
    return Paging.all(token -> {
      pacer.spend(Pacer.Budget.EC2_DESCRIBE);
      DescribeVolumesResponse page =
          ec2.describeVolumes(
              DescribeVolumesRequest.builder()
                  .filters(WITH_A_DAY)
                  .maxResults(PAGE)
                  .nextToken(token)
                  .build());
      return new Paging.Page<>(page.volumes(), page.nextToken());
    });
  }

  private static Kept kept(
      Kind kind, String id, @Nullable Instant madeAt, List<Tag> tags, State state) {
    Map<String, String> byKey = new HashMap<>();
    tags.forEach(tag -> byKey.put(tag.key(), tag.value()));
    return new Kept(
        kind,
        id,
        byKey.getOrDefault(SnapshotTaker.KEY_TAG, id),
        product(byKey.getOrDefault(Tags.RELEASE, "")),
        byKey.getOrDefault(Tags.MACHINE, ""),
        Objects.requireNonNullElse(madeAt, Instant.EPOCH),
        byKey.getOrDefault(Tags.EXPIRES, ""),
        state);
  }

  /** A release is a product and a version, with a space between them. */
  private static String product(String release) {
    int end = release.indexOf(' ');
    return end < 0 ? "" : release.substring(0, end);
  }

  private static State state(Snapshot snapshot) {
    String tier = snapshot.storageTierAsString();
    if (tier != null && !tier.equals("standard")) {
      return State.ARCHIVED;
    }
    return switch (snapshot.stateAsString()) {
      case "completed" -> State.AT_HAND;
      case "error" -> State.BROKEN;
      case null, default -> State.UNFINISHED;
    };
  }

  private static State state(Volume volume) {
    return switch (volume.stateAsString()) {
      case "available" -> State.AT_HAND;
      case "error" -> State.BROKEN;
      case "in-use" -> State.ATTACHED;
      case null, default -> State.UNFINISHED;
    };
  }
}
