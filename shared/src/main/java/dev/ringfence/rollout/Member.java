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
 * @param stillness how it is brought to rest for its restore point, and whether it is; null when
 *     its policy wants no more than crash-consistent ones
 */
public record Member(
    String machine,
    String zone,
    String stratum,
    @Nullable String group,
    int groupLimit,
    @Nullable String rootVolume,
    @Nullable RestorePoint point,
    MemberPhase phase,
    @Nullable Stillness stillness) {

  /** One that is never brought to rest. */
  public Member(
      String machine,
      String zone,
      String stratum,
      @Nullable String group,
      int groupLimit,
      @Nullable String rootVolume,
      @Nullable RestorePoint point,
      MemberPhase phase) {
    this(machine, zone, stratum, group, groupLimit, rootVolume, point, phase, null);
  }

  boolean isHybrid() {
    return Machine.isHybrid(machine);
  }

  Member in(MemberPhase next) {
    return new Member(
        machine, zone, stratum, group, groupLimit, rootVolume, point, next, stillness);
  }

  Member secured(@Nullable RestorePoint by) {
    return new Member(
        machine,
        zone,
        stratum,
        group,
        groupLimit,
        rootVolume,
        by,
        new MemberPhase.Secured(0),
        stillness);
  }

  /** With another word on its freeze; null when there is nothing to tell of one. */
  Member frozen(Stillness.@Nullable Freeze freeze) {
    return new Member(
        machine,
        zone,
        stratum,
        group,
        groupLimit,
        rootVolume,
        point,
        phase,
        stillness == null ? null : stillness.with(freeze));
  }

  /** Its newest freeze; null when there is none to tell of. */
  Stillness.@Nullable Freeze freeze() {
    return stillness == null ? null : stillness.freeze();
  }

  /** Whether it may be frozen: then a thaw is owed to it. */
  boolean isHeld() {
    return stillness != null && stillness.isHeld();
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
