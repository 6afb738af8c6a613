package dev.ringfence.functions.aws;

import dev.ringfence.operation.Blueprint;
import dev.ringfence.operation.Sight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Reads how machines were put together when their restore points were taken: from the manifest in
 * the tags of a set's snapshots, and from which of the set's snapshots are still at hand.
 */
final class BlueprintReader {
  /** The most values that one EC2 filter takes ("Using filtering"). */
  private static final int FILTER_VALUES = 200;

  private final SnapshotReader snapshots;

  BlueprintReader(SnapshotReader snapshots) {
    this.snapshots = snapshots;
  }

  /** By the root's snapshot; one that EC2 does not list is missing, as is one that was not read. */
  Map<String, Blueprint> read(Set<String> roots, List<String> gaps) {
    return Batches.read(roots, FILTER_VALUES, "DescribeSnapshots", this::page, gaps).found();
  }

  private Map<String, Blueprint> page(List<String> roots) {
    List<Snapshot> found =
        snapshots.matching(SnapshotReader.filter("snapshot-id", List.copyOf(roots)));
    Map<String, Map<String, String>> sets = sets(found);
    Map<String, Blueprint> blueprints = new HashMap<>();
    for (Snapshot root : found) {
      Map<String, String> members = SnapshotReader.key(root).map(sets::get).orElse(Map.of());
      blueprints.put(root.snapshotId(), Manifest.blueprint(tags(root), members));
    }
    return blueprints;
  }

  /** Of each set, by its key: which snapshot is of which volume. */
  private Map<String, Map<String, String>> sets(List<Snapshot> roots) {
    List<String> keys =
        roots.stream().flatMap(root -> SnapshotReader.key(root).stream()).distinct().toList();
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<String, Map<String, String>> sets = new HashMap<>();
    keys.forEach(key -> sets.put(key, new HashMap<>()));
    for (Snapshot member :
        snapshots.matching(SnapshotReader.filter("tag:" + SnapshotTaker.KEY_TAG, keys))) {
      Map<String, String> set = SnapshotReader.key(member).map(sets::get).orElse(null);
      if (set != null && SnapshotReader.state(member) == Sight.Snapshot.COMPLETED) {
        set.put(member.volumeId(), member.snapshotId());
      }
    }
    return sets;
  }

  private static Map<String, String> tags(Snapshot snapshot) {
    Map<String, String> tags = new HashMap<>();
    for (Tag tag : snapshot.tags()) {
      tags.put(tag.key(), tag.value());
    }
    return tags;
  }
}
