package dev.ringfence.control;

import dev.ringfence.policy.RestoreMode;
import dev.ringfence.rollout.HoldReason;
import dev.ringfence.rollout.Plan;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutPhase;
import java.time.Instant;

/** Where a rollout stands and what happens next, in sentences. */
final class Outlook {
  private final Rollout head;
  private final Counts counts;
  private final int waiting;
  private final Moments moments;

  /**
   * What is told about a rollout.
   *
   * @param waiting hurt machines that are in no restore, neither the rollout's nor a person's
   */
  Outlook(Rollout head, Counts counts, int waiting, Moments moments) {
    this.head = head;
    this.counts = counts;
    this.waiting = waiting;
    this.moments = moments;
  }

  /** Why it stands where it stands; to be read after the phase. */
  String why() {
    return switch (head.phase()) {
      case RolloutPhase.Queued q -> "it waits for " + q.waitsFor();
      case RolloutPhase.Planning p -> "its fleet is being found";
      case RolloutPhase.Running r -> "ring " + ring(r).name() + " is open";
      case RolloutPhase.Holding h -> h.reason().sentence();
      case RolloutPhase.Halting h -> h.reason().sentence();
      case RolloutPhase.Aftercare a -> a.reason().sentence();
      case RolloutPhase.Ending e ->
          switch (e.finish()) {
            case RolloutPhase.Finish.Success s -> "every ring passed, and the hurt are handed over";
            case RolloutPhase.Finish.AskPerson p -> "it will need a person: " + p.reason();
          };
      case RolloutPhase.Halted h -> h.reason().sentence();
      case RolloutPhase.Succeeded s -> "every ring passed";
      case RolloutPhase.NeedsPerson n -> n.reason();
      case RolloutPhase.Dropped d -> d.reason();
    };
  }

  /** Since when it is in its phase. */
  Instant since() {
    return switch (head.phase()) {
      case RolloutPhase.Queued q -> q.since();
      case RolloutPhase.Planning p -> p.since();
      case RolloutPhase.Running r -> r.opened();
      case RolloutPhase.Holding h -> h.since();
      case RolloutPhase.Halting h -> h.at();
      case RolloutPhase.Aftercare a -> a.at();
      case RolloutPhase.Ending e -> e.at();
      case RolloutPhase.Halted h -> h.at();
      case RolloutPhase.Succeeded s -> s.at();
      case RolloutPhase.NeedsPerson n -> n.at();
      case RolloutPhase.Dropped d -> d.at();
    };
  }

  String next() {
    return switch (head.phase()) {
      case RolloutPhase.Queued q -> "It begins when " + q.waitsFor() + " is over or has come.";
      case RolloutPhase.Planning p -> "Its first ring opens as soon as the fleet was read.";
      case RolloutPhase.Running r -> running(r);
      case RolloutPhase.Holding h -> holding(h);
      case RolloutPhase.Halting h ->
          "Commands in flight are called back, until "
              + moments.from(h.at().plus(head.policy().holdLimit()))
              + " at the latest; then everybody who has the release is watched. "
              + restores();
      case RolloutPhase.Aftercare a ->
          "Everybody who has the release is watched until "
              + moments.from(a.until())
              + ". "
              + restores();
      case RolloutPhase.Ending e ->
          "What is under way is called back or judged, until "
              + moments.from(e.until())
              + " at the latest. "
              + restores();
      case RolloutPhase.Halted h -> "Nothing; it is over. " + restores();
      case RolloutPhase.Succeeded s -> "Nothing; it is over.";
      case RolloutPhase.NeedsPerson n -> "Nothing until a person decides.";
      case RolloutPhase.Dropped d -> "Nothing; it is over, and no machine was touched.";
    };
  }

  private String running(RolloutPhase.Running running) {
    Plan.Ring ring = ring(running);
    if (running.complete() == null) {
      return "Ring "
          + ring.name()
          + " is sent the release and asked for proof of life; when its last machine is settled"
          + " it is watched for "
          + Moments.span(head.policy().bake())
          + ".";
    }
    Instant gap = running.opened().plus(ring.gap());
    Instant baked = running.complete().plus(head.policy().bake());
    return "Ring "
        + ring.name()
        + " may pass at "
        + moments.from(gap.isAfter(baked) ? gap : baked)
        + " if every proven machine still lives; then "
        + after(running)
        + ".";
  }

  private String after(RolloutPhase.Running running) {
    Plan plan = head.plan();
    if (plan == null || running.ring() + 1 >= plan.rings().size()) {
      return "the rollout has succeeded";
    }
    return "ring " + plan.rings().get(running.ring() + 1).name() + " opens";
  }

  private String holding(RolloutPhase.Holding holding) {
    String end =
        switch (holding.reason()) {
          case HoldReason.AlarmsBlind a -> "it halts";
          case HoldReason.NoEvidence n -> "it halts";
          case HoldReason.AlarmsFiredBefore a -> "it asks for a person";
          case HoldReason.Infrastructure i -> "it asks for a person";
          case HoldReason.DeliveryFails d -> "it asks for a person";
          case HoldReason.LimitReached l -> "it asks for a person";
          case HoldReason.WindowClosed w -> "it asks for a person";
          case HoldReason.CalendarClosed c -> "it asks for a person";
        };
    return "No further machine is updated. It goes on by itself when the reason is gone; else "
        + end
        + " at "
        + moments.from(holding.until())
        + ".";
  }

  private String restores() {
    if (counts.hurt() == 0) {
      return "No machine is hurt.";
    }
    boolean one = waiting == 1;
    if (waiting > 0 && head.policy().restore() == RestoreMode.ASK) {
      return one
          ? "1 hurt machine waits for a person to approve its restore."
          : waiting + " hurt machines wait for a person to approve their restore.";
    }
    if (waiting > 0) {
      return one
          ? "1 hurt machine is about to be handed to a restore."
          : waiting + " hurt machines are about to be handed to a restore.";
    }
    return counts.hurt() == 1
        ? "The one hurt machine was handed to a restore."
        : "All " + counts.hurt() + " hurt machines were handed to a restore.";
  }

  private Plan.Ring ring(RolloutPhase.Running running) {
    Plan plan = head.plan();
    if (plan == null) {
      throw new IllegalStateException(head.id() + " runs without a plan");
    }
    return plan.rings().get(running.ring());
  }
}
