package dev.ringfence.rollout;

import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.RestorePoint;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a batch, with the facts that later decisions need of it.
 *
 * @param stratum machines that are likely to break together; rare ones share one name
 * @param group the quorum group; null when it belongs to none
 * @param groupLimit how many of that group may be at risk at once
 * @param rootVolume what a restore point is taken of; null when it has none and was opted in
 * @param point what it can be restored from; null until it is secured, or when it was opted in
 *     without
 */
public record Member(
    String machine,
    String zone,
    String stratum,
    @Nullable String group,
    int groupLimit,
    @Nullable String rootVolume,
    @Nullable RestorePoint point,
    MemberPhase phase) {

  boolean isHybrid() {
    return Machine.isHybrid(machine);
  }

  Member in(MemberPhase next) {
    return new Member(machine, zone, stratum, group, groupLimit, rootVolume, point, next);
  }

  Member secured(@Nullable RestorePoint by) {
    return new Member(
        machine, zone, stratum, group, groupLimit, rootVolume, by, new MemberPhase.Secured(0));
  }

  /**
   * In flight, or broken and not yet restored: it counts against every limit. Who is gone is not.
   */
  boolean isAtRisk() {
    return phase instanceof MemberPhase.Dispatched
        || (phase instanceof MemberPhase.Lost && !isLost(MemberPhase.Lost.Cause.TERMINATED))
        || phase.hurtBehind() != null;
  }

  boolean isLost(MemberPhase.Lost.Cause cause) {
    return phase instanceof MemberPhase.Lost lost && lost.cause() == cause;
  }

  boolean isExposed() {
    return phase.dispatchedAt() != null;
  }
}
