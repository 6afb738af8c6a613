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
  private static final String NO_LIFE = "it showed no life before it was updated";

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
          } else if (lacksWayBack(turn, member) && !isPatient(turn, opened)) {
            unseen.add("the restore point of " + member.machine() + " was not seen completed");
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
      if (LastLook.isGone(turn, member)) {
        next.add(secureAnew(turn, member, opened));
        undecided = true;
        continue;
      }
      Standing standing = look(turn, member);
      boolean unclear =
          standing instanceof Standing.Waiting || standing instanceof Standing.Stalled;
      boolean hasWayBack = LastLook.hasWayBack(turn, member);
      undecided |= standing == null || !hasWayBack || (unclear && patient);
      boolean dead = standing instanceof Standing.Dead || (unclear && !patient);
      next.add(dead ? leaveOut(turn, member, NO_LIFE) : member);
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

  /** One whose way back is gone is no riddle: it gets another. */
  private static boolean lacksWayBack(Turn turn, Member member) {
    return !LastLook.hasWayBack(turn, member) && !LastLook.isGone(turn, member);
  }

  /** What is deleted again and again is given up with the patience that any restore point gets. */
  private static Member secureAnew(Turn turn, Member member, Instant opened) {
    boolean late = !turn.now.isBefore(opened.plus(Tempo.SNAPSHOT_PATIENCE));
    if (late && LastLook.isOwn(turn, member)) {
      return leaveOut(turn, member, "its restore point is gone, too late for another");
    }
    turn.note(
        "secures " + member.machine() + " anew", "its restore point is gone: " + member.point());
    return member.in(new MemberPhase.Planned());
  }

  private static Member leaveOut(Turn turn, Member member, String why) {
    turn.note("left out " + member.machine(), why);
    return member.in(new MemberPhase.LeftOut(why));
  }
}
