package dev.ringfence.drill;

import static dev.ringfence.operation.DrillFailure.NOT_SWAPPED;
import static dev.ringfence.operation.DrillFailure.NO_CAPACITY;

import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.swap.RootSwap;
import dev.ringfence.swap.Swap;
import dev.ringfence.swap.SwapMove;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
        : one.in(new RehearsalPhase.Launching(now, false, point, "", 0));
  }

  private Rehearsal snapshotting(Rehearsal one, RehearsalPhase.Snapshotting taking) {
    RestorePoint point = taking.point();
    Sight.Snapshot seen = point == null ? null : sight.snapshots().get(point.snapshot());
    if (point != null && seen == Sight.Snapshot.COMPLETED) {
      return one.in(new RehearsalPhase.Launching(now, false, point, "", 0));
    }
    if (seen == Sight.Snapshot.FAILED) {
      return fail(one, DrillFailure.NO_RESTORE_POINT, "its snapshot failed");
    }
    return isLate(taking.since(), DrillTempo.SNAPSHOT)
        ? fail(one, DrillFailure.NO_RESTORE_POINT, "its snapshot was not completed in time")
        : one;
  }

  private Rehearsal launching(Rehearsal one, RehearsalPhase.Launching launching) {
    String said = launching.said();
    int place = launching.place();
    if (NoRoom.isForGood(said) || (NoRoom.isFull(said) && isFull(launching.since(), place))) {
      return withoutRoom(one, launching.point(), place, said);
    }
    return isLate(launching.since(), DrillTempo.LAUNCH)
        ? fail(one, DrillFailure.NOT_LAUNCHED, said.isEmpty() ? "EC2 gave no answer" : said)
        : one;
  }

  /** Capacity comes and goes; how long that is waited for depends on where else there may be. */
  private boolean isFull(Instant since, int place) {
    return isLate(since, isLast(place) ? DrillTempo.LAUNCH : DrillTempo.ELSEWHERE);
  }

  private boolean isLast(int place) {
    return place + 1 >= head.rules().subnets().size();
  }

  /**
   * A clone that was stopped for the exchange and cannot be started again stays as it is until all
   * of the rehearsal is removed: with it would go the snapshot that may have been taken for it.
   */
  private Rehearsal withoutRoom(Rehearsal one, RestorePoint point, int place, String said) {
    List<String> subnets = head.rules().subnets();
    if (isLast(place)) {
      boolean full = NoRoom.isFull(said) || place > 0;
      String where = place == 0 ? "" : " in the last of " + subnets.size() + " subnets";
      return fail(one, full ? NO_CAPACITY : DrillFailure.NOT_LAUNCHED, said + where);
    }
    note(
        "no room in " + subnets.get(place) + " for the clone of " + one.machine(),
        said + "; it is tried in " + subnets.get(place + 1));
    return one.in(new RehearsalPhase.Launching(now, false, point, "", place + 1));
  }

  private Rehearsal swapping(Rehearsal one, RehearsalPhase.Swapping swapping) {
    Swap swap = swapping.swap();
    if (swap == null) {
      swap = CloneSwap.begin(head, one, swapping, sight, now);
    }
    if (swap == null) {
      return comingUp(one, swapping);
    }
    Swap.Doing doing = swap.doing();
    if (doing != null
        && NoRoom.keepsFromStarting(swap)
        && isFull(doing.since(), swapping.place())) {
      return withoutRoom(one, swapping.point(), swapping.place(), doing.said());
    }
    if (isLate(swap.began(), DrillTempo.SWAP)) {
      return fail(one, DrillFailure.GIVEN_UP, "the exchange did not end in time");
    }
    Rig rig = sight.rigs().get(swapping.twin());
    return switch (RootSwap.next(swap, rig, sight.volumes(), now)) {
      case SwapMove.Act act -> one.in(CloneSwap.with(swapping, act.swap()));
      case SwapMove.Waiting waiting -> one.in(CloneSwap.with(swapping, waiting.swap()));
      case SwapMove.Finished finished ->
          one.in(
              new RehearsalPhase.Proving(
                  now, finished.swap().began(), swapping.point(), swapping.twin(), null, 0));
      case SwapMove.Failed failed when failed.lacksCapacity() ->
          withoutRoom(one, swapping.point(), swapping.place(), failed.reason());
      case SwapMove.Failed failed -> fail(one, NOT_SWAPPED, failed.reason());
    };
  }

  /** EC2 may take a launch on and terminate the clone again before it ran. */
  private Rehearsal comingUp(Rehearsal one, RehearsalPhase.Swapping swapping) {
    Rig rig = sight.rigs().get(swapping.twin());
    String reason = rig == null ? "" : rig.reason();
    boolean ended = rig != null && List.of("shutting-down", "terminated").contains(rig.state());
    if (ended && NoRoom.isFull(reason)) {
      return withoutRoom(one, swapping.point(), swapping.place(), reason);
    }
    return ended || isLate(swapping.since(), DrillTempo.LAUNCH)
        ? fail(
            one,
            DrillFailure.NOT_LAUNCHED,
            "its clone " + swapping.twin() + " never ran" + (ended ? ": " + reason : ""))
        : one;
  }

  private Rehearsal proving(Rehearsal one, RehearsalPhase.Proving proving) {
    return switch (new CloneLife(head, sight, now).of(DrillKeys.of(head, one), proving)) {
      case CloneLife.Finding.Open open -> one.in(open.proving());
      case CloneLife.Finding.Judged judged -> judge(one, judged.verdict(), proving);
    };
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
              one.machine() + " passed for " + one.restoreClass() + ": it " + p.shows(),
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
