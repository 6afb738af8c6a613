package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.fleet.RootPath;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.RestorePoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What would happen to one machine.
 *
 * @param state EC2's word for it now
 * @param root its root volume now; null when it has none
 * @param exposed when the release was given to it; null when it never was
 * @param point what it would go back to; null when there is nothing
 * @param recorded whether that is the point that the rollout had for it
 * @param why what was seen of it
 * @param obstacle why nothing would be done to it; empty when its root would be replaced
 * @param restore the restore that is at it already; null when none is
 * @param route by which path it would go back; null when nothing would be done to it
 */
record Bed(
    String machine,
    String zone,
    String state,
    @Nullable String root,
    @Nullable Instant exposed,
    @Nullable RestorePoint point,
    boolean recorded,
    String why,
    String obstacle,
    @Nullable String restore,
    @Nullable Route route) {

  boolean isRestored() {
    return obstacle.isEmpty();
  }

  boolean isRestoredBy(RootPath path) {
    return isRestored() && route != null && route.path() == path;
  }

  /** Nothing is done to it after all. */
  Bed without(String reason) {
    return new Bed(
        machine, zone, state, root, exposed, point, recorded, why, reason, restore, null);
  }

  Bed by(Route next) {
    return new Bed(
        machine, zone, state, root, exposed, point, recorded, why, obstacle, restore, next);
  }

  /** What the restore is told beyond the usual. */
  @Nullable Agreement agreement() {
    return route == null ? null : route.agreement();
  }

  /** Everything that a person is shown and that may change. */
  String fact() {
    return String.join(
        " ",
        machine,
        state,
        String.valueOf(root),
        snapshot(),
        obstacle,
        String.valueOf(restore),
        route == null ? "" : route.fact());
  }

  private String snapshot() {
    return point == null ? "none" : point.snapshot();
  }

  ObjectNode row(Moments moments) {
    ObjectNode row = Json.object().put("machine", machine).put("zone", zone);
    row.put("isNow", state);
    if (!isRestored() || route == null) {
      return row.put("path", "none").put("because", obstacle);
    }
    RoutePage.fill(row, route, point, moments);
    return row.put("seen", why);
  }
}
