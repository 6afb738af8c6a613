package dev.ringfence.drill;

import static dev.ringfence.operation.DrillFailure.NOT_SWAPPED;
import static dev.ringfence.operation.DrillFailure.NO_CAPACITY;

import dev.ringfence.health.Vitals;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Volume;
import dev.ringfence.swap.RootSwap;
import dev.ringfence.swap.Swap;
import dev.ringfence.swap.SwapMove;
import dev.ringfence.swap.SwapOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves every rehearsal of a drill on by what one beat saw. It lives for one call of {@code
 * decide}.
 */
final class Rehearsing {
  private final Drill head;
  private final Sight sight;
  private final Instant now;
  private final List<JournalEntry> journal = new ArrayList<>();
  private int underWay;

  Rehearsing(Drill head, List<Bay> bays, Sight sight, Instant now) {
    this.head = head;
    this.sight = sight;
    this.now = now;
    this.underWay =
        (int)
            bays.stream()
                .flatMap(bay -> bay.rehearsals().stream())
                .filter(Rehearsal::isUnderWay)
                .count();
  }

  List<JournalEntry> journal() {
    return journal;
  }

  Rehearsal advance(Rehearsal one) {
    if (now.isAfter(head.orderedAt().plus(DrillTempo.RUN)) && one.result() == null) {
      return giveUp(one, "the run's time is over");
    }
    return switch (one.phase()) {
      case RehearsalPhase.Waiting w -> begin(one);
      case RehearsalPhase.Snapshotting s -> snapshotting(one, s);
      case RehearsalPhase.Launching l -> launching(one, l);
      case RehearsalPhase.Swapping s -> swapping(one, s);
      case RehearsalPhase.Proving p -> proving(one, p);
      case RehearsalPhase.Capturing c ->
          !one.evidence().isEmpty() || isLate(c.since(), DrillTempo.CAPTURE) ? remove(one) : one;
      case RehearsalPhase.Refused f -> fail(one, f.reason(), f.said());
      case RehearsalPhase.Removing r -> removing(one, r);
      case RehearsalPhase.Ended e -> one;
    };
  }

  /** Ends it as a failure, whatever it is at; what was made is removed. */
  Rehearsal giveUp(Rehearsal one, String why) {
    return one.result() == null ? fail(one, DrillFailure.GIVEN_UP, why) : one;
  }

  private Rehearsal begin(Rehearsal one) {
    if (one.rootVolume() == null) {
      return fail(one, DrillFailure.NO_MACHINE, "it has no EBS root");
    }
    if (one.build().image().isEmpty()) {
      return fail(one, DrillFailure.NO_IMAGE, "EC2 names none");
    }
    if (now.isAfter(head.orderedAt().plus(DrillTempo.BEGIN))) {
      return fail(one, DrillFailure.GIVEN_UP, "its turn did not come in time");
    }
    if (underWay >= head.rules().atOnce() || !sight.pointsRead()) {
      return one;
    }
    underWay++;
    RestorePoint point = sight.points().get(one.rootVolume());
    return point == null
        ? one.in(new RehearsalPhase.Snapshotting(now, null, null))
        : one.in(new RehearsalPhase.Launching(now, false, point, ""));
  }

  private Rehearsal snapshotting(Rehearsal one, RehearsalPhase.Snapshotting taking) {
    RestorePoint point = taking.point();
    Sight.Snapshot seen = point == null ? null : sight.snapshots().get(point.snapshot());
    if (point != null && seen == Sight.Snapshot.COMPLETED) {
      return one.in(new RehearsalPhase.Launching(now, false, point, ""));
    }
    if (seen == Sight.Snapshot.FAILED) {
      return fail(one, DrillFailure.NO_RESTORE_POINT, "its snapshot failed");
    }
    return isLate(taking.since(), DrillTempo.SNAPSHOT)
        ? fail(one, DrillFailure.NO_RESTORE_POINT, "its snapshot was not completed in time")
        : one;
  }

  private Rehearsal launching(Rehearsal one, RehearsalPhase.Launching launching) {
    if (!isLate(launching.since(), DrillTempo.LAUNCH)) {
      return one;
    }
    boolean full = launching.said().contains("Capacity");
    return fail(
        one,
        full ? NO_CAPACITY : DrillFailure.NOT_LAUNCHED,
        launching.said().isEmpty() ? "EC2 gave no answer" : launching.said());
  }

