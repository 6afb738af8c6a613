package dev.ringfence.rollout;

import dev.ringfence.operation.Consent;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.Request.Wish;
import dev.ringfence.policy.RestoreMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a rollout answers to what is asked of it. A halt is decided where each phase is; everything
 * milder is decided here, without a look at the world: the next beat looks, and judges as ever.
 */
public final class Wishes {
  private static final String OVER = "it is over";
  private static final String FOR_GOOD = "a halt is for good; publish a higher version";

  private Wishes() {}

  /**
   * Why this wish would change nothing, to be read after "because"; empty when it would.
   *
   * @param operation as it stands; what was asked of it before does not matter
   */
  public static Optional<String> objection(Wish wish, Operation<Rollout, Batch> operation) {
    String objection =
        switch (wish) {
          case PERSON -> operation.head().isFinal() ? OVER : "";
          case HALT, ABORT -> againstStopping(operation.head().phase());
          case RESUME -> againstResuming(operation.head().phase());
          case APPROVE -> againstApproving(operation);
          case SKIP_RING -> againstSkipping(operation);
        };
    return Optional.of(objection).filter(Predicate.not(String::isEmpty));
  }

  /**
   * Answers a wish, if it is one that is answered without looking.
   *
   * @return false for a halt, and for whatever the phase decides itself
   */
  static boolean answered(Turn turn, Operation<Rollout, Batch> operation, Request request) {
    if (request.wish() == Wish.HALT || operation.head().isFinal()) {
      return false;
    }
    String asker = request.by() + ": " + request.evidence();
    turn.due(turn.now);
    Optional<String> objection = objection(request.wish(), operation);
    if (objection.isPresent()) {
      turn.note("asked to " + verb(request.wish()) + ", in vain: " + objection.get(), asker);
      return true;
    }
    switch (request.wish()) {
      case PERSON -> Ending.atOnce(turn, asker);
      case ABORT -> Halting.begin(turn, new HaltReason.Aborted(request.by(), request.evidence()));
      case RESUME -> resume(turn, asker);
      case APPROVE -> {
        turn.note("the restore of hurt machines is approved", asker);
        // What does not say how far it goes, goes no further than the first way.
        HandOver.order(turn, request.agreed() == null ? Consent.REPLACEMENT : request.agreed());
      }
      case SKIP_RING -> skip(turn, asker);
      case HALT -> throw new IllegalStateException("a halt is decided by its phase");
    }
    return true;
  }

  private static String verb(Wish wish) {
    return switch (wish) {
      case PERSON -> "be taken over";
      case HALT -> "halt";
      case ABORT -> "abort";
      case RESUME -> "go on";
      case APPROVE -> "restore";
      case SKIP_RING -> "skip its ring";
    };
  }

  private static String againstStopping(RolloutPhase phase) {
    return switch (phase) {
      case RolloutPhase.Queued q -> "";
      case RolloutPhase.Planning p -> "";
      case RolloutPhase.Running r -> "";
      case RolloutPhase.Holding h -> "";
      case RolloutPhase.Halting h -> "it is being halted already";
      case RolloutPhase.Aftercare a -> "it is halted already";
      case RolloutPhase.Ending e -> "";
      case RolloutPhase.Halted h -> OVER;
      case RolloutPhase.Succeeded s -> OVER;
      case RolloutPhase.NeedsPerson n -> OVER;
      case RolloutPhase.Dropped d -> OVER;
    };
  }

  private static String againstResuming(RolloutPhase phase) {
    return switch (phase) {
      case RolloutPhase.Holding h -> "";
      case RolloutPhase.Queued q -> "it has not begun, and nothing but its turn is missing";
      case RolloutPhase.Planning p -> "it is being planned, and nothing holds it";
      case RolloutPhase.Running r -> "it goes on already";
      case RolloutPhase.Halting h -> FOR_GOOD;
      case RolloutPhase.Aftercare a -> FOR_GOOD;
      case RolloutPhase.Ending e -> "it is ending; wait until it is over";
      case RolloutPhase.Halted h -> FOR_GOOD;
      case RolloutPhase.Succeeded s -> OVER;
      case RolloutPhase.NeedsPerson n -> OVER;
      case RolloutPhase.Dropped d -> OVER;
    };
  }

  private static String againstApproving(Operation<Rollout, Batch> operation) {
    Rollout head = operation.head();
    return switch (head.phase()) {
      case RolloutPhase.Halting h -> approvable(operation);
      case RolloutPhase.Aftercare a -> approvable(operation);
      case RolloutPhase.Ending e -> approvable(operation);
      case RolloutPhase.Queued q -> "no machine was touched yet";
      case RolloutPhase.Planning p -> "no machine was touched yet";
      case RolloutPhase.Running r -> "it was not halted; hurt machines are restored after a halt";
      case RolloutPhase.Holding h -> "it was not halted; hurt machines are restored after a halt";
      case RolloutPhase.Halted h -> OVER + "; restore its machines with the function restore";
      case RolloutPhase.NeedsPerson n -> OVER + "; restore its machines with the function restore";
      case RolloutPhase.Succeeded s -> OVER;
      case RolloutPhase.Dropped d -> OVER;
    };
  }

