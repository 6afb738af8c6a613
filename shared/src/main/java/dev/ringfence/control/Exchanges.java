package dev.ringfence.control;

import dev.ringfence.fleet.RootPath;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.Blueprint;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Volume;
import dev.ringfence.operation.Watch;
import dev.ringfence.release.json.Path;
import dev.ringfence.release.json.Problems;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What exchanges on path B would make: which new root, and which data volumes. */
final class Exchanges {
  private final RestoreAsk ask;

  Exchanges(RestoreAsk ask) {
    this.ask = ask;
  }

  /** Says of each name that stands for no data volume of a machine which ones there are. */
  void check(Rig rig, Problems problems) {
    for (int i = 0; i < ask.volumes().size(); i++) {
      String named = ask.volumes().get(i);
      String at = Path.element("volumes", i);
      Optional<String> device = device(rig, named);
      if (device.isEmpty()) {
        problems.add(at, "is no data volume of " + rig.machine() + ", which has " + data(rig));
      } else if (device.get().equals(rig.rootDevice())) {
        problems.add(
            at, "is the root of " + rig.machine() + ", which goes back anyway: leave it out");
      } else if (ask.volumes().subList(0, i).stream()
          .anyMatch(earlier -> device(rig, earlier).equals(device))) {
        problems.add(at, "names the same volume of " + rig.machine() + " a second time");
      }
    }
  }

  private static Optional<String> device(Rig rig, String named) {
    return rig.devices().entrySet().stream()
        .filter(at -> at.getKey().equals(named) || at.getValue().volume().equals(named))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String data(Rig rig) {
    List<String> known = new ArrayList<>();
    new TreeMap<>(rig.devices())
        .forEach((device, at) -> {
          if (!device.equals(rig.rootDevice())) {
            known.add(device + " (" + at.volume() + ")");
          }
        });
    return known.isEmpty() ? "none" : String.join(", ", known);
  }

  /** What has to be looked at before the plan of machines on path B is whole. */
  static Watch watch(List<Bed> beds, Map<String, Rig> rigs) {
    Set<String> points = new LinkedHashSet<>();
    Set<String> volumes = new LinkedHashSet<>();
    for (Bed bed : beds) {
      Rig rig = rigs.get(bed.machine());
      RestorePoint point = bed.point();
      if (bed.isRestoredBy(RootPath.B) && point != null && rig != null) {
        points.add(point.snapshot());
        rig.devices().values().forEach(at -> volumes.add(at.volume()));
      }
    }
    return Watch.NOTHING.withBlueprints(points).withVolumes(volumes);
  }

  /** The same bed once its restore point's manifest and its volumes were looked at. */
  Bed detailed(Bed bed, Rig rig, Sight sight) {
    RestorePoint point = bed.point();
    Route route = bed.route();
    if (!bed.isRestoredBy(RootPath.B) || point == null || route == null) {
      return bed;
    }
    Blueprint plan = sight.blueprints().get(point.snapshot());
    Route.NewRoot root = plan == null ? null : newRoot(rig, plan, sight);
    if (plan == null || root == null) {
      return bed.without("how it was put together then and is now could not be read; ask again");
    }
    List<Agreement.DataVolume> volumes = new ArrayList<>();
    for (String named : ask.volumes()) {
      String device = device(rig, named).orElseThrow();
      Rig.Attached now = rig.devices().get(device);
      Blueprint.Piece then = plan.pieces().get(device);
      String objection = objection(device, now, then, point, sight);
      if (now == null || then == null || then.snapshot() == null || objection != null) {
        return bed.without(String.valueOf(objection));
      }
      volumes.add(
          new Agreement.DataVolume(
              device, now.volume(), then.snapshot(), then.disk(), then.deleteOnTermination()));
    }
    return bed.by(route.with(root, volumes));
  }

  private static Route.@Nullable NewRoot newRoot(Rig rig, Blueprint plan, Sight sight) {
    Blueprint.Piece then = plan.rootDevice().equals(rig.rootDevice()) ? plan.root() : null;
    if (then != null) {
      return new Route.NewRoot(then.disk(), then.deleteOnTermination(), true);
    }
    Rig.Attached root = rig.root();
    Volume now = root == null ? null : sight.volumes().get(root.volume());
    return root == null || now == null
        ? null
        : new Route.NewRoot(now.disk(), root.deleteOnTermination(), false);
  }

  /** Why a data volume does not go back; null when it does. */
  private static @Nullable String objection(
      String device,
      Rig.@Nullable Attached now,
      Blueprint.@Nullable Piece then,
      RestorePoint point,
      Sight sight) {
    if (now == null) {
      return "nothing is attached at " + device;
    }
    if (then == null || then.snapshot() == null) {
      return "its restore point " + point.snapshot() + " has no snapshot of what is at " + device;
    }
    Volume live = sight.volumes().get(now.volume());
    boolean same = now.volume().equals(then.volume());
    boolean made = live != null && then.snapshot().equals(live.snapshot());
    return same || made
        ? null
        : "at "
            + device
            + " is "
            + now.volume()
            + " now, and its restore point holds "
            + then.volume();
  }
}
