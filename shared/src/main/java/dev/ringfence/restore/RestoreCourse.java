package dev.ringfence.restore;

import dev.ringfence.operation.Course;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Settled;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state machine of a restore: each machine is looked at, its root is replaced by EC2 or
 * exchanged while it is stopped, and it is restored once it has proved its life.
 */
public final class RestoreCourse implements Course<Restore, Ward> {
  /** How the engine and the store handle restores. */
  public static final Form<Restore, Ward> FORM =
      new Form<>(Head.Kind.RESTORE, Restore.class, Ward.class, new RestoreCourse());

  /** Beside them there must be room for claims in a transaction of 100 items. */
  private static final int WARDS_PER_ROUND = 50;

  private RestoreCourse() {}

  @Override
  public Watch watch(Operation<Restore, Ward> operation, Instant now) {
    return RestoreWatch.of(operation.parts());
  }

  @Override
  public Decision<Restore, Ward> decide(
      Operation<Restore, Ward> operation, Sight sight, Instant now) {
    Restore head = operation.head();
    Healing healing = new Healing(head, operation.parts(), sight, now);
    List<Ward> wards = head.isFinal() ? operation.parts() : advance(healing, operation);
    List<JournalEntry> journal = new ArrayList<>(healing.journal());
    Restore next = head;
    if (!head.isFinal() && wards.stream().allMatch(Ward::isSettled)) {
      RestorePhase.Done done = done(wards, now);
      next = head.in(done);
      journal.add(
          new JournalEntry(
              now,
              "beat",
              "done: " + done.restored() + " restored, " + done.needPerson() + " need a person",
              ""));
    }
    Instant again = healing.isPostponed() ? now : again(wards, now);
    return new Decision<>(next, wards, journal, healing.claims(), again);
  }

  private static Instant again(List<Ward> wards, Instant now) {
    boolean exchanging =
        wards.stream()
            .flatMap(ward -> ward.patients().stream())
            .anyMatch(patient -> patient.phase() instanceof PatientPhase.Exchanging);
    return now.plus(exchanging ? RestoreTempo.STEP : RestoreTempo.LOOK);
  }

  private static List<Ward> advance(Healing healing, Operation<Restore, Ward> operation) {
    Request request = operation.request();
    if (request != null) {
      return operation.parts().stream().map(ward -> healing.giveUp(ward, request)).toList();
    }
    List<Ward> wards = new ArrayList<>();
    int changed = 0;
    for (Ward ward : operation.parts()) {
      Ward next = changed < WARDS_PER_ROUND ? healing.advance(ward) : healing.postpone(ward);
      changed += next.equals(ward) ? 0 : 1;
      wards.add(next);
    }
    return wards;
  }

  private static RestorePhase.Done done(List<Ward> wards, Instant now) {
    int restored = 0;
    int needPerson = 0;
    for (Ward ward : wards) {
      for (Patient patient : ward.patients()) {
        restored += patient.phase() instanceof PatientPhase.Restored ? 1 : 0;
        needPerson += patient.phase() instanceof PatientPhase.NeedsPerson ? 1 : 0;
      }
    }
    return new RestorePhase.Done(now, restored, needPerson);
  }

  @Override
  public List<Effect> open(Operation<Restore, Ward> operation) {
    Restore head = operation.head();
    List<Effect> open = new ArrayList<>();
    for (Ward ward : operation.parts()) {
      if (!ward.pointed()) {
        List<String> machines = ward.patients().stream().map(Patient::machine).toList();
        open.add(
            new Effect.WritePointers(
                Intents.pointersKey(head, ward), head.orderedAt(), true, ward.number(), machines));
      }
      for (Patient patient : ward.patients()) {
        Intents.open(head, patient).ifPresent(open::add);
      }
      Sending probe = ward.probe();
      if (probe != null && probe.isOpen()) {
        open.add(Intents.readVersions(head, probe));
      }
    }
    return open;
  }

  @Override
  public Settled<Restore, Ward> settle(
      Operation<Restore, Ward> operation, List<Outcome> outcomes, Instant now) {
    Map<String, Outcome> byKey = new HashMap<>();
    outcomes.forEach(outcome -> byKey.put(outcome.key(), outcome));
    Restore head = operation.head();
    List<Ward> wards =
        operation.parts().stream().map(ward -> Outcomes.settle(head, ward, byKey, now)).toList();
    return new Settled<>(operation.with(head, wards), List.of());
  }
}
