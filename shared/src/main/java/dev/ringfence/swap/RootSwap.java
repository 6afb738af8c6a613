package dev.ringfence.swap;

import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Volume;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges one volume of a machine, as a rule its root, by stopping it, attaching another volume
 * at the same device and starting it again ("Replace the root volume" knows why that is needed:
 * EC2's own operation takes running machines and snapshots of the same lineage only).
 *
 * <p>It is level-triggered: the next step follows from where the machine and its volumes are seen
 * to be, and from the step begun last only for as long as that may take to show. So it may be asked
 * at any time, twice, or after somebody else has done a step for it. Whatever was seen late or was
 * done twice, EC2 itself refuses a second volume at a device and a volume that is in use.
 */
public final class RootSwap {
  private RootSwap() {}

  /** A swap that has not done anything yet. */
  public static Swap begin(SwapOrder order, Instant now) {
    return Swap.of(order, now);
  }

  /**
   * What follows. Called again with the same arguments it answers the same.
   *
   * @param rig the machine; null when it was not seen
   * @param volumes by id; those of {@link Swap#volumes} that were seen
   */
  public static SwapMove next(
      Swap swap, @Nullable Rig rig, Map<String, Volume> volumes, Instant now) {
    if (Tagging.hasBegun(swap)) {
      return Tagging.of(swap, now);
    }
    if (rig == null) {
      return now.isBefore(swap.began().plus(SwapTempo.BACKWARD))
          ? new SwapMove.Waiting(swap, "EC2 shows the machine")
          : new SwapMove.Failed(
              swap, "EC2 did not show the machine for hours", SwapMove.Failed.Root.UNKNOWN);
    }
    if (rig.state().equals("terminated") || rig.state().equals("shutting-down")) {
      return new SwapMove.Failed(swap, "it was terminated", SwapMove.Failed.Root.NONE);
    }
    Swap seen = swap.found() == null ? swap.found(rig.state(), rig.reason()) : swap;
    Seeing seeing = new Seeing(seen, rig, volumes, now);
    return seen.back() == null ? new Forward(seeing).next() : new Backward(seeing).next();
  }

  /**
   * Gives up going forward, for a reason that lies outside: the old root comes back, unless all is
   * done but the tag on it.
   */
  public static Swap giveUp(Swap swap, String why, Instant now) {
    return swap.back() == null && !Tagging.hasBegun(swap) ? swap.goingBack(why, now) : swap;
  }

  /** The effect whose intent the swap carries and whose outcome it does not know yet. */
  public static Optional<MachineEffect> effect(Swap swap) {
    Swap.Doing doing = swap.doing();
    return doing == null || !doing.isOpen()
        ? Optional.empty()
        : Optional.of(Effects.of(swap, doing));
  }

  /** The swap once the outcome of its effect is known; an outcome of another changes nothing. */
  public static Swap settle(Swap swap, Outcome outcome) {
    Swap.Doing doing = swap.doing();
    if (doing == null
        || !doing.isOpen()
        || !outcome.key().equals(Effects.key(swap, doing.step()))) {
      return swap;
    }
    return switch (outcome) {
      case Outcome.Done done -> done(swap, doing, done.result());
      case Outcome.Refused refused ->
          swap.with(
              new Swap.Doing(
                  doing.step(),
                  doing.since(),
                  true,
                  Swap.Doing.End.REFUSED,
                  refused.code() + ": " + refused.message()));
      case Outcome.Unsettled open ->
          swap.with(new Swap.Doing(doing.step(), doing.since(), true, null, open.message()));
    };
  }

  private static Swap done(Swap swap, Swap.Doing doing, String result) {
    Swap done =
        swap.with(
            new Swap.Doing(doing.step(), doing.since(), true, Swap.Doing.End.DONE, doing.said()));
    return switch (doing.step()) {
      case CREATE -> done.made(result);
      case EVIDENCE -> done.over(SwapStep.EVIDENCE, "evidence: " + result);
      case TAG_OLD -> done.over(SwapStep.TAG_OLD, "");
      case ENTER_STANDBY, STOP, DETACH_OLD, ATTACH_NEW, KEEP_SETTING, START, EXIT_STANDBY -> done;
      case STOP_BACK, DETACH_NEW, ATTACH_OLD, KEEP_SETTING_BACK, START_BACK -> done;
    };
  }
}
