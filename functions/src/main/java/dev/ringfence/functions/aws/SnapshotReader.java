package dev.ringfence.functions.aws;

import dev.ringfence.contract.Tags;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Reads snapshots: always our own account's only (without an owner EC2 lists public ones too),
 * always filtered and paginated, which EC2 throttles least.
 */
final class SnapshotReader {
  /** The most values that one EC2 filter takes ("Using filtering"). */
  private static final int FILTER_VALUES = 200;

  /** The most that DescribeSnapshots returns a page (API reference). */
  private static final int PAGE = 1000;

  private final Ec2Client ec2;
  private final Pacer pacer;

  SnapshotReader(Ec2Client ec2, Pacer pacer) {
    this.ec2 = ec2;
    this.pacer = pacer;
  }

  /**
   * By snapshot id, each as its whole set is: an update waits for every member. One that EC2 was
   * asked for and does not list is gone, which is a failure; those of a page that failed are left
   * out.
   */
  Map<String, Sight.Snapshot> states(Set<String> ids, List<String> gaps) {
    Batches.Found<Sight.Snapshot> read =
        Batches.read(ids, FILTER_VALUES, "DescribeSnapshots", this::statesPage, gaps);
    Map<String, Sight.Snapshot> states = new HashMap<>(read.found());
    for (String id : ids) {
      if (!read.unread().contains(id)) {
        states.putIfAbsent(id, Sight.Snapshot.FAILED);
      }
    }
    return Map.copyOf(states);
  }

  /**
   * The newest restore point of each volume.
   *
   * @param since only points taken after it count; null for all
   */
  Batches.Found<RestorePoint> newest(
      Set<String> volumes, @Nullable Instant since, List<String> gaps) {
    return Batches.read(
        volumes, FILTER_VALUES, "DescribeSnapshots", page -> newestPage(page, since), gaps);
  }

  /** All restore points of each volume, the newest first; empty for a volume that has none. */
  Batches.Found<List<RestorePoint>> past(Set<String> volumes, List<String> gaps) {
    return Batches.read(volumes, FILTER_VALUES, "DescribeSnapshots", this::pastPage, gaps);
  }

  /** All that match every filter. */
  List<Snapshot> matching(Filter... filters) {
    return Paging.all(token -> {
      pacer.spend(Pacer.Budget.EC2_DESCRIBE);
      DescribeSnapshotsResponse page =
          ec2.describeSnapshots(
              DescribeSnapshotsRequest.builder()
                  .ownerIds("self")
                  .filters(filters)
                  .maxResults(PAGE)
                  .nextToken(token)
                  .build());
      return new Paging.Page<>(page.snapshots(), page.nextToken());
    });
  }

  static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  private Map<String, Sight.Snapshot> statesPage(List<String> ids) {
    Map<String, Sight.Snapshot> states = new HashMap<>();
    Map<String, List<String>> completed = new HashMap<>();
    for (Snapshot snapshot : matching(filter("snapshot-id", ids))) {
      states.put(snapshot.snapshotId(), state(snapshot));
      key(snapshot)
          .filter(key -> state(snapshot) == Sight.Snapshot.COMPLETED)
          .ifPresent(key ->
              completed
                  .computeIfAbsent(key, unseen -> new ArrayList<>())
                  .add(snapshot.snapshotId()));
    }
    if (!completed.isEmpty()) {
      // EC2 completes the members of a set one by one, and when one fails it fails them all.
      for (Snapshot member : matching(filter("tag:" + SnapshotTaker.KEY_TAG, keys(completed)))) {
        Sight.Snapshot worse = state(member);
        key(member).map(completed::get).stream()
            .flatMap(List::stream)
            .forEach(id -> states.merge(id, worse, SnapshotReader::worse));
      }
    }
    states.keySet().retainAll(ids);
    return states;
  }

  private static List<String> keys(Map<String, List<String>> byKey) {
    return byKey.keySet().stream().sorted().toList();
  }

  static Optional<String> key(Snapshot snapshot) {
    return tag(snapshot, SnapshotTaker.KEY_TAG);
  }

  private static Optional<String> tag(Snapshot snapshot, String key) {
    return snapshot.tags().stream()
        .filter(tag -> tag.key().equals(key))
        .map(Tag::value)
        .findFirst();
  }

  private static Sight.Snapshot worse(Sight.Snapshot one, Sight.Snapshot other) {
    if (one == Sight.Snapshot.FAILED || other == Sight.Snapshot.FAILED) {
      return Sight.Snapshot.FAILED;
    }
    return one == Sight.Snapshot.PENDING ? one : other;
  }

  static Sight.Snapshot state(Snapshot snapshot) {
    return switch (snapshot.stateAsString()) {
      case "completed" -> isAtHand(snapshot) ? Sight.Snapshot.COMPLETED : Sight.Snapshot.FAILED;
      // In the recycle bin or on the way out of it, a restore cannot use it.
      case "error", "recoverable", "recovering" -> Sight.Snapshot.FAILED;
      case null, default -> Sight.Snapshot.PENDING;
    };
  }

  private Map<String, RestorePoint> newestPage(List<String> volumes, @Nullable Instant since) {
    Map<String, RestorePoint> newest = new HashMap<>();
    pastPage(volumes)
        .forEach((volume, points) -> {
          if (!points.isEmpty() && (since == null || points.getFirst().takenAt().isAfter(since))) {
            newest.put(volume, points.getFirst());
          }
        });
    return newest;
  }

  private Map<String, List<RestorePoint>> pastPage(List<String> volumes) {
    Map<String, List<RestorePoint>> past = new HashMap<>();
    volumes.forEach(volume -> past.put(volume, new ArrayList<>()));
    List<Snapshot> completed =
        matching(filter("volume-id", volumes), filter("status", List.of("completed")));
    for (Snapshot snapshot : completed) {
      Instant taken = snapshot.startTime();
      List<RestorePoint> points = past.get(snapshot.volumeId());
      if (points != null && isAtHand(snapshot) && !isOfADrill(snapshot) && taken != null) {
        points.add(
            new RestorePoint(
                snapshot.snapshotId(),
                taken,
                tag(snapshot, Tags.HOLDS).orElse(null),
                Manifest.consistency(snapshot.tags())));
      }
    }
    past.values()
        .forEach(points -> points.sort(Comparator.comparing(RestorePoint::takenAt).reversed()));
    return past;
  }

  /** It goes with the drill that took it, so nobody may rely on it. */
  private static boolean isOfADrill(Snapshot snapshot) {
    return snapshot.tags().stream().anyMatch(tag -> tag.key().equals(Tags.DRILL));
  }

  /** An archived snapshot takes up to 72 hours to come back: no way back tonight. */
  private static boolean isAtHand(Snapshot snapshot) {
    String tier = snapshot.storageTierAsString();
    return tier == null || tier.equals("standard");
  }
}
