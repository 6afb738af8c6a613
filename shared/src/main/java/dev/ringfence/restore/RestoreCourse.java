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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
    return RestoreWatch.of(operation.head(), operation.parts());
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
              "done: "
                  + done.restored()
                  + " restored, "
                  + (done.leftAlone() == 0 ? "" : done.leftAlone() + " came back by themselves, ")
                  + done.needPerson()
                  + " need a person",
              ""));
    }
    boolean atOnce = healing.claiming().isPostponed() || hasMoreToLookAt(operation.parts(), wards);
    Instant again = atOnce ? now : again(wards, now);
    return new Decision<>(
        next,
        wards,
        journal,
        healing.claiming().claims(),
        again,
        !healing.claiming().isPostponed());
  }

  /**
   * What an examination asks for next is there to be seen at once: first how the machine is built,
   * then its root volume. Each look that showed nothing new waits for the next beat.
   */
  private static boolean hasMoreToLookAt(List<Ward> before, List<Ward> after) {
    for (int i = 0; i < after.size(); i++) {
      List<Patient> earlier = before.get(i).patients();
      List<Patient> patients = after.get(i).patients();
      for (int j = 0; j < patients.size(); j++) {
        if (patients.get(j).phase() instanceof PatientPhase.Examining examining
            && !(earlier.get(j).phase() instanceof PatientPhase.Examining seen
                && Objects.equals(seen.rig(), examining.rig()))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Instant again(List<Ward> wards, Instant now) {
    Duration pause = RestoreTempo.LOOK;
    for (Ward ward : wards) {
      Duration wanted = Recovery.isAsking(ward, now) ? RestoreTempo.STEP : RestoreTempo.LOOK;
      pause = shorter(pause, wanted);
      for (Patient patient : ward.patients()) {
        pause = shorter(pause, pause(patient));
      }
    }
    return now.plus(pause);
  }

  private static Duration pause(Patient patient) {
    return switch (patient.phase()) {
      case PatientPhase.Exchanging e -> RestoreTempo.STEP;
      case PatientPhase.Weighing w -> RestoreTempo.STEP;
      case PatientPhase.Examining e when e.evidence() == null -> RestoreTempo.ASKING;
      case PatientPhase.Examining e -> RestoreTempo.LOOK;
      case PatientPhase.Replacing r when r.task() == null -> RestoreTempo.ASKING;
      case PatientPhase.Replacing r -> RestoreTempo.LOOK;
      case PatientPhase.Waiting w -> RestoreTempo.LOOK;
      case PatientPhase.Reviving r -> RestoreTempo.LOOK;
      case PatientPhase.LeftAlone l -> RestoreTempo.LOOK;
      case PatientPhase.Held h -> RestoreTempo.LOOK;
      case PatientPhase.Proving p -> RestoreTempo.LOOK;
      case PatientPhase.Restored r -> RestoreTempo.LOOK;
      case PatientPhase.NeedsPerson n -> RestoreTempo.LOOK;
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static List<Ward> advance(Healing healing, Operation<Restore, Ward> operation) {
    Request request = operation.request();
    List<Ward> wards = new ArrayList<>();
    int changed = 0;
    for (Ward ward : operation.parts()) {
      Ward next;
      if (changed >= WARDS_PER_ROUND) {
        healing.claiming().postpone();
        next = ward;
      } else {
        next = request == null ? healing.advance(ward) : healing.giveUp(ward, request);
      }
      changed += next.equals(ward) ? 0 : 1;
      wards.add(next);
    }
    return wards;
  }

  private static RestorePhase.Done done(List<Ward> wards, Instant now) {
    int restored = 0;
    int leftAlone = 0;
    int needPerson = 0;
    for (Ward ward : wards) {
      for (Patient patient : ward.patients()) {
        restored += patient.phase() instanceof PatientPhase.Restored ? 1 : 0;
        leftAlone += patient.phase() instanceof PatientPhase.LeftAlone ? 1 : 0;
        needPerson += patient.phase() instanceof PatientPhase.NeedsPerson ? 1 : 0;
      }
    }
    return new RestorePhase.Done(now, restored, leftAlone, needPerson);
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
