package dev.ringfence.rollout;

import dev.ringfence.fleet.Consistency;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Tries;
import dev.ringfence.rollout.Stillness.Freeze;
import java.time.Instant;
import java.util.Map;

/** Puts into machines what came of making them hold still. */
final class QuietSettling {
  private final Rollout head;
  private final Map<String, Outcome> outcomes;
  private final Troubles troubles;
  private final Instant now;

  QuietSettling(Rollout head, Map<String, Outcome> outcomes, Troubles troubles, Instant now) {
    this.head = head;
    this.outcomes = outcomes;
    this.troubles = troubles;
    this.now = now;
  }

  Member member(Member member) {
    Member next = freeze(member);
    return next.phase() instanceof MemberPhase.Securing securing && securing.quiet() != null
        ? quiet(next, securing, securing.quiet())
        : next;
  }

  private Member freeze(Member member) {
    Freeze freeze = member.freeze();
    if (freeze == null || freeze.isOver()) {
      return member;
    }
    Freeze next = freeze.withHold(sending(member, freeze.hold(), "could not ask to hold still"));
    Sending release = next.release();
    return member.frozen(
        release == null ? next : next.withRelease(sending(member, release, "could not let go")));
  }

  private Member quiet(Member member, MemberPhase.Securing securing, Quiet quiet) {
    return switch (quiet) {
      case Quiet.Shadowing s -> {
        Sending order = sending(member, s.order(), "could not ask for VSS snapshots of");
        yield member.in(securing.with(new Quiet.Shadowing(order)));
      }
      case Quiet.Finding f -> found(member, securing, f);
      case Quiet.Marking m -> marked(member, securing, m);
      case Quiet.Freezing f -> member;
      case Quiet.Frozen f -> member;
      case Quiet.Thawing t -> member;
      case Quiet.LetGo l -> member;
      case Quiet.Known k -> member;
    };
  }

  private Sending sending(Member member, Sending sending, String what) {
    if (!sending.isOpen()) {
      return sending;
    }
    return switch (outcomes.get(sending.key())) {
      case null -> sending;
      case Outcome.Done done -> sending.sent(done.result());
      case Outcome.Unsettled open -> {
        troubles.left(sending.tries(), open, what, member.machine());
        yield sending.after(open, now);
      }
      case Outcome.Refused refused -> {
        troubles.tell(what, member.machine(), refused.code());
        yield sending.refused(refused.code());
      }
    };
  }

  private Member found(Member member, MemberPhase.Securing securing, Quiet.Finding finding) {
    String set = Keys.snapshot(head, member, securing.attempt());
    String what = "could not look for the VSS snapshots of";
    return switch (outcomes.get(Keys.findSet(set))) {
      case null -> member;
      case Outcome.Done done ->
          member.in(
              securing
                  .taken(done.result(), done.at())
                  .with(new Quiet.Marking(now, Consistency.APPLICATION, null)));
      case Outcome.Unsettled open -> {
        troubles.left(finding.tries(), open, what, member.machine());
        Tries tries = Tries.after(finding.tries(), open, now);
        yield member.in(securing.with(new Quiet.Finding(finding.since(), tries)));
      }
      case Outcome.Refused refused -> {
        troubles.tell("found no whole set of VSS snapshots of", member.machine(), refused.code());
        yield member.in(securing.with(new Quiet.LetGo("VSS made no whole set of snapshots")));
      }
    };
  }

  private Member marked(Member member, MemberPhase.Securing securing, Quiet.Marking marking) {
    String set = Keys.snapshot(head, member, securing.attempt());
    String what = "could not write on the snapshots what they achieved of";
    return switch (outcomes.get(Keys.markSet(set))) {
      case null -> member;
      case Outcome.Done done -> {
        Consistency achieved = Consistency.ofTag(done.result());
        String why =
            achieved == marking.achieved() ? "" : "VSS does not call them application consistent";
        yield member.in(securing.with(new Quiet.Known(achieved, why)));
      }
      case Outcome.Unsettled open -> {
        troubles.left(marking.tries(), open, what, member.machine());
        Tries tries = Tries.after(marking.tries(), open, now);
        yield member.in(
            securing.with(new Quiet.Marking(marking.since(), marking.achieved(), tries)));
      }
      case Outcome.Refused refused -> {
        troubles.tell(what, member.machine(), refused.code());
        String why = "it could not be written on its snapshots: " + refused.code();
        yield member.in(securing.with(new Quiet.Known(Consistency.CRASH, why)));
      }
    };
  }
}