  private Rehearsal swapping(Rehearsal one, RehearsalPhase.Swapping swapping) {
    Swap swap = swapping.swap();
    if (swap == null) {
      swap = startSwap(one, swapping);
    }
    if (swap == null) {
      return isLate(swapping.since(), DrillTempo.LAUNCH)
          ? fail(one, DrillFailure.NOT_LAUNCHED, "its clone " + swapping.twin() + " never ran")
          : one;
    }
    if (isLate(swap.began(), DrillTempo.SWAP)) {
      return fail(one, DrillFailure.GIVEN_UP, "the exchange did not end in time");
    }
    Rig rig = sight.rigs().get(swapping.twin());
    return switch (RootSwap.next(swap, rig, sight.volumes(), now)) {
      case SwapMove.Act act -> one.in(with(swapping, act.swap()));
      case SwapMove.Waiting waiting -> one.in(with(swapping, waiting.swap()));
      case SwapMove.Finished finished ->
          one.in(
              new RehearsalPhase.Proving(
                  now, finished.swap().began(), swapping.point(), swapping.twin()));
      case SwapMove.Failed failed ->
          fail(one, failed.lacksCapacity() ? NO_CAPACITY : NOT_SWAPPED, failed.reason());
    };
  }

  /** Null until the clone runs and it is known what the machine's own root is. */
  private @Nullable Swap startSwap(Rehearsal one, RehearsalPhase.Swapping swapping) {
    Rig rig = sight.rigs().get(swapping.twin());
    Volume original = one.rootVolume() == null ? null : sight.volumes().get(one.rootVolume());
    Rig.Attached root = rig == null ? null : rig.root();
    if (rig == null || root == null || original == null || !rig.state().equals("running")) {
      return null;
    }
    SwapOrder order =
        new SwapOrder(
            DrillKeys.of(head, one),
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

  private static RehearsalPhase.Swapping with(RehearsalPhase.Swapping swapping, Swap swap) {
    return new RehearsalPhase.Swapping(swapping.since(), swapping.point(), swapping.twin(), swap);
  }

  private Rehearsal proving(Rehearsal one, RehearsalPhase.Proving proving) {
    Vitals seen = sight.vitals().get(proving.twin());
    Vitals.Ec2 ec2 = seen == null ? null : seen.ec2();
    boolean fresh = !now.isBefore(proving.since().plus(Vitals.CHECK_LAG));
    boolean reports =
        head.rules().instanceProfile() == null
            || (seen != null && seen.pingedAfter(proving.since()));
    if (ec2 != null && ec2.allOk() && fresh && reports) {
      Duration point = Duration.between(proving.point().takenAt(), proving.swapBegan());
      return judge(
          one, new Verdict.Passed(Duration.between(proving.swapBegan(), now), point), proving);
    }
    if (!isLate(proving.since(), head.rules().bootWithin())) {
      return one;
    }
    String shown =
        ec2 == null
            ? "nothing was seen of its clone"
            : "its clone is "
                + ec2.state()
                + ", instance check "
                + ec2.instance()
                + ", system check "
                + ec2.system()
                + (reports ? "" : ", and its agent does not report");
    return judge(one, new Verdict.Failed(DrillFailure.DID_NOT_BOOT, shown), proving);
  }

  private Rehearsal judge(Rehearsal one, Verdict verdict, RehearsalPhase.Proving proving) {
    return judged(one, verdict).in(new RehearsalPhase.Capturing(now, false, proving.twin()));
  }

  /** Where nothing was made yet there is nothing to remove, and looking for it costs a call. */
  private Rehearsal fail(Rehearsal one, DrillFailure reason, String evidence) {
    Rehearsal judged = judged(one, new Verdict.Failed(reason, evidence));
    return one.phase() instanceof RehearsalPhase.Waiting
        ? judged.in(new RehearsalPhase.Ended(now, ""))
        : remove(judged);
  }

  private Rehearsal judged(Rehearsal one, Verdict verdict) {
    DrillResult result =
        new DrillResult(head.id(), one.machine(), one.restoreClass(), now, verdict);
    switch (verdict) {
      case Verdict.Passed p ->
          note(
              one.machine() + " passed for " + one.restoreClass(),
              "restored in " + p.recoveryTime() + ", snapshot " + p.recoveryPoint() + " old");
      case Verdict.Failed f ->
          note(
              one.machine() + " failed for " + one.restoreClass() + ": " + f.reason().sentence(),
              f.evidence());
    }
    return one.judged(result);
  }

  private Rehearsal remove(Rehearsal one) {
    return one.in(new RehearsalPhase.Removing(now, false, ""));
  }

  private Rehearsal removing(Rehearsal one, RehearsalPhase.Removing removing) {
    if (!isLate(removing.since(), DrillTempo.REMOVAL)) {
      return one;
    }
    String left = removing.left().isEmpty() ? "nobody knows what" : removing.left();
    note("something is left of the drill of " + one.machine(), left);
    return one.in(new RehearsalPhase.Ended(now, left));
  }

  private boolean isLate(Instant since, Duration patience) {
    return now.isAfter(since.plus(patience));
  }

  private void note(String what, String evidence) {
    journal.add(new JournalEntry(now, "beat", what, evidence));
  }
}
