package dev.ringfence.rollout;

import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sending;
import java.time.Instant;

/** What it means for the machines of a batch that their update was sent, or was not. */
final class Sent {
  private Sent() {}

  /** Their time runs from when the command was really sent. */
  static Batch at(Batch batch, Sending sent, Instant at) {
    return batch
        .withUpdate(sent)
        .eachMember(member ->
            member.phase() instanceof MemberPhase.Dispatched d
                ? member.in(new MemberPhase.Dispatched(at, d.attempt(), d.refusals()))
                : member);
  }

  /**
   * Somebody still had the command in hand when it was looked for. Its machines are at risk, and it
   * must be called back.
   */
  static Batch afterAll(Batch batch, Sending update, Outcome.Done late) {
    Sending sent =
        Sending.intent(update.key(), update.intended(), update.machines()).sent(late.result());
    return batch
        .withUpdate(sent)
        .eachMember(member ->
            member.phase() instanceof MemberPhase.LeftOut
                    && update.machines().contains(member.machine())
                ? member.in(new MemberPhase.Dispatched(late.at(), 1, 0))
                : member);
  }

  static Batch never(Batch batch) {
    return batch.eachMember(member ->
        member.phase() instanceof MemberPhase.Dispatched
            ? member.in(new MemberPhase.LeftOut("the command was never sent"))
            : member);
  }

  /**
   * One machine in the list spoiled the command for all: look at them again before the next try.
   */
  static Batch not(Batch batch, Outcome.Refused refused) {
    return batch
        .withUpdate(null)
        .eachMember(member ->
            member.phase() instanceof MemberPhase.Dispatched d
                ? backToLook(member, d, refused)
                : member);
  }

  private static Member backToLook(
      Member member, MemberPhase.Dispatched sent, Outcome.Refused refused) {
    String why = refused.code() + ": " + refused.message();
    if (sent.attempt() > 1) {
      // It has had the update once: a refused retry uses up a try, or it would go on for ever.
      return member.in(new MemberPhase.Undelivered(sent.at(), sent.at(), sent.attempt(), why));
    }
    int refusals = sent.refusals() + 1;
    return refusals > Tempo.REFUSALS_MAX
        ? member.in(new MemberPhase.LeftOut(why))
        : member.in(new MemberPhase.Secured(refusals));
  }
}
