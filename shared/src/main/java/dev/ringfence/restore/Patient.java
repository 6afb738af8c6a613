package dev.ringfence.restore;

import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.RestorePoint;
import org.jspecify.annotations.Nullable;

/**
 * One machine that is to be brought back.
 *
 * @param point what it goes back to; null when there is nothing, which a person is told
 * @param why what was seen of it when it was called hurt
 */
public record Patient(
    String machine, String zone, @Nullable RestorePoint point, String why, PatientPhase phase) {

  boolean isHybrid() {
    return Machine.isHybrid(machine);
  }

  Patient in(PatientPhase next) {
    return new Patient(machine, zone, point, why, next);
  }
}
