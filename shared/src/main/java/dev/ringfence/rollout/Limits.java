package dev.ringfence.rollout;

import dev.ringfence.policy.ChannelPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many machines may be at risk at once: the policy's ceiling, shares of Availability Zones and
 * groups, and what could be restored within the time that the policy declares for it.
 */
final class Limits {
  private final ChannelPolicy policy;
  private final Plan plan;
  private final Map<String, Integer> inZone = new HashMap<>();
  private final Map<String, Integer> inGroup = new HashMap<>();
  private final int inFlight;
  private int atRisk;

  Limits(ChannelPolicy policy, Plan plan, List<Batch> batches) {
    this.inFlight = inFlight(policy, Recovery.of(policy, plan.oneRestore()));
    this.policy = policy;
    this.plan = plan;
    batches.forEach(batch -> batch.members().stream().filter(Member::isAtRisk).forEach(this::add));
  }

  /** The share of so many machines, rounded down; never below one, or nothing could ever move. */
  static int share(double share, int of) {
    return Math.max(1, (int) Math.floor(share * of));
  }

  /** The ceiling for the whole roll-out. */
  static int inFlight(ChannelPolicy policy, Recovery recovery) {
    return Math.max(1, Math.min(policy.maxInFlight(), recovery.within(policy.recoveryTime())));
  }

  /** Whether all of these may be put at risk together, on top of those that are. */
  boolean allow(List<Member> members) {
    if (atRisk + members.size() > inFlight) {
      return false;
    }
    Map<String, Integer> zones = new HashMap<>(inZone);
    Map<String, Integer> groups = new HashMap<>(inGroup);
    for (Member member : members) {
      int size = plan.zones().getOrDefault(member.zone(), 0);
      if (zones.merge(member.zone(), 1, Integer::sum) > share(policy.perZoneShare(), size)) {
        return false;
      }
      String group = member.group();
      if (group != null && groups.merge(group, 1, Integer::sum) > member.groupLimit()) {
        return false;
      }
    }
    return true;
  }

  void add(Member member) {
    atRisk++;
    inZone.merge(member.zone(), 1, Integer::sum);
    if (member.group() != null) {
      inGroup.merge(member.group(), 1, Integer::sum);
    }
  }
}
