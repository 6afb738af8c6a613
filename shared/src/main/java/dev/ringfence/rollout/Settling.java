package dev.ringfence.rollout;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Settled;
import dev.ringfence.operation.Tries;
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

  private static final String UPDATE = "could not send the update of";

  private final Rollout head;
  private final Instant now;
  private final Troubles troubles;
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final QuietSettling quiet;

  private Settling(Rollout head, List<Outcome> outcomes, Instant now) {
    this.head = head;
    this.now = now;
    this.troubles = new Troubles(now);
    outcomes.forEach(outcome -> this.outcomes.put(outcome.key(), outcome));
    this.quiet = new QuietSettling(head, this.outcomes, troubles, now);
  }

  static Settled<Rollout, Batch> of(
      Operation<Rollout, Batch> operation, List<Outcome> outcomes, Instant now) {
    Settling settling = new Settling(operation.head(), outcomes, now);
    List<Batch> batches = operation.parts().stream().map(settling::batch).toList();
    Operation<Rollout, Batch> next = operation.with(settling.orders(), batches);
    return new Settled<>(next, settling.troubles.journal());
  }

  private Batch batch(Batch batch) {
    Batch next = members(batch);
    if (!batch.pointed()) {
      next = pointed(next);
    }
    if (next.update() != null) {
      next = update(next, next.update());
    }
    next = next.withEarlier(next.earlier().stream().map(one -> cancelled(batch, one)).toList());
    if (next.probe() != null) {
      next = next.withProbe(simple(batch, next.probe(), "could not send the version probe of"));
    }
    return next.withdraw() == null
        ? next
        : next.withWithdraw(
            simple(batch, next.withdraw(), "could not send the withdrawal of the release to"));
  }

  private Batch pointed(Batch batch) {
    Outcome written = outcomes.get(Keys.pointers(head, batch));
    if (written instanceof Outcome.Done) {
      return batch.markPointed();
    }
    Sending update = batch.update();
    return written == null || update == null
        ? batch
        : batch.withUpdate(troubled(batch, update, written, "could not write the pointers of"));
  }

  private Batch update(Batch batch, Sending update) {
    Sending called = calledBack(batch, update);
    if (update.commandId() == null
        && update.cancelled()
        && outcomes.get(update.key()) instanceof Outcome.Done late) {
      return Sent.afterAll(batch, update, late);
    }
    if (!called.isOpen()) {
      Batch next = batch.withUpdate(called);
      return called.commandId() == null && update.isOpen() ? Sent.never(next) : next;
    }
    return switch (outcomes.get(update.key())) {
      case null -> batch.withUpdate(called);
      case Outcome.Done done -> Sent.at(batch, update.sent(done.result()), done.at());
      case Outcome.Unsettled u -> batch.withUpdate(open(batch, update, u, UPDATE));
      case Outcome.Refused refused -> refused(batch, update, refused);
    };
  }

  private Batch refused(Batch batch, Sending update, Outcome.Refused refused) {
    boolean oneMachinesFault = ONE_MACHINES_FAULT.contains(refused.code());
    boolean releasesFault = RELEASES_FAULT.stream().anyMatch(refused.code()::startsWith);
    if (!oneMachinesFault && !releasesFault) {
      return batch.withUpdate(open(batch, update, refused, UPDATE));
    }
    troubles.tell(UPDATE, name(batch), refused.code());
    return oneMachinesFault
        ? Sent.not(batch, refused)
        // The message may quote a parameter, and reasons travel far; the code says enough.
        : Sent.never(batch.withUpdate(update.refused(refused.code())));
  }

  /** It stays to be sent. */
  private Sending open(Batch batch, Sending sending, Outcome outcome, String what) {
    troubles.left(sending.tries(), outcome, what, name(batch));
    return sending.after(outcome, now);
  }

  /** Something else about it did not work. */
  private Sending troubled(Batch batch, Sending sending, Outcome outcome, String what) {
    String code = Troubles.code(outcome);
    // Told apart from what its sending runs into, or each would make the other news again.
    String trouble = what + ": " + code;
    if (code == null || !Tries.isNews(sending.tries(), trouble)) {
      return sending;
    }
    troubles.tell(what, name(batch), code);
    return sending.troubled(trouble, now);
  }

  private static String name(Batch batch) {
    return "batch " + batch.number();
  }

  /** What a halt learned of a command that it overtook, or of one that it cancelled. */
  private Sending calledBack(Batch batch, Sending update) {
    Outcome found = outcomes.get(Keys.find(update));
    if (update.isOpen() && found instanceof Outcome.Done done) {
      return update.sent(done.result());
    }
    if (update.isOpen()
        && found instanceof Outcome.Refused refused
        && refused.code().equals(Effect.FindCommand.NOT_FOUND)) {
      return update.ended();
    }
    return update.isOpen() && found != null
        ? troubled(batch, update, found, "could not look for the update of")
        : cancelled(batch, update);
  }

  private Sending cancelled(Batch batch, Sending update) {
    Outcome cancelled = outcomes.get(Keys.cancel(update));
    boolean answered =
        cancelled instanceof Outcome.Done
            || (cancelled instanceof Outcome.Refused refused
                && NOTHING_TO_CANCEL.contains(refused.code()));
    if (answered) {
      return update.ended();
    }
    return cancelled == null
        ? update
        : troubled(batch, update, cancelled, "could not call back the update of");
  }

  private Sending simple(Batch batch, Sending sending, String what) {
    if (!sending.isOpen()) {
      return sending;
    }
    return switch (outcomes.get(sending.key())) {
      case null -> sending;
      case Outcome.Done done -> sending.sent(done.result());
      case Outcome.Unsettled u -> open(batch, sending, u, what);
      case Outcome.Refused refused -> {
        troubles.tell(what, name(batch), refused.code());
        yield sending.refused(refused.code());
      }
    };
  }

  private Batch members(Batch batch) {
    boolean securing =
        batch.members().stream()
            .anyMatch(m -> m.phase() instanceof MemberPhase.Securing || m.isHeld());
    return securing ? batch.eachMember(member -> quiet.member(snapshot(member))) : batch;
  }

  private Member snapshot(Member member) {
    if (!(member.phase() instanceof MemberPhase.Securing securing)
        || securing.snapshot() != null
        // There the key names the command by which Windows makes them.
        || securing.quiet() instanceof Quiet.Shadowing) {
      return member;
    }
    @Nullable Outcome outcome = outcomes.get(Keys.snapshot(head, member, securing.attempt()));
    return switch (outcome) {
      case null -> member;
      case Outcome.Done done -> member.in(securing.taken(done.result(), done.at()));
      case Outcome.Unsettled u -> {
        troubles.left(securing.tries(), u, "could not ask for restore points of", member.machine());
        Tries tries = Tries.after(securing.tries(), u, now);
        yield member.in(securing.after(tries));
      }
      case Outcome.Refused refused -> {
        troubles.tell("no restore point, so left out", member.machine(), refused.code());
        yield member.in(
            new MemberPhase.LeftOut(
                "no restore point: " + refused.code() + ": " + refused.message()));
      }
    };
  }

  private Rollout orders() {
    List<Rollout.Order> next = new ArrayList<>();
    for (int number = 1; number <= head.orders().size(); number++) {
      Rollout.Order order = head.orders().get(number - 1);
      Outcome outcome = outcomes.get(Keys.order(head, number));
      next.add(outcome == null || order.started() ? order : order(order, outcome));
    }
    return next.equals(head.orders()) ? head : head.with(next);
  }

  private Rollout.Order order(Rollout.Order order, Outcome outcome) {
    troubles.left(order.tries(), outcome, "could not start restore", order.restore());
    return new Rollout.Order(
        order.restore(),
        order.at(),
        order.agreed(),
        Tries.after(order.tries(), outcome, now),
        outcome instanceof Outcome.Done);
  }
}
