package dev.ringfence.restore;

import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.RestorePoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One machine that is to be brought back.
 *
 * @param exposed when the blamed release was first given to it; null when that is not known
 * @param point what it goes back to; null when there is nothing, which a person is told
 * @param why what was seen of it when it was called hurt
 */
public record Patient(
    String machine,
    String zone,
    @Nullable Instant exposed,
    @Nullable RestorePoint point,
    String why,
    PatientPhase phase) {

  boolean isHybrid() {
    return Machine.isHybrid(machine);
  }

  String pointName() {
    return point == null ? "nothing" : point.snapshot();
  }

  Patient in(PatientPhase next) {
    return new Patient(machine, zone, exposed, point, why, next);
  }
}
