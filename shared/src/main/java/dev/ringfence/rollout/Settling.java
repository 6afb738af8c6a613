package dev.ringfence.rollout;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the outcomes of effects into a roll-out. What nobody waits for any more is passed over. */
final class Settling {
  /**
   * Systems Manager's word for a machine in the list that it does not know: the fault of one, not
   * of the release.
   */
  private static final Set<String> ONE_MACHINES_FAULT =
      Set.of("InvalidInstanceId", "UnsupportedPlatformType");

  /**
   * How Systems Manager's words begin when the document or what it is run with is not what the
   * manifest froze, a wrong hash included ("SendCommand", errors): the release's own fault. All
   * others, such as a denial, say nothing of the release.
   */
  private static final List<String> RELEASES_FAULT =
      List.of("InvalidDocument", "InvalidParameters", "MaxDocumentSizeExceeded");

  /**
   * There is no such command any more; any other refusal leaves it where it is, to be asked again.
   */
  private static final Set<String> NOTHING_TO_CANCEL = Set.of("InvalidCommandId");

  private final Rollout head;
  private final Map<String, Outcome> outcomes = new HashMap<>();

  private Settling(Rollout head, List<Outcome> outcomes) {
    this.head = head;
    outcomes.forEach(outcome -> this.outcomes.put(outcome.key(), outcome));
  }

  static Operation<Rollout, Batch> of(Operation<Rollout, Batch> operation, List<Outcome> outcomes) {
    Settling settling = new Settling(operation.head(), outcomes);
    List<Batch> batches = operation.parts().stream().map(settling::batch).toList();
    return operation.with(settling.orders(), batches);
  }

  private Batch batch(Batch batch) {
    Batch next = members(batch);
    if (outcomes.get(Keys.pointers(head, batch)) instanceof Outcome.Done && !batch.pointed()) {
      next = next.markPointed();
    }
    if (next.update() != null) {
      next = update(next, next.update());
    }
    next = next.withEarlier(next.earlier().stream().map(this::cancelled).toList());
    if (next.probe() != null) {
      next = next.withProbe(simple(next.probe()));
    }
    return next.withdraw() == null ? next : next.withWithdraw(simple(next.withdraw()));
  }

  private Batch update(Batch batch, Sending update) {
    Sending called = calledBack(update);
    if (update.commandId() == null
        && update.cancelled()
        && outcomes.get(update.key()) instanceof Outcome.Done late) {
      return sentAfterAll(batch, update, late);
    }
    if (!called.isOpen()) {
      Batch next = batch.withUpdate(called);
      return called.commandId() == null && update.isOpen() ? neverSent(next) : next;
    }
    return switch (outcomes.get(update.key())) {
      case null -> batch;
      case Outcome.Done done -> sentAt(batch, update.sent(done.result()), done.at());
      case Outcome.Unsettled u -> batch.withUpdate(update.attempted());
      case Outcome.Refused refused when ONE_MACHINES_FAULT.contains(refused.code()) ->
          notSent(batch, refused);
      case Outcome.Refused refused
          when RELEASES_FAULT.stream().noneMatch(refused.code()::startsWith) ->
          batch.withUpdate(update.attempted());
      case Outcome.Refused refused ->
          // The message may quote a parameter, and reasons travel far; the code says enough.
          neverSent(batch.withUpdate(update.refused(refused.code())));
    };
  }

  /** What a halt learned of a command that it overtook, or of one that it cancelled. */
  private Sending calledBack(Sending update) {
    Outcome found = outcomes.get(Keys.find(update));
    if (update.isOpen() && found instanceof Outcome.Done done) {
      return update.sent(done.result());
    }
    if (update.isOpen()
        && found instanceof Outcome.Refused refused
        && refused.code().equals(Effect.FindCommand.NOT_FOUND)) {
      return update.ended();
    }
    return cancelled(update);
  }

  private Sending cancelled(Sending update) {
    Outcome cancelled = outcomes.get(Keys.cancel(update));
    boolean answered =
        cancelled instanceof Outcome.Done
            || (cancelled instanceof Outcome.Refused refused
                && NOTHING_TO_CANCEL.contains(refused.code()));
    return answered ? update.ended() : update;
  }

  /** Their time runs from when the command was really sent. */
  private static Batch sentAt(Batch batch, Sending sent, Instant at) {
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
  private static Batch sentAfterAll(Batch batch, Sending update, Outcome.Done late) {
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

  private static Batch neverSent(Batch batch) {
    return batch.eachMember(member ->
        member.phase() instanceof MemberPhase.Dispatched
            ? member.in(new MemberPhase.LeftOut("the command was never sent"))
            : member);
  }

  /**
   * One machine in the list spoiled the command for all: look at them again before the next try.
   */
  private static Batch notSent(Batch batch, Outcome.Refused refused) {
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

  private Sending simple(Sending sending) {
    if (!sending.isOpen()) {
      return sending;
    }
    return switch (outcomes.get(sending.key())) {
      case null -> sending;
      case Outcome.Done done -> sending.sent(done.result());
      case Outcome.Unsettled u -> sending.attempted();
      case Outcome.Refused refused -> sending.refused(refused.code());
    };
  }

  private Batch members(Batch batch) {
    boolean securing =
        batch.members().stream().anyMatch(m -> m.phase() instanceof MemberPhase.Securing);
    return securing ? batch.eachMember(this::snapshot) : batch;
  }

  private Member snapshot(Member member) {
    if (!(member.phase() instanceof MemberPhase.Securing securing) || securing.snapshot() != null) {
      return member;
    }
    @Nullable Outcome outcome = outcomes.get(Keys.snapshot(head, member, securing.attempt()));
    return switch (outcome) {
      case null -> member;
      case Outcome.Done done ->
          member.in(new MemberPhase.Securing(done.at(), securing.attempt(), true, done.result()));
      case Outcome.Unsettled u ->
          member.in(new MemberPhase.Securing(securing.since(), securing.attempt(), true, null));
      case Outcome.Refused refused ->
          member.in(
              new MemberPhase.LeftOut(
                  "no restore point: " + refused.code() + ": " + refused.message()));
    };
  }

  private Rollout orders() {
    List<Rollout.Order> next = new ArrayList<>();
    for (int number = 1; number <= head.orders().size(); number++) {
      Rollout.Order order = head.orders().get(number - 1);
      Outcome outcome = outcomes.get(Keys.order(head, number));
      next.add(
          outcome == null
              ? order
              : new Rollout.Order(
                  order.restore(),
                  order.at(),
                  true,
                  order.started() || outcome instanceof Outcome.Done));
    }
    return next.equals(head.orders()) ? head : head.with(next);
  }
}
