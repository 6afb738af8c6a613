package dev.ringfence.rollout;

import dev.ringfence.fleet.RootPath;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Effect.SendCommand.Purpose;
import dev.ringfence.operation.ProbeRhythm;
import dev.ringfence.operation.RestoreOrder;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Tries;
import dev.ringfence.release.Release;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.WithdrawCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from a stored roll-out what is still to be done to the world. */
final class OpenEffects {
  private final Rollout head;
  private final List<Batch> batches;
  private final QuietEffects quiet;
  private final List<Effect> open = new ArrayList<>();

  private OpenEffects(Rollout head, List<Batch> batches) {
    this.head = head;
    this.batches = batches;
    this.quiet = new QuietEffects(head);
  }

  static List<Effect> of(Rollout head, List<Batch> batches) {
    OpenEffects effects = new OpenEffects(head, batches);
    // Nothing makes a frozen machine wait, whatever becomes of the rollout.
    batches.forEach(batch -> effects.quiet.thaws(batch).forEach(effects.open::add));
    switch (head.phase()) {
      case RolloutPhase.Running r -> effects.goingOn();
      case RolloutPhase.Holding h -> effects.goingOn();
      case RolloutPhase.Halting h -> effects.halted();
      case RolloutPhase.Aftercare a -> effects.halted();
      case RolloutPhase.Ending e -> effects.halted();
      case RolloutPhase.Queued q -> {}
      case RolloutPhase.Planning p -> {}
      case RolloutPhase.Halted h -> {}
      case RolloutPhase.Succeeded s -> {}
      // Only whoever made it final performs these, once.
      case RolloutPhase.NeedsPerson n -> effects.callBacksAndOrders();
      case RolloutPhase.Dropped d -> {}
    }
    return effects.open;
  }

  private void goingOn() {
    for (Batch batch : batches) {
      batch
          .members()
          .forEach(member -> {
            snapshots(member);
            open.addAll(quiet.steps(member));
          });
      Sending update = batch.update();
      if (update != null && !batch.pointed()) {
        open.add(pointers(batch, update));
      }
      if (update != null && update.isOpen()) {
        open.add(update(update));
      }
      probe(batch);
    }
  }

  private void halted() {
    callBacksAndOrders();
    for (Batch batch : batches) {
      Sending update = batch.update();
      if (update != null && !batch.pointed()) {
        open.add(pointers(batch, update));
      }
      probe(batch);
      withdraw(batch);
    }
  }

  /** What calls machines back comes first: nothing else may make it wait. */
  private void callBacksAndOrders() {
    for (Batch batch : batches) {
      batch
          .commands()
          .filter(sending -> Halting.mustBeCalledBack(batch, sending))
          .forEach(sending -> open.add(callBack(sending)));
    }
    for (int number = 1; number <= head.orders().size(); number++) {
      Rollout.Order order = head.orders().get(number - 1);
      if (!order.started()) {
        open.add(
            new Effect.StartRestore(
                Keys.order(head, number),
                order.at(),
                Tries.haveEnded(order.tries()),
                order(order, number)));
      }
    }
  }

  private void withdraw(Batch batch) {
    Sending withdraw = batch.withdraw();
    WithdrawCommand how = head.release().withdraw();
    if (withdraw != null && withdraw.isOpen() && how != null) {
      open.add(
          command(
              withdraw,
              Purpose.WITHDRAW,
              how.document(),
              how.parameters(),
              head.policy().deliveryTimeout()));
    }
  }

  private void snapshots(Member member) {
    if (member.phase() instanceof MemberPhase.Securing securing
        && securing.isToBeTaken()
        && member.rootVolume() != null) {
      open.add(
          new Effect.TakeSnapshots(
              Keys.snapshot(head, member, securing.attempt()),
              securing.since(),
              securing.tries(),
              member.machine(),
              member.rootVolume(),
              quiet.tags(member, securing)));
    }
  }

  private void probe(Batch batch) {
    Sending probe = batch.probe();
    if (probe != null && probe.isOpen()) {
      Release release = head.release();
      open.add(
          command(
              probe,
              Purpose.READ_VERSION,
              release.versionProbe().document(),
              release.versionProbe().parameters(),
              ProbeRhythm.DELIVERY));
    }
  }

  private Effect pointers(Batch batch, Sending update) {
    List<String> machines = batch.members().stream().map(Member::machine).toList();
    return new Effect.WritePointers(
        Keys.pointers(head, batch), update.intended(), true, batch.number(), machines);
  }

  private Effect update(Sending update) {
    Release release = head.release();
    return command(
        update,
        Purpose.UPDATE,
        release.document(),
        release.parameters(),
        head.policy().deliveryTimeout());
  }

  private static Effect command(
      Sending sending,
      Purpose purpose,
      SsmDocument document,
      Map<String, List<String>> parameters,
      Duration delivery) {
    return new Effect.SendCommand(
        sending.key(),
        sending.intended(),
        sending.tries(),
        purpose,
        sending.machines(),
        document,
        parameters,
        delivery);
  }

  private Effect callBack(Sending update) {
    String commandId = update.commandId();
    return commandId == null
        ? new Effect.FindCommand(
            Keys.find(update),
            update.intended(),
            update.tries(),
            update.key(),
            head.release().document())
        : new Effect.CancelCommand(Keys.cancel(update), update.intended(), true, commandId);
  }

  /** A policy that updates machines in spite of what path B costs has agreed to that. */
  private @Nullable Agreement agreed() {
    Set<Unrestorable> price = Unrestorable.prices(head.policy().updateWithoutRestore());
    return price.isEmpty() ? null : new Agreement(RootPath.A, price, List.of());
  }

  private RestoreOrder order(Rollout.Order order, int number) {
    List<RestoreOrder.Hurt> hurt = new ArrayList<>();
    for (Batch batch : batches) {
      for (Member member : batch.members()) {
        if (member.phase() instanceof MemberPhase.HandedOver handed && handed.order() == number) {
          hurt.add(
              new RestoreOrder.Hurt(
                  member.machine(),
                  member.zone(),
                  handed.hurt().dispatched(),
                  member.point(),
                  head.heldBy(member.point()),
                  handed.hurt().evidence(),
                  agreed()));
        }
      }
    }
    Release release = head.release();
    return new RestoreOrder(
        order.restore(),
        head.id(),
        release.product(),
        release.version(),
        order.isAutomatic(),
        order.consent(),
        release.versionProbe(),
        head.policy().recoveryTime(),
        head.policy().restoresAtOnce(),
        hurt);
  }
}
