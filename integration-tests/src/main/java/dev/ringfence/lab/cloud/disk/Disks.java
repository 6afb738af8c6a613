package dev.ringfence.lab.cloud.disk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every volume and snapshot of the account, in the order of their making. Snapshots are also found
 * by volume and by tag without a walk, because a roll-out asks for them by tag again and again.
 */
public final class Disks {
  private record TagPair(String key, String value) {}

  private final Map<String, Volume> volumes = new LinkedHashMap<>();
  private final List<Volume> volumeOrder = new ArrayList<>();
  private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
  private final List<Snapshot> snapshotOrder = new ArrayList<>();
  private final Map<String, List<Snapshot>> byVolume = new HashMap<>();
  private final Map<TagPair, Set<Snapshot>> byTag = new HashMap<>();

  public void add(Volume volume) {
    volumes.put(volume.id(), volume);
    volumeOrder.add(volume);
  }

  public void add(Snapshot snapshot) {
    snapshots.put(snapshot.id(), snapshot);
    snapshotOrder.add(snapshot);
    byVolume.computeIfAbsent(snapshot.source().id(), id -> new ArrayList<>(1)).add(snapshot);
    snapshot.tags().forEach((key, value) -> index(snapshot, key, value));
  }

  public @Nullable Volume volume(String id) {
    return volumes.get(id);
  }

  public @Nullable Snapshot snapshot(String id) {
    return snapshots.get(id);
  }

  public List<Volume> volumes() {
    return Collections.unmodifiableList(volumeOrder);
  }

  public List<Snapshot> snapshots() {
    return Collections.unmodifiableList(snapshotOrder);
  }

  public List<Snapshot> snapshotsOf(String volumeId) {
    return byVolume.getOrDefault(volumeId, List.of());
  }

  /** All that ever carried a tag; one whose tag went or changed since must still be filtered. */
  public List<Snapshot> snapshotsTagged(String key, String value) {
    return List.copyOf(byTag.getOrDefault(new TagPair(key, value), Set.of()));
  }

  public void tag(Snapshot snapshot, Map<String, String> next) {
    next.forEach((key, value) -> {
      if (!value.equals(snapshot.tags().get(key))) {
        index(snapshot, key, value);
      }
    });
    snapshot.tag(next);
  }

  private void index(Snapshot snapshot, String key, String value) {
    byTag.computeIfAbsent(new TagPair(key, value), pair -> new LinkedHashSet<>(2)).add(snapshot);
  }
}
