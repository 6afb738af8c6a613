package dev.ringfence.operation;

import dev.ringfence.fleet.RootPath;
import dev.ringfence.fleet.Unrestorable;
import java.util.List;
import java.util.Set;

/**
 * What somebody has agreed to for the restore of one machine, beyond path A and a path B that costs
 * nothing.
 *
 * @param path the path to begin with
 * @param price what path B may cost: the reasons that would close it otherwise
 * @param volumes data volumes that go back with the root; only on path B
 */
public record Agreement(RootPath path, Set<Unrestorable> price, List<DataVolume> volumes) {
  public Agreement {
    price = Set.copyOf(price);
    volumes = List.copyOf(volumes);
    if (path == RootPath.A && !volumes.isEmpty()) {
      throw new IllegalArgumentException("EC2 replaces no data volumes");
    }
  }

  /**
   * A data volume that goes back, as the plan showed it.
   *
   * @param device where it is attached, such as {@code /dev/sdf}
   * @param volume the volume that goes
   * @param snapshot what its successor is made from
   * @param disk what that shall be
   * @param deleteOnTermination whether that goes when the machine is terminated
   */
  public record DataVolume(
      String device, String volume, String snapshot, Disk disk, boolean deleteOnTermination) {}
}
