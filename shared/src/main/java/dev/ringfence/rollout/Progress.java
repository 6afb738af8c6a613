package dev.ringfence.rollout;

import dev.ringfence.health.ProofOfLife;
import dev.ringfence.health.Standing;
import dev.ringfence.health.Vitals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Judges every exposed machine by what this beat saw of it. */
final class Progress {
  private final Turn turn;
  private final Instant graceUntil;
  private final Map<String, Integer> stalled = new TreeMap<>();
  private final Map<Integer, Integer> fresh = new HashMap<>();
  private final Map<Integer, Integer> onFailingHosts = new HashMap<>();
  private final List<String> unseen = new ArrayList<>();
  private final List<String> overdue = new ArrayList<>();
  private final Set<String> mute = new LinkedHashSet<>();
  private final Vanished vanished;

  private Progress(Turn turn, Instant graceUntil) {
    this.turn = turn;
    this.graceUntil = graceUntil;
    this.vanished = new Vanished(turn);
  }

  /**
   * Judges them all.
   *
   * @param graceUntil until when silence is forgiven
   */
  static Progress judge(Turn turn, Instant graceUntil) {
    Progress progress = new Progress(turn, graceUntil);
    for (Batch batch : turn.batches()) {
      if (batch.isExposed() && turn.hasRoom()) {
        turn.put(progress.advance(batch));
      }
    }
    return progress;
  }

  /** How many exposed machines stand on failing infrastructure, by Availability Zone. */
  Map<String, Integer> stalled() {
    return stalled;
  }

  /** How many proven machines of a ring showed their health in this beat. */
  int fresh(int ring) {
    return fresh.getOrDefault(ring, 0);
  }

  /** How many machines of a ring that had proven themselves stand on failing infrastructure. */
  int onFailingHosts(int ring) {
    return onFailingHosts.getOrDefault(ring, 0);
  }

  /**
   * Machines that had shown their life and of which this beat has no fresh evidence, each with what
   * is missing.
   */
  List<String> unseen() {
    return unseen;
  }

  /** Machines in flight that could not be looked at although their deadline has passed. */
  List<String> overdue() {
    return overdue;
  }

  /**
   * Waits for machines that live and did not tell their version in time, or lets them go.
   *
   * @param most how many may be let go, with those let go before
   */
  void letGoMute(int most) {
    if (!Mute.letGo(turn, mute, most)) {
      mute.forEach(machine -> overdue.add(machine + ": lives, but does not tell its version"));
    }
  }

  private Batch advance(Batch batch) {
    List<Member> next = new ArrayList<>(batch.members().size());
    List<String> readable = new ArrayList<>();
    for (Member member : batch.members()) {
      Instant dispatched = member.phase().dispatchedAt();
      if (dispatched != null && vanished.isGone(member)) {
        next.add(member.in(vanished.phase(batch, member, dispatched)));
        continue;
      }
      next.add(
          switch (member.phase()) {
            case MemberPhase.Dispatched d -> inFlight(batch, member, d, readable);
            case MemberPhase.Proven p -> living(batch.ring(), member, p.dispatched());
            case MemberPhase.Planned p -> member;
            case MemberPhase.Securing s -> member;
            case MemberPhase.Secured s -> member;
            // Whatever it said of its version, it was sent the update and may fall ill of it.
            case MemberPhase.Undelivered u -> living(batch.ring(), member, u.dispatched());
            case MemberPhase.Hurt h -> member;
            case MemberPhase.HandedOver h -> member;
            case MemberPhase.Lost l -> member;
            case MemberPhase.LeftOut l -> member;
          });
    }
    Batch judged = batch.withMembers(next);
    if (judged.isInFlight()) {
      turn.due(turn.now.plus(Tempo.IN_FLIGHT));
    }
    return readable.isEmpty() ? judged : Probing.of(turn, judged, readable);
  }

  private Member inFlight(
      Batch batch, Member member, MemberPhase.Dispatched sent, List<String> readable) {
    if (batch.update() != null && batch.update().isOpen()) {
      // Whether it was sent at all is not known yet; its time runs from the moment when it was.
      return member;
    }
    Instant deadline = later(sent.at().plus(turn.policy().proofOfLife()), graceUntil);
    boolean late = !turn.now.isBefore(deadline.plus(ProofOfLife.READ_GRACE));
    return switch (Evidence.of(turn, batch, member, sent, deadline)) {
      case Standing.Proven p -> member.in(new MemberPhase.Proven(sent.at(), turn.now));
      case Standing.Alive r -> {
        readable.add(member.machine());
        if (late) {
          mute.add(member.machine());
        }
        yield member;
      }
      case Standing.Waiting w -> {
        if (late) {
          overdue.add(member.machine() + ": " + w.missing());
        }
        yield member;
      }
      case Standing.Stalled s -> stalled(member, sent, deadline, s);
      case Standing.Unchanged u -> unchanged(member, sent, u);
      case Standing.Dead d -> hurt(member, sent.at(), false, d.evidence());
    };
  }

  private Member unchanged(Member member, MemberPhase.Dispatched sent, Standing.Unchanged seen) {
    turn.note(member.machine() + " did not take the update", seen.found());
    return member.in(
        new MemberPhase.Undelivered(sent.at(), turn.now, sent.attempt(), seen.found()));
  }

  private Member stalled(
      Member member, MemberPhase.Dispatched sent, Instant deadline, Standing.Stalled stalled) {
    this.stalled.merge(member.zone(), 1, Integer::sum);
    if (turn.now.isBefore(deadline.plus(turn.policy().holdLimit()))) {
      return member;
    }
    turn.note(member.machine() + " is lost to its infrastructure", stalled.what());
    return member.in(
        new MemberPhase.Lost(
            sent.at(), turn.now, MemberPhase.Lost.Cause.INFRASTRUCTURE, stalled.what()));
  }

  private Member living(int ring, Member member, Instant dispatched) {
    Vitals vitals = turn.sight.vitals().get(member.machine());
    Standing standing =
        ProofOfLife.stillAlive(
            member.isHybrid(), vitals, turn.policy().heartbeatSilence(), graceUntil, turn.now);
    if (standing == null) {
      unseen.add(member.machine() + " was not seen");
      return member;
    }
    return switch (standing) {
      case Standing.Proven p -> {
        fresh.merge(ring, member.phase() instanceof MemberPhase.Proven ? 1 : 0, Integer::sum);
        yield member;
      }
      case Standing.Waiting w -> {
        unseen.add(member.machine() + ": " + w.missing());
        yield member;
      }
      case Standing.Stalled s -> {
        stalled.merge(member.zone(), 1, Integer::sum);
        onFailingHosts.merge(ring, 1, Integer::sum);
        yield member;
      }
      case Standing.Dead d -> hurt(member, dispatched, true, d.evidence());
      case Standing.Alive r -> member;
      case Standing.Unchanged u -> member;
    };
  }

  private Member hurt(Member member, Instant dispatched, boolean afterProof, String evidence) {
    turn.note(member.machine() + " is hurt", evidence);
    return member.in(new MemberPhase.Hurt(dispatched, turn.now, afterProof, evidence));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
