package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import java.util.ArrayList;
import java.util.List;

/** What costs money because somebody made it and nobody removed it. */
public final class LeftoverTruth {
  private final Fleet fleet;
  private final Disks disks;

  LeftoverTruth(Fleet fleet, Disks disks) {
    this.fleet = fleet;
    this.disks = disks;
  }

  /** Every instance that was launched since the run began, in that order; also terminated ones. */
  public List<String> launched() {
    return fleet.instances().stream()
        .filter(machine -> machine.settings().launched())
        .map(Machine::id)
        .toList();
  }

  /** Ids of the instances, volumes and snapshots that exist and carry a tag, in that order. */
  public List<String> tagged(String tagKey) {
    List<String> found = new ArrayList<>();
    for (Machine machine : fleet.instances()) {
      if (exists(machine) && machine.tags().containsKey(tagKey)) {
        found.add(machine.id());
      }
    }
    for (Volume volume : disks.volumes()) {
      if (volume.state() != Volume.State.DELETED && volume.tags().containsKey(tagKey)) {
        found.add(volume.id());
      }
    }
    for (Snapshot snapshot : disks.snapshots()) {
      if (snapshot.state() != Snapshot.State.DELETED && snapshot.tags().containsKey(tagKey)) {
        found.add(snapshot.id());
      }
    }
    return found;
  }

  /** Volumes that are attached to nothing and not deleted. */
  public List<String> loose() {
    return disks.volumes().stream()
        .filter(volume -> volume.attachment() == null && volume.state() != Volume.State.DELETED)
        .map(Volume::id)
        .toList();
  }

  private static boolean exists(Machine machine) {
    return switch (machine.power()) {
      case PENDING, RUNNING, STOPPING, STOPPED -> true;
      case SHUTTING_DOWN, TERMINATED -> false;
    };
  }
}
