package dev.ringfence.engine;

import dev.ringfence.contract.ExpiryTimes;
import dev.ringfence.drill.Bay;
import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillCourse;
import dev.ringfence.drill.Rehearsal;
import dev.ringfence.drill.RehearsalPhase;
import dev.ringfence.engine.Attic.Kept;
import dev.ringfence.engine.Attic.Removal;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Part;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Removes restore points and replaced volumes that have expired and that nobody needs, and takes
 * the day off volumes that are in use again. Each run begins anew from what is there, so a run that
 * dies costs nothing but time.
 */
public final class ExpirySweep {
  /** The journal of what was removed. */
  public static final String JOURNAL = "expiry";

  /**
   * What one run removes at the most: EC2 takes 100 deletions of snapshots at once and 5 a second,
   * for the whole account ("Request throttling for the Amazon EC2 API"), and a run may take a
   * minute.
   */
  static final int REMOVALS_MAX = 200;

  /**
   * How many volumes one run takes the day off at the most. It has a share of its own, so that
   * neither kind of work waits for the other; this many mutating calls EC2 takes at once (same
   * page).
   */
  static final int DAYS_MAX = 50;

  /**
   * After so many, four seconds of EC2's rate, it looks again at what is needed: a restore or a
   * drill may have begun that needs what would go next.
   */
  static final int AT_A_TIME = 20;

  /** A journal's line names so many; all are in the function's log. */
  private static final int NAMED_MAX = 20;

  private final Store store;
  private final Attic attic;
  private final InstantSource time;

  public ExpirySweep(Store store, Attic attic, InstantSource time) {
    this.store = store;
    this.attic = attic;
    this.time = time;
  }

  /**
   * What came of one run.
   *
   * @param removed ids, in the order in which they went
   * @param inUse ids of volumes that are attached again and bear no day any more
   * @param spared what has expired and stays, by id
   * @param refused what AWS would not remove, or not take the day off, by id with its reason
   * @param putOff how many are left to the next runs
   */
  public record Swept(
      List<String> removed,
      List<String> inUse,
      Map<String, Spared> spared,
      Map<String, String> refused,
      int putOff) {
    public Swept {
      removed = List.copyOf(removed);
      inUse = List.copyOf(inUse);
    }

    /** How much stays until somebody does something about it. */
    public long stuck() {
      return refused.size() + spared.values().stream().filter(Spared::isStuck).count();
    }
  }

  /**
   * One run.
   *
   * @throws RuntimeException when the attic or the store could not be read: then nothing is removed
   */
  public Swept run() {
    Instant now = time.instant();
    List<Kept> left = new ArrayList<>(attic.all());
    // What is needed is read after what is there: what became needed in between is seen.
    Expiry expiry = Expiry.of(left, needs(), now);
    Map<String, String> refused = new TreeMap<>();
    // What shall not be lost goes first: a run may be cut short.
    List<String> inUse =
        each(
            Expiry.turn(expiry.inUse(), DAYS_MAX, ExpiryTimes.EVERY, now),
            attic::removeDay,
            refused);
    note("took the day off " + inUse.size() + " that are in use again", inUse, now);
    List<String> removed = new ArrayList<>();
    Expiry last = remove(left, expiry, removed, refused, now);
    note("removed " + removed.size() + " that had expired", removed, now);
    Set<String> settled = new HashSet<>(refused.keySet());
    settled.addAll(inUse);
    settled.addAll(removed);
    return new Swept(removed, inUse, last.spared(), refused, last.without(settled));
  }

  /** Removes what may go, and says what may by its newest look. */
  private Expiry remove(
      List<Kept> left,
      Expiry first,
      List<String> removed,
      Map<String, String> refused,
      Instant now) {
    Expiry expiry = first;
    List<Kept> turn = Expiry.turn(first.may(), REMOVALS_MAX, ExpiryTimes.EVERY, now);
    for (int from = 0; from < turn.size(); from += AT_A_TIME) {
      if (from > 0) {
        left.removeIf(one -> removed.contains(one.id()));
        expiry = Expiry.of(left, needs(), now);
      }
      List<Kept> few = new ArrayList<>(turn.subList(from, Math.min(from + AT_A_TIME, turn.size())));
      few.retainAll(Set.copyOf(expiry.may()));
      int settled = removed.size() + refused.size();
      removed.addAll(each(few, attic::remove, refused));
      if (removed.size() + refused.size() - settled < few.size()) {
        return expiry;
      }
    }
    return expiry;
  }

  /** One after the other, until AWS wants no more for now. */
  private static List<String> each(
      List<Kept> turn, Function<Kept, Removal> act, Map<String, String> refused) {
    List<String> gone = new ArrayList<>();
    for (Kept one : turn) {
      switch (act.apply(one)) {
        case Removal.Gone done -> gone.add(one.id());
        case Removal.Refused no -> refused.put(one.id(), no.why());
        case Removal.PutOff later -> {
          return gone;
        }
      }
    }
    return gone;
  }

  private void note(String what, List<String> ids, Instant now) {
    if (!ids.isEmpty()) {
      String named = String.join(", ", ids.stream().limit(NAMED_MAX).toList());
      String more = ids.size() > NAMED_MAX ? " and others" : "";
      store.note(JOURNAL, new JournalEntry(now, "expiry", what, named + more));
    }
  }

  private Expiry.Needs needs() {
    Set<String> points = new HashSet<>();
    Map<String, Set<Instant>> watched = new HashMap<>();
    for (Operation<Rollout, Batch> rollout : underWay(RolloutCourse.FORM)) {
      for (Batch batch : rollout.parts()) {
        for (Member member : batch.members()) {
          need(points, member.point());
          watch(watched, member.machine(), rollout.head().acceptedAt());
        }
      }
    }
    for (Operation<Drill, Bay> drill : underWay(DrillCourse.FORM)) {
      for (Bay bay : drill.parts()) {
        for (Rehearsal one : bay.rehearsals()) {
          need(points, point(one.phase()));
          watch(watched, one.machine(), drill.head().orderedAt());
        }
      }
    }
    boolean restoring = store.recent(RestoreCourse.FORM).stream().anyMatch(ExpirySweep::isOpen);
    return new Expiry.Needs(Set.copyOf(store.products()), points, watched, restoring);
  }

  private static boolean isOpen(Restore restore) {
    return !restore.isFinal();
  }

  private <H extends Head, P extends Part> List<Operation<H, P>> underWay(Form<H, P> form) {
    return store.recent(form).stream()
        .filter(head -> !head.isFinal())
        .flatMap(head -> store.load(form, head.id()).stream())
        .toList();
  }

  private static void need(Set<String> points, @Nullable RestorePoint point) {
    if (point != null) {
      points.add(point.snapshot());
    }
  }

  private static void watch(Map<String, Set<Instant>> watched, String machine, Instant since) {
    watched.computeIfAbsent(machine, one -> new TreeSet<>()).add(since);
  }

  /** What a clone is made of or will be. */
  private static @Nullable RestorePoint point(RehearsalPhase phase) {
    return switch (phase) {
      case RehearsalPhase.Snapshotting s -> s.point();
      case RehearsalPhase.Launching l -> l.point();
      case RehearsalPhase.Swapping s -> s.point();
      case RehearsalPhase.Proving p -> p.point();
      case RehearsalPhase.Waiting w -> null;
      case RehearsalPhase.Capturing c -> null;
      case RehearsalPhase.Refused r -> null;
      case RehearsalPhase.Removing r -> null;
      case RehearsalPhase.Ended e -> null;
    };
  }
}
