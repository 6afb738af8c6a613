package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Tenure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The roots that instances had, and when. A root is whatever is attached at the root device, and
 * whatever holds the content of one of this instance's roots, wherever it is attached.
 */
public final class RootTruth {
  private final Fleet fleet;
  private final Disks disks;

  RootTruth(Fleet fleet, Disks disks) {
    this.fleet = fleet;
    this.disks = disks;
  }

  /**
   * A time in which an instance had no root.
   *
   * @param until null while it has none still
   */
  public record Gap(Instant from, @Nullable Instant until) {}

  /** The volumes that were at the root device, in their order. */
  public List<Tenure> tenures(String instanceId) {
    Machine machine = machine(instanceId);
    String device = machine.hardware().rootDevice();
    return machine.tenures().stream().filter(tenure -> tenure.device().equals(device)).toList();
  }

  /** Which volume an instance would have booted from at an instant. */
  public Optional<String> rootAt(String instanceId, Instant at) {
    return tenures(instanceId).stream()
        .filter(tenure -> tenure.covers(at))
        .map(Tenure::volumeId)
        .findFirst();
  }

  /** How many roots were attached to an instance at an instant. */
  public int rootsAt(String instanceId, Instant at) {
    Machine machine = machine(instanceId);
    return (int)
        machine.tenures().stream()
            .filter(tenure -> tenure.covers(at) && isRoot(machine, tenure))
            .count();
  }

  /** The most roots that were ever attached to an instance at once: never more than one is well. */
  public int mostRoots(String instanceId) {
    return machine(instanceId).tenures().stream()
        .mapToInt(tenure -> rootsAt(instanceId, tenure.from()))
        .max()
        .orElse(0);
  }

  /** When an instance had no root at its root device; the end of a terminated one is no gap. */
  public List<Gap> rootless(String instanceId) {
    List<Tenure> tenures = tenures(instanceId);
    List<Gap> gaps = new ArrayList<>();
    for (int i = 0; i < tenures.size(); i++) {
      Instant end = tenures.get(i).until();
      Instant next = i + 1 < tenures.size() ? tenures.get(i + 1).from() : null;
      if (end != null && !end.equals(next) && !(next == null && isGone(instanceId))) {
        gaps.add(new Gap(end, next));
      }
    }
    return gaps;
  }

  private boolean isGone(String instanceId) {
    return switch (machine(instanceId).power()) {
      case TERMINATED, SHUTTING_DOWN -> true;
      case PENDING, RUNNING, STOPPING, STOPPED -> false;
    };
  }

  /** The snapshot that a volume was made from; empty for one that was made from none. */
  public Optional<String> madeFrom(String volumeId) {
    return Optional.ofNullable(disks.volume(volumeId))
        .map(volume -> volume.facts().snapshotId())
        .filter(snapshot -> !snapshot.isEmpty());
  }

  /** Whether nobody but this instance ever was the source of a volume that it booted from. */
  public boolean isOfItsLineage(String instanceId, String volumeId) {
    Volume volume = disks.volume(volumeId);
    return volume != null && comesFrom(machine(instanceId), volume);
  }

  private boolean isRoot(Machine machine, Tenure tenure) {
    Volume volume = disks.volume(tenure.volumeId());
    return tenure.device().equals(machine.hardware().rootDevice())
        || machine.rootLineage().contains(tenure.volumeId())
        || (volume != null && comesFrom(machine, volume));
  }

  private boolean comesFrom(Machine machine, Volume volume) {
    Snapshot source = disks.snapshot(volume.facts().snapshotId());
    return source != null && machine.rootLineage().contains(source.source().id());
  }

  private Machine machine(String id) {
    Machine machine = fleet.instance(id);
    if (machine == null) {
      throw new IllegalArgumentException("no instance " + id);
    }
    return machine;
  }
}
