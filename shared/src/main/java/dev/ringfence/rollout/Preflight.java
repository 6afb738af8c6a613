package dev.ringfence.rollout;

import dev.ringfence.health.ProofOfLife;
import dev.ringfence.health.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last look before machines are updated: whoever is not plainly alive now is not dispatched,
 * because nobody could tell later what the update did to it.
 */
final class Preflight {
  private Preflight() {}

  /**
   * The batch with its dead machines left out.
   *
   * @param cleared whether everybody who is left may go now
   */
  record Cleared(Batch batch, boolean cleared) {}

  /**
   * What stands against sending anybody anything.
   *
   * @param stalled how many of the next stand on failing infrastructure, by Availability Zone
   * @param unseen who of the next could not be looked at for too long
   */
  record Ahead(Map<String, Integer> stalled, List<String> unseen) {}

  /** Looks at the secured machines of all batches that are next, and changes nothing. */
  static Ahead ahead(Turn turn, List<Batch> next, Instant opened) {
    Map<String, Integer> stalled = new TreeMap<>();
    List<String> unseen = new ArrayList<>();
    for (Batch batch : next) {
      for (Member member : batch.members()) {
        if (member.phase() instanceof MemberPhase.Secured) {
          Standing standing = look(turn, member);
          if (standing == null && !isPatient(turn, opened)) {
            unseen.add(member.machine() + " was not seen before its update");
          } else if (standing instanceof Standing.Stalled) {
            stalled.merge(member.zone(), 1, Integer::sum);
          }
        }
      }
    }
    return new Ahead(stalled, unseen);
  }

  /** From when its ring opened, an undecided machine is waited for as long as for a proof. */
  private static boolean isPatient(Turn turn, Instant opened) {
    return turn.now.isBefore(opened.plus(turn.policy().proofOfLife()))
        || turn.now.isBefore(turn.graceUntil());
  }

  /**
   * Looks at the secured machines of a batch.
   *
   * @param opened when the ring opened, from which on an undecided machine is waited for
   */
  static Cleared check(Turn turn, Batch batch, Instant opened) {
    List<Member> next = new ArrayList<>(batch.members().size());
    boolean undecided = false;
    boolean patient = isPatient(turn, opened);
    for (Member member : batch.members()) {
      if (!(member.phase() instanceof MemberPhase.Secured)) {
        next.add(member);
        continue;
      }
      Standing standing = look(turn, member);
      boolean unclear =
          standing instanceof Standing.Waiting || standing instanceof Standing.Stalled;
      undecided |= standing == null || (unclear && patient);
      boolean dead = standing instanceof Standing.Dead || (unclear && !patient);
      next.add(dead ? leaveOut(turn, member) : member);
    }
    return new Cleared(batch.withMembers(next), !undecided);
  }

  private static @Nullable Standing look(Turn turn, Member member) {
    return ProofOfLife.stillAlive(
        member.isHybrid(),
        turn.sight.vitals().get(member.machine()),
        turn.policy().heartbeatSilence(),
        turn.graceUntil(),
        turn.now);
  }

  private static Member leaveOut(Turn turn, Member member) {
    String why = "it showed no life before it was updated";
    turn.note("left out " + member.machine(), why);
    return member.in(new MemberPhase.LeftOut(why));
  }
}
