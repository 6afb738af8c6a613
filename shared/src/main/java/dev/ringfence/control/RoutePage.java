package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.fleet.RootPath;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.fleet.WaysBack;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.Disk;
import dev.ringfence.operation.RestorePoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path back in words: what happens on it, what it costs, what is lost and what is kept. */
final class RoutePage {
  /** How long old volumes are kept, as an operator reads it. */
  private static final String KEPT = "14 days";

  private RoutePage() {}

  static void fill(ObjectNode row, Route route, @Nullable RestorePoint point, Moments moments) {
    row.put("path", route.path().words());
    if (!route.because().isEmpty()) {
      row.put("because", route.because());
    }
    if (point != null) {
      row.put("goesBackTo", point.snapshot());
      row.put("takenAt", moments.from(point.takenAt()));
      row.put("taken", point.consistency().words());
      row.put(
          "loses",
          "what was written to its root volume in the last "
              + since(point, moments)
              + ", and its memory");
    }
    switch (route.path()) {
      case A -> fillA(row, route);
      case B -> fillB(row, route, point, moments);
    }
  }

  private static void fillA(ObjectNode row, Route route) {
    row.put(
        "keeps",
        "its id, addresses, data volumes and instance store; the broken root volume is kept too");
    row.put("ifThatFails", otherwise(route));
  }

  private static String otherwise(Route route) {
    WaysBack ways = route.ways();
    if (ways == null) {
      return "it is left to a person; what path B would cost could not be read";
    }
    if (!ways.isOpen(RootPath.B)) {
      return "it is left to a person; path B is closed: " + Unrestorable.sentences(ways.againstB());
    }
    List<Unrestorable> told = new ArrayList<>(ways.price());
    told.addAll(route.remarks());
    return "it is left to a person, who may ask for path B; that stops it"
        + (told.isEmpty() ? "" : ". " + Unrestorable.sentences(told));
  }

  private static void fillB(
      ObjectNode row, Route route, @Nullable RestorePoint point, Moments moments) {
    List<String> costs = new ArrayList<>();
    costs.add("It is down for about " + Moments.span(RestorePlan.EXCHANGE) + ".");
    route.price().stream().sorted().map(Unrestorable::sentence).forEach(costs::add);
    route.remarks().stream().sorted().map(Unrestorable::sentence).forEach(costs::add);
    row.set("costs", Json.texts(costs));
    Route.NewRoot root = route.newRoot();
    if (root != null) {
      row.put("newRoot", newRoot(root));
    }
    if (!route.volumes().isEmpty()) {
      ArrayNode volumes = row.putArray("dataVolumes");
      route.volumes().forEach(one -> volumes.add(volume(one, point, moments)));
    }
    row.put(
        "keeps",
        "its id, private addresses and Elastic IP, and data volumes that are not named here; the"
            + " volumes that are exchanged are kept for "
            + KEPT);
  }

  private static String newRoot(Route.NewRoot root) {
    return disk(root.disk(), root.deleteOnTermination())
        + (root.recorded()
            ? ", as it was when the restore point was taken"
            : ", as its root is now: the restore point has no record of what it was then");
  }

  private static ObjectNode volume(
      Agreement.DataVolume one, @Nullable RestorePoint point, Moments moments) {
    ObjectNode row =
        Json.of("device", one.device(), "volume", one.volume(), "goesBackTo", one.snapshot());
    if (point != null) {
      row.put(
          "loses",
          "everything that was written to it since "
              + moments.at(point.takenAt())
              + ", the last "
              + since(point, moments));
    }
    return row.put("newVolume", disk(one.disk(), one.deleteOnTermination()));
  }

  private static String since(RestorePoint point, Moments moments) {
    return Moments.span(Duration.between(point.takenAt(), moments.now()));
  }

  private static String disk(Disk disk, boolean deleteOnTermination) {
    StringBuilder words = new StringBuilder(disk.type()).append(", ");
    words.append(disk.gibibytes()).append(" GiB");
    if (disk.iops() != null) {
      words.append(", ").append(disk.iops()).append(" IOPS");
    }
    if (disk.throughput() != null) {
      words.append(", ").append(disk.throughput()).append(" MiB/s");
    }
    words.append(disk.key() == null ? ", not encrypted" : ", encrypted with " + disk.key());
    return words
        .append(deleteOnTermination ? ", deleted" : ", kept")
        .append(" when the machine is terminated")
        .toString();
  }
}
