package dev.ringfence.swap;

import dev.ringfence.operation.MachineEffect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The effect of each step. */
final class Effects {
  private Effects() {}

  static String key(Swap swap, SwapStep step) {
    return swap.order().key() + "-" + step.mark() + swap.attempts(step);
  }

  static MachineEffect of(Swap swap, Swap.Doing doing) {
    SwapOrder order = swap.order();
    String key = key(swap, doing.step());
    Instant at = doing.since();
    boolean tried = doing.tried();
    String machine = order.machine();
    return switch (doing.step()) {
      case EVIDENCE ->
          new MachineEffect.CaptureEvidence(key, at, tried, machine, known(order.evidence()));
      case ENTER_STANDBY ->
          new MachineEffect.EnterStandby(
              key, at, tried, machine, known(swap.standby()), swap.attempts(doing.step()) > 1);
      case EXIT_STANDBY ->
          new MachineEffect.ExitStandby(key, at, tried, machine, known(swap.standby()));
      case STOP, STOP_BACK -> new MachineEffect.StopMachine(key, at, tried, machine);
      case START, START_BACK -> new MachineEffect.StartMachine(key, at, tried, machine);
      case CREATE -> create(order, key, at, tried);
      case DETACH_OLD -> detach(swap, key, doing, known(order.oldVolume()));
      case DETACH_NEW -> detach(swap, key, doing, known(swap.newVolume()));
      case ATTACH_OLD -> attach(swap, key, doing, known(order.oldVolume()));
      case ATTACH_NEW -> attach(swap, key, doing, known(swap.newVolume()));
      case KEEP_SETTING, KEEP_SETTING_BACK -> keep(order, key, at, tried);
      case TAG_OLD ->
          new MachineEffect.TagVolume(
              key, at, tried, machine, known(order.oldVolume()), order.oldTags());
    };
  }

  private static MachineEffect create(SwapOrder order, String key, Instant at, boolean tried) {
    return new MachineEffect.CreateVolume(
        key,
        at,
        tried,
        order.machine(),
        order.snapshot(),
        order.zone(),
        order.disk(),
        order.newTags());
  }

  private static MachineEffect keep(SwapOrder order, String key, Instant at, boolean tried) {
    return new MachineEffect.SetDeleteOnTermination(
        key, at, tried, order.machine(), order.device(), order.deleteOnTermination());
  }

  private static MachineEffect detach(Swap swap, String key, Swap.Doing doing, String volume) {
    return new MachineEffect.DetachVolume(
        key, doing.since(), doing.tried(), swap.order().machine(), volume, swap.order().device());
  }

  private static MachineEffect attach(Swap swap, String key, Swap.Doing doing, String volume) {
    return new MachineEffect.AttachVolume(
        key, doing.since(), doing.tried(), swap.order().machine(), volume, swap.order().device());
  }

  /** A step is begun only when what it is done to is known. */
  private static String known(@Nullable String id) {
    if (id == null) {
      throw new IllegalStateException("a step of a swap without what it is done to");
    }
    return id;
  }
}
