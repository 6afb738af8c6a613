package dev.ringfence.rollout;

import dev.ringfence.health.ProofOfLife;
import dev.ringfence.health.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
   * @param stalled the Availability Zones of those that stand on failing infrastructure, one entry
   *     a machine
   */
  record Cleared(Batch batch, boolean cleared, List<String> stalled) {}

  /**
   * Looks at the secured machines of a batch.
   *
   * @param opened when the ring opened, from which on an undecided machine is waited for
   */
  static Cleared check(Turn turn, Batch batch, Instant opened) {
    List<Member> next = new ArrayList<>(batch.members().size());
    boolean undecided = false;
    List<String> stalled = new ArrayList<>();
    boolean patient = turn.now.isBefore(opened.plus(turn.policy().proofOfLife()));
    for (Member member : batch.members()) {
      if (!(member.phase() instanceof MemberPhase.Secured)) {
        next.add(member);
        continue;
      }
      Standing standing = look(turn, member);
      undecided |= standing == null || (standing instanceof Standing.Waiting && patient);
      if (standing instanceof Standing.Stalled) {
        stalled.add(member.zone());
      }
      boolean dead =
          standing instanceof Standing.Dead || (standing instanceof Standing.Waiting && !patient);
      next.add(dead ? leaveOut(turn, member) : member);
    }
    return new Cleared(batch.withMembers(next), !undecided && stalled.isEmpty(), stalled);
  }

  private static @Nullable Standing look(Turn turn, Member member) {
    return ProofOfLife.stillAlive(
        member.isHybrid(),
        turn.sight.vitals().get(member.machine()),
        turn.policy().heartbeatSilence(),
        Instant.EPOCH,
        turn.now);
  }

  private static Member leaveOut(Turn turn, Member member) {
    String why = "it showed no life before it was updated";
    turn.note("left out " + member.machine(), why);
    return member.in(new MemberPhase.LeftOut(why));
  }
}
