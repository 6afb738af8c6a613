package dev.ringfence.rollout;

import java.util.Set;

/**
 * Machines that live and do not tell their version. That is no evidence of anything, so as many of
 * them as would be a failure are waited for like machines that cannot be seen. Fewer are let go, or
 * one stuck agent could halt any rollout.
 */
final class Mute {
  private static final String WHAT = "lives, but its version could not be read back";

  private Mute() {}

  /**
   * Lets them go without proof, unless they are too many.
   *
   * @param most how many there may be, with those let go before
   * @return false when they are more, and nobody was let go
   */
  static boolean letGo(Turn turn, Set<String> machines, int most) {
    long before =
        turn.batches().stream()
            .flatMap(batch -> batch.members().stream())
            .filter(member -> member.isLost(MemberPhase.Lost.Cause.MUTE))
            .count();
    if (machines.size() + before > most) {
      return false;
    }
    for (Batch batch : turn.batches()) {
      if (batch.isInFlight() && turn.hasRoom()) {
        turn.put(batch.eachMember(member -> letGo(turn, machines, member)));
      }
    }
    return true;
  }

  private static Member letGo(Turn turn, Set<String> machines, Member member) {
    if (!machines.contains(member.machine())
        || !(member.phase() instanceof MemberPhase.Dispatched sent)) {
      return member;
    }
    turn.note(member.machine() + " gives no proof", WHAT);
    return member.in(new MemberPhase.Lost(sent.at(), turn.now, MemberPhase.Lost.Cause.MUTE, WHAT));
  }
}
