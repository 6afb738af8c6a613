package dev.ringfence.swap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a swap has intended and been told so far. Where the machine and its volumes stand is not in
 * here: that is looked at anew each time.
 *
 * @param attempts how often each step was begun
 * @param doing the step that was begun last; null before the first
 * @param newVolume the volume that was made; null until it is known
 * @param over steps that leave no trace to be seen and are done or given up
 * @param found the machine's state when it was first seen; null before that
 * @param standby the Auto Scaling group whose service it was taken out of; null when it was not
 * @param back why the old root comes back; null while the swap goes forward
 * @param remarks what an operator should know of it, in the order in which it came about
 */
public record Swap(
    SwapOrder order,
    Instant began,
    Map<SwapStep, Integer> attempts,
    @Nullable Doing doing,
    @Nullable String newVolume,
    Set<SwapStep> over,
    @Nullable Found found,
    @Nullable String standby,
    @Nullable Back back,
    List<String> remarks) {
  public Swap {
    attempts = Map.copyOf(attempts);
    over = Set.copyOf(over);
    remarks = List.copyOf(remarks);
  }

  /**
   * @param reason the code with which EC2 explained the state
   */
  public record Found(String state, String reason) {}

  /** The way was turned. */
  public record Back(String why, Instant since) {}

  /**
   * One attempt at one step.
   *
   * @param tried whether an attempt at its effect ended without a clear outcome
   * @param end how it ended; null while its outcome is not known
   * @param said AWS's words at a refusal or at the last attempt without an outcome
   */
  public record Doing(SwapStep step, Instant since, boolean tried, @Nullable End end, String said) {
    /** How an attempt ended. */
    public enum End {
      DONE,
      REFUSED
    }

    boolean isOpen() {
      return end == null;
    }
  }

  static Swap of(SwapOrder order, Instant now) {
    return new Swap(order, now, Map.of(), null, null, Set.of(), null, null, null, List.of());
  }

  /** The volumes that have to be looked at. */
  public Set<String> volumes() {
    Set<String> ids = new LinkedHashSet<>();
    if (order.oldVolume() != null) {
      ids.add(order.oldVolume());
    }
    if (newVolume != null) {
      ids.add(newVolume);
    }
    return ids;
  }

  /**
   * Whether it went back because no volume came of its snapshot, so that another snapshot may do
   * better; nothing was detached.
   */
  public boolean couldNotMakeVolume() {
    return attempts(SwapStep.CREATE) > 0
        && attempts(SwapStep.DETACH_OLD) == 0
        && attempts(SwapStep.ATTACH_NEW) == 0;
  }

  int attempts(SwapStep step) {
    return attempts.getOrDefault(step, 0);
  }

  boolean isDoing(SwapStep step) {
    return doing != null && doing.step() == step;
  }

  Swap begin(SwapStep step, Instant now, @Nullable String group) {
    Map<SwapStep, Integer> counted = new EnumMap<>(SwapStep.class);
    counted.putAll(attempts);
    counted.merge(step, 1, Integer::sum);
    String out = step == SwapStep.ENTER_STANDBY ? group : standby;
    return new Swap(
        order,
        began,
        counted,
        new Doing(step, now, false, null, ""),
        newVolume,
        over,
        found,
        out,
        back,
        remarks);
  }

  Swap with(Doing next) {
    return new Swap(order, began, attempts, next, newVolume, over, found, standby, back, remarks);
  }

  Swap made(String volume) {
    return new Swap(order, began, attempts, doing, volume, over, found, standby, back, remarks);
  }

  Swap found(String state, String reason) {
    return new Swap(
        order,
        began,
        attempts,
        doing,
        newVolume,
        over,
        new Found(state, reason),
        standby,
        back,
        remarks);
  }

  /** Whatever was intended on the way forward is not done any more. */
  Swap goingBack(String why, Instant now) {
    return new Swap(
        order, began, attempts, null, newVolume, over, found, standby, new Back(why, now), remarks);
  }

  /** It goes on with a machine that an exchange before it took out of its group's service. */
  Swap takingOver(@Nullable String group) {
    return new Swap(order, began, attempts, doing, newVolume, over, found, group, back, remarks);
  }

  /**
   * It was done, and its old volume comes back all the same.
   *
   * @param starts whether the machine may be started again then, if it ran
   */
  Swap undone(String why, Instant now, boolean starts) {
    Set<SwapStep> done = EnumSet.noneOf(SwapStep.class);
    done.addAll(over);
    if (!starts) {
      done.add(SwapStep.START_BACK);
    }
    return new Swap(
        order, now, attempts, null, newVolume, done, found, standby, new Back(why, now), remarks);
  }

  Swap over(SwapStep step, String remark) {
    Set<SwapStep> more = EnumSet.of(step);
    more.addAll(over);
    List<String> said = new ArrayList<>(remarks);
    if (!remark.isEmpty()) {
      said.add(remark);
    }
    return new Swap(order, began, attempts, doing, newVolume, more, found, standby, back, said);
  }
}
