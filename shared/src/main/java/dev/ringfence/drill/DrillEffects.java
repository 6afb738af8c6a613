package dev.ringfence.drill;

import dev.ringfence.operation.DrillEffect;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.ProbeRhythm;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Tries;
import dev.ringfence.swap.RootSwap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The effects that a rehearsal's phase stands for, and what their outcomes mean for it. */
final class DrillEffects {
  private final Drill head;

  DrillEffects(Drill head) {
    this.head = head;
  }

  List<Effect> open(Rehearsal one) {
    List<Effect> open = new ArrayList<>();
    ofPhase(one).ifPresent(open::add);
    DrillResult result = one.result();
    if (result != null && !one.noted()) {
      open.add(new DrillEffect.KeepProof(key(one, "proof"), result.at(), true, result));
    }
    return open;
  }

  private Optional<Effect> ofPhase(Rehearsal one) {
    return switch (one.phase()) {
      case RehearsalPhase.Snapshotting s when s.point() == null && one.rootVolume() != null ->
          Optional.of(
              new Effect.TakeSnapshots(
                  key(one, "snap"),
                  s.since(),
                  s.tries(),
                  one.machine(),
                  one.rootVolume(),
                  DrillKeys.tags(head, one)));
      case RehearsalPhase.Launching l -> Optional.of(launch(one, l));
      case RehearsalPhase.Swapping s when s.swap() != null ->
          RootSwap.effect(s.swap()).map(Effect.class::cast);
      case RehearsalPhase.Capturing c when one.evidence().isEmpty() ->
          Optional.of(
              new MachineEffect.CaptureEvidence(
                  key(one, "show"), c.since(), c.tried(), c.twin(), folder(one)));
      case RehearsalPhase.Removing r ->
          Optional.of(
              new DrillEffect.RemoveClone(
                  key(one, "gone"), r.since(), r.tried(), DrillKeys.of(head, one)));
      case RehearsalPhase.Waiting w -> Optional.empty();
      case RehearsalPhase.Snapshotting s -> Optional.empty();
      case RehearsalPhase.Swapping s -> Optional.empty();
      case RehearsalPhase.Proving p -> Optional.ofNullable(p.probe()).flatMap(this::asking);
      case RehearsalPhase.Capturing c -> Optional.empty();
      case RehearsalPhase.Refused f -> Optional.empty();
      case RehearsalPhase.Ended e -> Optional.empty();
    };
  }

  private Effect launch(Rehearsal one, RehearsalPhase.Launching launching) {
    return new DrillEffect.LaunchClone(
        runKey(one, launching),
        launching.since(),
        launching.tried(),
        one.machine(),
        one.build(),
        head.rules().subnets().get(launching.place()),
        head.rules().securityGroup(),
        head.rules().instanceProfile(),
        DrillKeys.tags(head, one));
  }

  private Optional<Effect> asking(Sending probe) {
    Probing probing = head.probing();
    return probing == null || !probe.isOpen()
        ? Optional.empty()
        : Optional.of(
            new Effect.SendCommand(
                probe.key(),
                probe.intended(),
                probe.tries(),
                Effect.SendCommand.Purpose.READ_VERSION,
                probe.machines(),
                probing.probe().document(),
                probing.probe().parameters(),
                ProbeRhythm.DELIVERY));
  }

  private String folder(Rehearsal one) {
    return "drills/" + head.id() + "/" + one.machine();
  }

  private String runKey(Rehearsal one, RehearsalPhase.Launching launching) {
    return DrillKeys.of(head, one, launching.place()) + "-run";
  }

  private String key(Rehearsal one, String step) {
    return DrillKeys.of(head, one) + "-" + step;
  }

  Rehearsal settle(Rehearsal one, Map<String, Outcome> outcomes, Instant now) {
    Rehearsal next =
        outcomes.get(key(one, "proof")) instanceof Outcome.Done ? one.markNoted() : one;
    return switch (next.phase()) {
      case RehearsalPhase.Snapshotting s when s.point() == null ->
          snapshot(next, s, outcomes.get(key(one, "snap")), now);
      case RehearsalPhase.Launching l -> launched(next, l, outcomes.get(runKey(one, l)));
      case RehearsalPhase.Swapping s -> swapped(next, s, outcomes);
      case RehearsalPhase.Capturing c -> captured(next, c, outcomes.get(key(one, "show")));
      case RehearsalPhase.Removing r -> removed(next, r, outcomes.get(key(one, "gone")));
      case RehearsalPhase.Waiting w -> next;
      case RehearsalPhase.Snapshotting s -> next;
      case RehearsalPhase.Proving p when p.probe() != null && p.probe().isOpen() ->
          next.in(p.with(asked(p.probe(), outcomes.get(p.probe().key()), now)));
      case RehearsalPhase.Proving p -> next;
      case RehearsalPhase.Refused f -> next;
      case RehearsalPhase.Ended e -> next;
    };
  }

