package dev.ringfence.rollout;

import dev.ringfence.health.Vitals;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Machines that somebody terminated. A few are what Auto Scaling and people do all day, and nobody
 * can say what the update did to them. Many are what a group does that replaces machines which have
 * fallen ill of the update, often before anybody else has seen them ill; so those count as hurt.
 */
final class Vanished {
  /**
   * A machine's states on its way out, from which none comes back ("InstanceState"), and ours for
   * one that EC2 no longer lists, as it does within the hour after a termination.
   */
  private static final Set<String> STATES = Set.of("shutting-down", "terminated", "absent");

  /**
   * Of more than the half of a batch it is no longer chance: where a ring's trip wire trips too.
   */
  private static final double SHARE = 0.5;

  private static final String EVIDENCE = "somebody terminated it";

  private final Turn turn;
  private final int earlyMost;
  private int early;

  Vanished(Turn turn) {
    this.turn = turn;
    List<Member> exposed =
        turn.batches().stream()
            .flatMap(batch -> batch.members().stream())
            .filter(Member::isExposed)
            .toList();
    this.earlyMost = turn.policy().failureBudget().limit(exposed.size()) - 1;
    this.early = (int) exposed.stream().filter(this::wentEarly).count();
  }

  /** Whether a machine that has the update is no longer there. */
  boolean isGone(Member member) {
    if (!RolloutWatch.needsLook(member)) {
      return false;
    }
    Vitals seen = turn.sight.vitals().get(member.machine());
    Vitals.Ec2 ec2 = seen == null ? null : seen.ec2();
    return ec2 != null && STATES.contains(ec2.state());
  }

  /**
   * What becomes of a machine that is gone: lost, or hurt when too many of its batch are gone, or
   * when too many went within the time in which they should have proven themselves.
   *
   * @param dispatched when it was sent the update
   */
  MemberPhase phase(Batch batch, Member member, Instant dispatched) {
    boolean isEarly = isEarly(dispatched, turn.now);
    boolean many = isMany(batch);
    if (many || (isEarly && early >= earlyMost)) {
      String evidence = EVIDENCE + (many ? ", and many of its batch" : " within its time of proof");
      turn.note(member.machine() + " is hurt", evidence);
      boolean afterProof = member.phase() instanceof MemberPhase.Proven;
      return new MemberPhase.Hurt(dispatched, turn.now, afterProof, evidence);
    }
    early += isEarly ? 1 : 0;
    turn.note(member.machine() + " is gone", EVIDENCE);
    return new MemberPhase.Lost(dispatched, turn.now, MemberPhase.Lost.Cause.TERMINATED, EVIDENCE);
  }

  private boolean isMany(Batch batch) {
    long exposed = batch.members().stream().filter(Member::isExposed).count();
    long gone =
        batch.members().stream()
            .filter(m -> m.isLost(MemberPhase.Lost.Cause.TERMINATED) || isGone(m))
            .count();
    return gone > exposed * SHARE;
  }

  private boolean wentEarly(Member member) {
    return member.phase() instanceof MemberPhase.Lost lost
        && lost.cause() == MemberPhase.Lost.Cause.TERMINATED
        && isEarly(lost.dispatched(), lost.at());
  }

  private boolean isEarly(Instant dispatched, Instant gone) {
    return gone.isBefore(dispatched.plus(turn.policy().proofOfLife()));
  }
}
