package dev.ringfence.rollout;

import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import dev.ringfence.policy.RestorePointRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees to it that every machine of a ring has its way back before it is updated. */
final class Securing {
  private final Turn turn;
  private final boolean reuse;
  private final boolean patient;
  private int pending;

  private Securing(Turn turn, List<Batch> ring, Instant opened) {
    this.turn = turn;
    this.patient = turn.now.isBefore(opened.plus(turn.policy().proofOfLife()));
    this.reuse = turn.policy().restorePoint() instanceof RestorePointRule.ReuseYoungerThan;
    this.pending =
        (int)
            ring.stream()
                .flatMap(batch -> batch.members().stream())
                .filter(member -> member.phase() instanceof MemberPhase.Securing)
                .count();
  }

  /**
   * Moves the ring's restore points on.
   *
   * @param opened when the ring opened, from which on restore points that cannot be looked up are
   *     waited for
   */
  static void of(Turn turn, List<Batch> ring, Instant opened) {
    Securing securing = new Securing(turn, ring, opened);
    int looked = 0;
    for (Batch batch : ring) {
      boolean unsecured = batch.members().stream().anyMatch(Securing::isUnsecured);
      if (unsecured && turn.hasRoom() && looked++ < Tempo.LOOK_AHEAD) {
        turn.put(securing.advance(batch));
      }
    }
    if (securing.pending > 0) {
      turn.due(turn.now.plus(Tempo.IN_FLIGHT));
    }
  }

  private static boolean isUnsecured(Member member) {
    return member.phase() instanceof MemberPhase.Planned
        || member.phase() instanceof MemberPhase.Securing;
  }

  private Batch advance(Batch batch) {
    List<Member> next = new ArrayList<>(batch.members().size());
    for (Member member : batch.members()) {
      next.add(
          switch (member.phase()) {
            case MemberPhase.Planned p -> planned(member);
            case MemberPhase.Securing s -> securing(member, s);
            case MemberPhase.Secured s -> member;
            case MemberPhase.Dispatched d -> member;
            case MemberPhase.Proven p -> member;
            case MemberPhase.Undelivered u -> member;
            case MemberPhase.Hurt h -> member;
            case MemberPhase.HandedOver h -> member;
            case MemberPhase.Lost l -> member;
            case MemberPhase.LeftOut l -> member;
          });
    }
    return batch.withMembers(next);
  }

  private Member planned(Member member) {
    if (member.rootVolume() == null) {
      // The planner let it in although it cannot be restored: the policy names the reason.
      return member.secured(null);
    }
    RestorePoint existing = turn.sight.points().get(member.rootVolume());
    // Once one was found to be gone, another that was found before is not trusted either.
    boolean lostOne = member.point() != null;
    if (reuse && existing != null && !lostOne) {
      return member.secured(existing);
    }
    // A snapshot more than needed costs little; not knowing for ever costs the roll-out.
    boolean mayAsk = !reuse || turn.sight.pointsRead() || !patient;
    return mayAsk ? ask(member, firstAttempt(member)) : member;
  }

  /** One that this rollout took itself has used up keys, and another is another logical effect. */
  private int firstAttempt(Member member) {
    return LastLook.isOwn(turn, member) ? Tempo.SNAPSHOT_ATTEMPTS + 1 : 1;
  }

  private Member ask(Member member, int attempt) {
    if (pending >= Tempo.SNAPSHOTS_PENDING) {
      return member;
    }
    pending++;
    return member.in(new MemberPhase.Securing(turn.now, attempt, null, null));
  }

  private Member securing(Member member, MemberPhase.Securing securing) {
    String snapshot = securing.snapshot();
    Sight.@Nullable Snapshot seen = snapshot == null ? null : turn.sight.snapshots().get(snapshot);
    if (snapshot != null && seen == Sight.Snapshot.COMPLETED) {
      pending--;
      return member.secured(new RestorePoint(snapshot, securing.since()));
    }
    Instant patience = securing.since().plus(Tempo.SNAPSHOT_PATIENCE);
    // A snapshot that was just asked for may not be listed everywhere yet, which reads as failed.
    boolean listed = !turn.now.isBefore(securing.since().plus(Tempo.SNAPSHOT_LISTED));
    if (seen == Sight.Snapshot.FAILED && listed) {
      pending--;
      return again(member, securing, "its restore point " + snapshot + " failed");
    }
    if (!turn.now.isBefore(patience)) {
      pending--;
      return leaveOut(member, "its restore point was not completed by " + patience);
    }
    return member;
  }

  private Member again(Member member, MemberPhase.Securing securing, String why) {
    return securing.attempt() < Tempo.SNAPSHOT_ATTEMPTS
        ? ask(member.in(new MemberPhase.Planned()), securing.attempt() + 1)
        : leaveOut(member, why);
  }

  private Member leaveOut(Member member, String why) {
    turn.note("left out " + member.machine(), why);
    return member.in(new MemberPhase.LeftOut(why));
  }
}