  private static Sending asked(Sending probe, @Nullable Outcome outcome, Instant now) {
    return switch (outcome) {
      case null -> probe;
      case Outcome.Done done -> probe.sent(done.result());
      case Outcome.Unsettled u -> probe.after(u, now);
      case Outcome.Refused refused -> probe.refused(refused.code());
    };
  }

  private static Rehearsal snapshot(
      Rehearsal one, RehearsalPhase.Snapshotting taking, @Nullable Outcome outcome, Instant now) {
    return switch (outcome) {
      case null -> one;
      case Outcome.Done done ->
          one.in(
              new RehearsalPhase.Snapshotting(
                  taking.since(), taking.tries(), new RestorePoint(done.result(), done.at())));
      case Outcome.Unsettled u ->
          one.in(
              new RehearsalPhase.Snapshotting(
                  taking.since(), Tries.after(taking.tries(), u, now), null));
      case Outcome.Refused refused -> refused(one, DrillFailure.NO_RESTORE_POINT, refused);
    };
  }

  private static Rehearsal launched(
      Rehearsal one, RehearsalPhase.Launching launching, @Nullable Outcome outcome) {
    return switch (outcome) {
      case null -> one;
      case Outcome.Done done ->
          one.in(
              new RehearsalPhase.Swapping(
                  done.at(), launching.point(), done.result(), null, launching.place()));
      case Outcome.Unsettled u -> one.in(said(launching, u.message()));
      case Outcome.Refused refused when NoRoom.isSaid(refused.code()) ->
          one.in(said(launching, refused.code() + ": " + refused.message()));
      case Outcome.Refused refused -> refused(one, reason(refused.code()), refused);
    };
  }

  private static RehearsalPhase said(RehearsalPhase.Launching launching, String words) {
    return new RehearsalPhase.Launching(
        launching.since(), true, launching.point(), words, launching.place());
  }

  private static DrillFailure reason(String code) {
    if (code.startsWith("InvalidAMIID")) {
      return DrillFailure.NO_IMAGE;
    }
    return code.endsWith("LimitExceeded") ? DrillFailure.NO_CAPACITY : DrillFailure.NOT_LAUNCHED;
  }

  private static Rehearsal refused(Rehearsal one, DrillFailure reason, Outcome.Refused refused) {
    String said = refused.code() + ": " + refused.message();
    return one.in(new RehearsalPhase.Refused(reason, said));
  }

  private static Rehearsal swapped(
      Rehearsal one, RehearsalPhase.Swapping swapping, Map<String, Outcome> outcomes) {
    if (swapping.swap() == null) {
      return one;
    }
    Outcome outcome =
        RootSwap.effect(swapping.swap()).map(effect -> outcomes.get(effect.key())).orElse(null);
    return outcome == null
        ? one
        : one.in(
            new RehearsalPhase.Swapping(
                swapping.since(),
                swapping.point(),
                swapping.twin(),
                RootSwap.settle(swapping.swap(), outcome),
                swapping.place()));
  }

  /** What cannot be kept is no reason to keep the clone. */
  private static Rehearsal captured(
      Rehearsal one, RehearsalPhase.Capturing capturing, @Nullable Outcome outcome) {
    return switch (outcome) {
      case null -> one;
      case Outcome.Done done -> one.kept(done.result());
      case Outcome.Refused refused -> one.kept("nothing: " + refused.code());
      case Outcome.Unsettled u ->
          one.in(new RehearsalPhase.Capturing(capturing.since(), true, capturing.twin()));
    };
  }

  private static Rehearsal removed(
      Rehearsal one, RehearsalPhase.Removing removing, @Nullable Outcome outcome) {
    return switch (outcome) {
      case null -> one;
      case Outcome.Done done -> one.in(new RehearsalPhase.Ended(done.at(), ""));
      case Outcome.Unsettled u ->
          one.in(new RehearsalPhase.Removing(removing.since(), true, u.message()));
      case Outcome.Refused refused ->
          one.in(
              new RehearsalPhase.Removing(
                  removing.since(), true, refused.code() + ": " + refused.message()));
    };
  }
}
