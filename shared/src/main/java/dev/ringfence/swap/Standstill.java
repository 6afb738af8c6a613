package dev.ringfence.swap;

import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges of several volumes of one machine while it stands still, one after the other: all
 * of them or none. When one fails, those before it are undone in the reverse order, since a root
 * and data of different days may not fit together; the first, which found the machine running,
 * starts it again.
 *
 * @param swaps those that were begun, in their order
 * @param at which of them is at work
 * @param ahead what was not begun
 * @param ends what those that failed or were undone left the machine with, in words
 * @param whole whether each of those left the old volume where it was
 */
public record Standstill(
    List<Swap> swaps, int at, List<SwapOrder> ahead, List<String> ends, boolean whole) {
  /** What is done to a machine that goes on running. */
  private static final Set<SwapStep> HARMLESS = Set.of(SwapStep.EVIDENCE, SwapStep.ENTER_STANDBY);

  public Standstill {
    swaps = List.copyOf(swaps);
    ahead = List.copyOf(ahead);
    ends = List.copyOf(ends);
  }

  /** What follows from what was seen. */
  public sealed interface Step {
    /** The standstill as it shall be stored. */
    Standstill standstill();

    /** It goes on: an effect is to be performed, or more is to be seen. */
    record Goes(Standstill standstill) implements Step {}

    /** The machine runs, as far as EC2 says, with its new volumes. */
    record Finished(Standstill standstill) implements Step {}

    /**
     * It will not.
     *
     * @param reason why, and what the machine was left with, in an operator's words
     * @param barren whether no volume came of the only snapshot, so that an older one may do better
     */
    record Failed(Standstill standstill, String reason, boolean barren) implements Step {}
  }

  /**
   * One that has not done anything yet.
   *
   * @param orders at least one; only the last one starts the machine
   */
  public static Standstill begin(List<SwapOrder> orders, Instant now) {
    Swap first = RootSwap.begin(orders.getFirst(), now);
    return new Standstill(List.of(first), 0, orders.subList(1, orders.size()), List.of(), true);
  }

  /** Whether nothing was done yet. */
  public boolean isUntouched() {
    return at == 0 && swap().doing() == null && swap().attempts().isEmpty();
  }

  /** Whether the machine was not stopped yet, and has at most left its group's service. */
  public boolean isBeforeItsStop() {
    return at == 0 && swap().back() == null && HARMLESS.containsAll(swap().attempts().keySet());
  }

  /** The exchange at work. */
  public Swap swap() {
    return swaps.get(at);
  }

  /** The last of its orders, which is the root's. */
  public SwapOrder last() {
    return ahead.isEmpty() ? swaps.getLast().order() : ahead.getLast();
  }

  /** The volumes that have to be looked at. */
  public Set<String> volumes() {
    return swap().volumes();
  }

  /** Where it stands, for whoever takes over. */
  public String inWords() {
    SwapOrder order = swap().order();
    Swap.Doing doing = swap().doing();
    return "its "
        + order.what()
        + " being exchanged"
        + (doing == null ? "" : ": " + doing.step().words(order))
        + "; its old "
        + order.what()
        + " is "
        + order.oldVolume();
  }

  /** The effect whose intent it carries and whose outcome it does not know yet. */
  public Optional<MachineEffect> effect() {
    return RootSwap.effect(swap());
  }

  /** The same once the outcome of its effect is known. */
  public Standstill settle(Outcome outcome) {
    return with(RootSwap.settle(swap(), outcome));
  }

  /** Gives up going forward, for a reason that lies outside: the old volumes come back. */
  public Standstill giveUp(String why, Instant now) {
    return isTagging() ? this : with(RootSwap.giveUp(swap(), why, now));
  }

  /** What follows. Called again with the same arguments it answers the same. */
  public Step next(@Nullable Rig rig, Map<String, Volume> volumes, Instant now) {
    SwapMove move =
        isTagging() ? Tagging.of(swap(), now) : RootSwap.next(swap(), rig, volumes, now);
    Standstill seen = with(move.swap());
    return switch (move) {
      case SwapMove.Act act -> new Step.Goes(seen);
      case SwapMove.Waiting waiting -> new Step.Goes(seen);
      case SwapMove.Finished finished ->
          seen.ahead.isEmpty()
              ? seen.tagging(rig, volumes, now)
              : seen.withNext(now).next(rig, volumes, now);
      case SwapMove.Failed failed -> seen.failed(failed, rig, volumes, now);
    };
  }

  /** Every exchange is done, and those before the last one still have old volumes to tag. */
  private boolean isTagging() {
    return ahead.isEmpty() && at < swaps.size() - 1 && swap().back() == null;
  }

  private Step tagging(@Nullable Rig rig, Map<String, Volume> volumes, Instant now) {
    for (int i = 0; i < swaps.size(); i++) {
      if (Tagging.isOpen(swaps.get(i))) {
        return new Standstill(swaps, i, ahead, ends, whole).next(rig, volumes, now);
      }
    }
    return new Step.Finished(new Standstill(swaps, swaps.size() - 1, ahead, ends, whole));
  }

  private Standstill withNext(Instant now) {
    List<Swap> more = new ArrayList<>(swaps);
    more.add(RootSwap.begin(ahead.getFirst(), now).takingOver(swap().standby()));
    return new Standstill(more, at + 1, ahead.subList(1, ahead.size()), ends, whole);
  }

  private Step failed(
      SwapMove.Failed failed, @Nullable Rig rig, Map<String, Volume> volumes, Instant now) {
    List<String> told = new ArrayList<>(ends);
    told.add(failed.root().words(swap().order()));
    boolean old = failed.root() == SwapMove.Failed.Root.OLD;
    Standstill ended = new Standstill(swaps, at, ahead, told, whole && old);
    // What has no room to start has every new volume, and is sound; who is gone has none to undo.
    boolean over = at == 0 || failed.lacksCapacity() || rig == null || isGone(rig);
    if (over) {
      boolean barren = swaps.size() == 1 && ahead.isEmpty() && swap().couldNotMakeVolume();
      return new Step.Failed(ended, failed.reason() + "; " + String.join("; ", told), barren);
    }
    Swap.Back back = failed.swap().back();
    return ended
        .undoingTheOneBefore(back == null ? failed.reason() : back.why(), now)
        .next(rig, volumes, now);
  }

  private static boolean isGone(Rig rig) {
    return rig.state().equals("terminated") || rig.state().equals("shutting-down");
  }

  private Standstill undoingTheOneBefore(String why, Instant now) {
    List<Swap> undone = new ArrayList<>(swaps);
    undone.set(at - 1, swaps.get(at - 1).undone(why, now, whole));
    return new Standstill(undone, at - 1, ahead, ends, whole);
  }

  private Standstill with(Swap next) {
    List<Swap> changed = new ArrayList<>(swaps);
    changed.set(at, next);
    return new Standstill(changed, at, ahead, ends, whole);
  }
}
