package dev.ringfence.functions.aws;

import dev.ringfence.contract.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * Instances, volumes and snapshots that carry the drill tag. Each is looked at once more right
 * before it is removed, and stays when the tag is not on it.
 */
final class DrillThings {
  /** More than the drills of a day, and less than a page may hold. */
  private static final int PAGE = 500;

  /** Instances that cost something or will. */
  private static final List<String> ALIVE =
      List.of("pending", "running", "stopping", "stopped", "shutting-down");

  private final Ec2Client ec2;
  private final Pacer pacer;
  private final SnapshotReader snapshots;

  DrillThings(Ec2Client ec2, Pacer pacer) {
    this.ec2 = ec2;
    this.pacer = pacer;
    this.snapshots = new SnapshotReader(ec2, pacer);
  }

  /** What kind of thing. */
  enum Kind {
    INSTANCE,
    VOLUME,
    SNAPSHOT
  }

  /**
   * One thing.
   *
   * @param busy whether it goes by itself or cannot go yet: an instance that shuts down, a volume
   *     that is attached
   */
  record Thing(Kind kind, String id, Instant madeAt, boolean busy) {}

  /** Everything of one rehearsal. */
  List<Thing> of(String owner) {
    return matching(filter("tag:" + Tags.DRILL, List.of(owner)));
  }

  /** Everything that carries the tag with whatever value. */
  List<Thing> all() {
    return matching(filter("tag-key", List.of(Tags.DRILL)));
  }

  private List<Thing> matching(Filter tag) {
    List<Thing> things = new ArrayList<>();
    for (Instance one : instances(tag, filter("instance-state-name", ALIVE))) {
      things.add(
          new Thing(
              Kind.INSTANCE,
              one.instanceId(),
              at(one.launchTime()),
              one.state().nameAsString().equals("shutting-down")));
    }
    for (Volume one : volumes(tag)) {
      boolean free = Objects.equals(one.stateAsString(), "available");
      boolean broken = Objects.equals(one.stateAsString(), "error");
      things.add(new Thing(Kind.VOLUME, one.volumeId(), at(one.createTime()), !free && !broken));
    }
    for (Snapshot one : snapshots.matching(tag)) {
      things.add(new Thing(Kind.SNAPSHOT, one.snapshotId(), at(one.startTime()), false));
    }
    return things;
  }

  /**
   * Removes what can go now.
   *
   * @return what was refused, each with its reason; a locked snapshot is one of those
   */
  List<String> remove(List<Thing> things) {
    List<String> problems = new ArrayList<>();
    for (Thing thing : things) {
      if (!thing.busy()) {
        try {
          remove(thing);
        } catch (SdkException failure) {
          problems.add(thing.id() + ": " + AwsErrors.reason(failure));
        }
      }
    }
    return problems;
  }

  private void remove(Thing thing) {
    if (!isTagged(thing)) {
      return;
    }
    pacer.spend(Pacer.Budget.EC2_MUTATE);
    switch (thing.kind()) {
      case INSTANCE -> ec2.terminateInstances(request -> request.instanceIds(thing.id()));
      case VOLUME -> ec2.deleteVolume(request -> request.volumeId(thing.id()));
      case SNAPSHOT -> ec2.deleteSnapshot(request -> request.snapshotId(thing.id()));
    }
  }

  /** The last look: a list may be old, and a tag may have been taken off. */
  private boolean isTagged(Thing thing) {
    List<Tag> tags =
        switch (thing.kind()) {
          case INSTANCE ->
              instances(filter("instance-id", List.of(thing.id()))).stream()
                  .flatMap(one -> one.tags().stream())
                  .toList();
          case VOLUME ->
              volumes(filter("volume-id", List.of(thing.id()))).stream()
                  .flatMap(one -> one.tags().stream())
                  .toList();
          case SNAPSHOT ->
              snapshots.matching(filter("snapshot-id", List.of(thing.id()))).stream()
                  .flatMap(one -> one.tags().stream())
                  .toList();
        };
    return tags.stream().anyMatch(tag -> tag.key().equals(Tags.DRILL));
  }

  private List<Instance> instances(Filter... filters) {
    return Paging.all(token -> {
      pacer.spend(Pacer.Budget.EC2_DESCRIBE);
      DescribeInstancesResponse page =
          ec2.describeInstances(
              DescribeInstancesRequest.builder()
                  .filters(filters)
                  .maxResults(PAGE)
                  .nextToken(token)
                  .build());
      List<Instance> found = new ArrayList<>();
      page.reservations().forEach(reservation -> found.addAll(reservation.instances()));
      return new Paging.Page<>(found, page.nextToken());
    });
  }

  private List<Volume> volumes(Filter filter) {
    return Paging.all(token -> {
      pacer.spend(Pacer.Budget.EC2_DESCRIBE);
      DescribeVolumesResponse page =
          ec2.describeVolumes(
              DescribeVolumesRequest.builder()
                  .filters(filter)
                  .maxResults(PAGE)
                  .nextToken(token)
                  .build());
      return new Paging.Page<>(page.volumes(), page.nextToken());
    });
  }

  private static Filter filter(String name, List<String> values) {
    return SnapshotReader.filter(name, values);
  }

  /** A thing without a date is as old as can be: it carries the tag. */
  private static Instant at(@Nullable Instant said) {
    return said == null ? Instant.EPOCH : said;
  }
}
