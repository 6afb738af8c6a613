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
  private final Quieting quieting;
  private int pending;

  private Securing(Turn turn, List<Batch> ring, Instant opened) {
    this.turn = turn;
    this.quieting = new Quieting(turn);
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
    if (reuse && existing != null && !lostOne && quieting.suffices(existing.consistency())) {
      return member.secured(existing);
    }
    String objection = quieting.objection(member);
    if (objection != null) {
      return leaveOut(member, objection);
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
    Member asked = quieting.ask(member, attempt);
    pending += asked.equals(member) ? 0 : 1;
    return asked;
  }

  private Member securing(Member member, MemberPhase.Securing before) {
    Quiet quiet = before.quiet();
    Member next = quiet == null ? member : quieting.advance(member, before, quiet);
    return next.phase() instanceof MemberPhase.Securing securing ? taken(next, securing) : next;
  }

  private Member taken(Member member, MemberPhase.Securing securing) {
    String snapshot = securing.snapshot();
    Sight.@Nullable Snapshot seen = snapshot == null ? null : turn.sight.snapshots().get(snapshot);
    if (snapshot != null && seen == Sight.Snapshot.COMPLETED && isSettled(member, securing)) {
      pending--;
      return completed(member, securing, snapshot);
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

  /** Whether it is known what it has, and the machine goes on. */
  private static boolean isSettled(Member member, MemberPhase.Securing securing) {
    boolean known = securing.quiet() == null || securing.quiet() instanceof Quiet.Known;
    return known && !member.isHeld();
  }

  private Member completed(Member member, MemberPhase.Securing securing, String snapshot) {
    if (!(securing.quiet() instanceof Quiet.Known known)) {
      return member.secured(new RestorePoint(snapshot, securing.since()));
    }
    boolean poor = !known.achieved().isAtLeast(turn.policy().consistency());
    if (poor && !known.why().isEmpty() && securing.attempt() < Tempo.SNAPSHOT_ATTEMPTS) {
      pending++;
      return member.in(securing.with(new Quiet.LetGo(known.why())));
    }
    String found = "its restore point is " + known.achieved().words() + ": " + known.why();
    if (!quieting.suffices(known.achieved())) {
      return leaveOut(member.frozen(null), found);
    }
    if (poor) {
      turn.note("takes " + member.machine() + " with less than it should have", found);
    }
    return member
        .frozen(null)
        .secured(new RestorePoint(snapshot, securing.since(), null, known.achieved()));
  }

  private Member again(Member member, MemberPhase.Securing securing, String why) {
    if (member.stillness() != null && securing.attempt() < Tempo.SNAPSHOT_ATTEMPTS) {
      // It is let go before it is asked again.
      pending++;
      return member.in(
          new MemberPhase.Securing(
              securing.since(), securing.attempt(), null, null, new Quiet.LetGo(why)));
    }
    return securing.attempt() < Tempo.SNAPSHOT_ATTEMPTS
        ? ask(member.in(new MemberPhase.Planned()), securing.attempt() + 1)
        : leaveOut(member, why);
  }

  private Member leaveOut(Member member, String why) {
    turn.note("left out " + member.machine(), why);
    return member.in(new MemberPhase.LeftOut(why));
  }
}
