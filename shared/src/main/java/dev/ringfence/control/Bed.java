package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.operation.RestorePoint;
import java.time.Duration;
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
    @Nullable String restore) {

  boolean isRestored() {
    return obstacle.isEmpty();
  }

  /** Everything that a person is shown and that may change. */
  String fact() {
    return String.join(
        " ", machine, state, String.valueOf(root), snapshot(), obstacle, String.valueOf(restore));
  }

  private String snapshot() {
    return point == null ? "none" : point.snapshot();
  }

  ObjectNode row(Moments moments) {
    ObjectNode row = Json.object().put("machine", machine).put("zone", zone);
    row.put("isNow", state);
    if (!isRestored()) {
      row.put("path", "none").put("because", obstacle);
      return row;
    }
    row.put("path", "A: EC2 replaces its root volume while it stays the same machine; it reboots");
    if (point != null) {
      row.put("goesBackTo", point.snapshot());
      row.put("takenAt", moments.from(point.takenAt()));
      row.put("taken", point.consistency().words());
      row.put(
          "loses",
          "what was written to its root volume in the last "
              + Moments.span(Duration.between(point.takenAt(), moments.now()))
              + ", and its memory");
    }
    row.put(
        "keeps",
        "its id, addresses, data volumes and instance store; the broken root volume is kept too");
    return row.put("seen", why);
  }
}
