package dev.ringfence.rollout;

import dev.ringfence.health.Invocation;
import dev.ringfence.operation.Sending;
import dev.ringfence.policy.ChannelPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches on their way, as many as the limits allow, and again to those that did not take the
 * update.
 */
final class Dispatching {
  private final Turn turn;
  private final Limits limits;
  private boolean limited;

  private Dispatching(Turn turn) {
    this.turn = turn;
    this.limits = new Limits(turn.policy(), turn.head().planned(), turn.batches());
  }

  /**
   * Commits as many batches of the ring as the limits allow.
   *
   * @param fresh whether machines may be updated that were not yet; during some holds only retries
   *     may
   */
  static Dispatching of(Turn turn, Plan.Ring ring, Instant opened, boolean fresh) {
    Dispatching dispatching = new Dispatching(turn);
    int looked = 0;
    for (Batch batch : turn.batchesOf(ring)) {
      if (isReady(batch)) {
        if (fresh && turn.hasRoom() && looked++ < Tempo.LOOK_AHEAD) {
          dispatching.fresh(batch, opened);
        }
      } else if (!batch.isInFlight() && turn.hasRoom()) {
        dispatching.retry(batch);
      }
    }
    return dispatching;
  }

  /** Whether something waits only for the limits. */
  boolean isLimited() {
    return limited;
  }

  /** The batches that are looked at to be sent next. */
  static List<Batch> next(List<Batch> ring) {
    return ring.stream().filter(Dispatching::isReady).limit(Tempo.LOOK_AHEAD).toList();
  }

  /** Whether all of a batch have their way back and some of them are still to be updated. */
  static boolean isReady(Batch batch) {
    boolean unsecured =
        batch.members().stream()
            .anyMatch(member ->
                member.phase() instanceof MemberPhase.Planned
                    || member.phase() instanceof MemberPhase.Securing);
    return !unsecured && batch.members().stream().anyMatch(Dispatching::isSecured);
  }

  /** Whether it did not take the update and will get it once more. */
  static boolean hasTriesLeft(ChannelPolicy policy, Member member) {
    return member.phase() instanceof MemberPhase.Undelivered u
        && u.attempt() <= policy.deliveryRetries();
  }

  private static boolean isSecured(Member member) {
    return member.phase() instanceof MemberPhase.Secured;
  }

  private void fresh(Batch batch, Instant opened) {
    Preflight.Cleared checked = Preflight.check(turn, batch, opened);
    turn.put(checked.batch());
    if (checked.cleared()) {
      send(checked.batch(), Dispatching::isSecured);
    } else {
      turn.due(turn.now.plus(Tempo.IN_FLIGHT));
    }
  }

  /**
   * Once nothing of the batch is in flight, those that did not take it and have tries left, after a
   * pause, and only when what was sent to them before has ended: two installers side by side are
   * nobody's update.
   */
  private void retry(Batch batch) {
    Batch patient =
        batch.eachMember(member ->
            isLate(member) && lacks(batch, member) != null ? spent(batch, member) : member);
    turn.put(patient);
    send(
        patient,
        member ->
            hasTriesLeft(turn.policy(), member)
                && member.phase() instanceof MemberPhase.Undelivered u
                && !turn.now.isBefore(u.at().plus(Tempo.RETRY_PAUSE))
                && lacks(patient, member) == null);
  }

  /** What keeps a second try from being sent; null when nothing does. */
  private @Nullable String lacks(Batch batch, Member member) {
    if (!hasEnded(batch, member)) {
      return "its command may still run";
    }
    return LastLook.hasWayBack(turn, member) ? null : "its restore point was not seen completed";
  }

  /** Whether no command of before can still run on the machine, by Systems Manager's word. */
  private boolean hasEnded(Batch batch, Member member) {
    return batch
        .commands()
        .filter(sending -> sending.commandId() != null && !sending.cancelled())
        .filter(sending -> sending.machines().contains(member.machine()))
        .allMatch(sending -> {
          Invocation seen = turn.sight.invocation(sending.commandId(), member.machine());
          return seen != null && seen.outcome().isTerminal();
        });
  }

  private boolean isLate(Member member) {
    return hasTriesLeft(turn.policy(), member)
        && member.phase() instanceof MemberPhase.Undelivered u
        && !turn.now.isBefore(u.at().plus(Tempo.RETRY_PAUSE).plus(turn.policy().proofOfLife()));
  }

  private Member spent(Batch batch, Member member) {
    MemberPhase.Undelivered u = (MemberPhase.Undelivered) member.phase();
    String why = u.found() + "; " + lacks(batch, member) + ", so it is not sent again";
    turn.note(member.machine() + " gets no second try", why);
    return member.in(
        new MemberPhase.Undelivered(
            u.dispatched(), u.at(), turn.policy().deliveryRetries() + 1, why));
  }

  private void send(Batch batch, Predicate<Member> which) {
    List<Member> going = batch.members().stream().filter(which).toList();
    if (going.isEmpty()) {
      return;
    }
    // Who did not take the update is no longer at risk, so a retry counts like a first try.
    if (!limits.allow(going)) {
      limited = true;
      return;
    }
    going.forEach(limits::add);
    int attempt = attempt(going);
    List<Member> next = new ArrayList<>();
    for (Member member : batch.members()) {
      next.add(
          which.test(member)
              ? member.in(new MemberPhase.Dispatched(turn.now, attempt, refusals(member)))
              : member);
    }
    List<String> ids = going.stream().map(Member::machine).toList();
    String key = Keys.update(turn.head(), batch);
    turn.become(turn.head().exposing(turn.now));
    turn.put(batch.dispatching(next, Sending.intent(key, turn.now, ids)));
    turn.due(turn.now.plus(Tempo.IN_FLIGHT));
  }

  private static int refusals(Member member) {
    return member.phase() instanceof MemberPhase.Secured s ? s.refusals() : 0;
  }

  private static int attempt(List<Member> going) {
    return going.stream()
        .mapToInt(m -> m.phase() instanceof MemberPhase.Undelivered u ? u.attempt() + 1 : 1)
        .max()
        .orElse(1);
  }
}
