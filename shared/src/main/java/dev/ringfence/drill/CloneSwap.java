package dev.ringfence.drill;

import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Volume;
import dev.ringfence.swap.RootSwap;
import dev.ringfence.swap.Swap;
import dev.ringfence.swap.SwapOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The exchange of a clone's root for the restore point, by the steps of every restore. */
final class CloneSwap {
  private CloneSwap() {}

  /** Null until the clone runs and it is known what the machine's own root is. */
  static @Nullable Swap begin(
      Drill head, Rehearsal one, RehearsalPhase.Swapping swapping, Sight sight, Instant now) {
    Rig rig = sight.rigs().get(swapping.twin());
    Volume original = one.rootVolume() == null ? null : sight.volumes().get(one.rootVolume());
    Rig.Attached root = rig == null ? null : rig.root();
    if (rig == null || root == null || original == null || !rig.state().equals("running")) {
      return null;
    }
    SwapOrder order =
        new SwapOrder(
            DrillKeys.of(head, one, swapping.place()),
            swapping.twin(),
            rig.zone(),
            rig.rootDevice(),
            root.volume(),
            swapping.point().snapshot(),
            original.disk(),
            true,
            null,
            DrillKeys.tags(head, one),
            DrillKeys.tags(head, one));
    return RootSwap.begin(order, now);
  }

  static RehearsalPhase.Swapping with(RehearsalPhase.Swapping swapping, Swap swap) {
    return new RehearsalPhase.Swapping(
        swapping.since(), swapping.point(), swapping.twin(), swap, swapping.place());
  }
}