  private static String approvable(Operation<Rollout, Batch> operation) {
    if (operation.head().policy().restore() != RestoreMode.ASK) {
      return "its policy restores without asking";
    }
    boolean waiting = any(operation.parts(), member -> member.phase() instanceof MemberPhase.Hurt);
    return waiting ? "" : "no hurt machine waits for its restore";
  }

  private static String againstSkipping(Operation<Rollout, Batch> operation) {
    if (!(operation.head().phase() instanceof RolloutPhase.Holding holding)) {
      return "only a ring that is on hold can be skipped";
    }
    String reason = unskippable(holding.reason());
    if (!reason.isEmpty()) {
      return reason;
    }
    Plan plan = operation.head().planned();
    Plan.Ring ring = plan.rings().get(holding.resume().ring());
    if (holding.resume().ring() + 1 >= plan.rings().size()) {
      return "ring " + ring.name() + " is the last one; abort the rollout, or let it wait";
    }
    List<Batch> batches =
        operation.parts().subList(ring.firstBatch(), ring.firstBatch() + ring.batches());
    if (any(batches, member -> member.phase().hurtBehind() != null)) {
      return "machines of ring " + ring.name() + " are hurt";
    }
    if (any(batches, member -> member.phase() instanceof MemberPhase.Lost)) {
      return "machines of ring " + ring.name() + " are lost to their hosts, and may be hurt";
    }
    return any(batches, member -> member.phase() instanceof MemberPhase.Dispatched)
        ? "machines of ring " + ring.name() + " are in flight; wait until they are settled"
        : "";
  }

  /** What would hold the next ring just as well; empty where it is this ring's own matter. */
  private static String unskippable(HoldReason reason) {
    return switch (reason) {
      case HoldReason.NoEvidence n -> "";
      case HoldReason.Infrastructure i -> "";
      case HoldReason.AlarmsBlind a -> "alarms without data would hold the next ring too";
      case HoldReason.AlarmsFiredBefore a -> "the alarms that fire would hold the next ring too";
      case HoldReason.DeliveryFails d -> "deliveries that fail would hold the next ring too";
      case HoldReason.LimitReached l -> "the machines at risk would hold the next ring too";
      case HoldReason.WindowClosed w -> "the closed window would hold the next ring too";
      case HoldReason.CalendarClosed c -> "the closed calendar would hold the next ring too";
    };
  }

  private static boolean any(List<Batch> batches, Predicate<Member> which) {
    return batches.stream().flatMap(batch -> batch.members().stream()).anyMatch(which);
  }

  private static void resume(Turn turn, String asker) {
    if (turn.head().phase() instanceof RolloutPhase.Holding holding) {
      turn.note("goes on because a person says so", asker);
      RingCourse.resume(turn, holding);
    }
  }

  private static void skip(Turn turn, String asker) {
    if (!(turn.head().phase() instanceof RolloutPhase.Holding holding)) {
      return;
    }
    List<Plan.Ring> rings = turn.head().planned().rings();
    int skipped = holding.resume().ring();
    turn.note("ring " + rings.get(skipped).name() + " is skipped", asker);
    for (Batch batch : turn.batchesOf(rings.get(skipped))) {
      // Beyond what one write can hold they stay as they are: no ring but the open one is sent
      // anything.
      if (turn.hasRoom()) {
        turn.put(batch.eachMember(member -> leftOut(member, asker)));
      }
    }
    turn.enter(
        new RolloutPhase.Running(skipped + 1, turn.now, holding.resume().graceUntil(), null));
    turn.note("opened ring " + rings.get(skipped + 1).name(), "");
  }

  private static Member leftOut(Member member, String asker) {
    return switch (member.phase()) {
      case MemberPhase.Planned p -> member.in(new MemberPhase.LeftOut("skipped by " + asker));
      case MemberPhase.Securing s -> member.in(new MemberPhase.LeftOut("skipped by " + asker));
      case MemberPhase.Secured s -> member.in(new MemberPhase.LeftOut("skipped by " + asker));
      case MemberPhase.Dispatched d -> member;
      case MemberPhase.Proven p -> member;
      case MemberPhase.Undelivered u -> member;
      case MemberPhase.Hurt h -> member;
      case MemberPhase.HandedOver h -> member;
      case MemberPhase.Lost l -> member;
      case MemberPhase.LeftOut l -> member;
    };
  }
}
