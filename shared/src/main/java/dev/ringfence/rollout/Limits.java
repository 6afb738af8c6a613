package dev.ringfence.rollout;

import dev.ringfence.policy.ChannelPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many machines may be at risk at once: the policy's ceiling, shares of Availability Zones and
 * groups, and what could be restored within the time that the policy declares for it.
 */
final class Limits {
  /**
   * EC2 lets an account make 50 mutating calls at once and 5 more a second (EC2 API throttling);
   * one root replacement is one such call. Half is left to everybody else in the account.
   */
  private static final int RESTORES_AT_ONCE = 25;

  private static final double RESTORES_PER_SECOND = 2.5;

  /**
   * What one restore takes from the call to the proof: replacing and rebooting takes minutes, and a
   * ping comes every five. An estimate until drills measure it.
   */
  private static final Duration ONE_RESTORE = Duration.ofMinutes(15);

  private final ChannelPolicy policy;
  private final Plan plan;
  private final Map<String, Integer> inZone = new HashMap<>();
  private final Map<String, Integer> inGroup = new HashMap<>();
  private int atRisk;

  Limits(ChannelPolicy policy, Plan plan, List<Batch> batches) {
    this.policy = policy;
    this.plan = plan;
    batches.forEach(batch -> batch.members().stream().filter(Member::isAtRisk).forEach(this::add));
  }

  /** The share of so many machines, rounded down; never below one, or nothing could ever move. */
  static int share(double share, int of) {
    return Math.max(1, (int) Math.floor(share * of));
  }

  /** The ceiling for the whole roll-out. */
  static int inFlight(ChannelPolicy policy) {
    return Math.max(1, Math.min(policy.maxInFlight(), restorable(policy)));
  }

  private static int restorable(ChannelPolicy policy) {
    long seconds = Math.max(0, policy.recoveryTime().minus(ONE_RESTORE).toSeconds());
    return (int) Math.min(Integer.MAX_VALUE, RESTORES_AT_ONCE + seconds * RESTORES_PER_SECOND);
  }

  /** Whether all of these may be put at risk together, on top of those that are. */
  boolean allow(List<Member> members) {
    if (atRisk + members.size() > inFlight(policy)) {
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
