package dev.ringfence.restore;

import dev.ringfence.operation.Course;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.ProbeRhythm;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The state machine of a restore. Its one path today is root volume replacement; the path by stop,
 * detach and attach joins as further {@link PatientPhase}s between {@code Replacing} and {@code
 * NeedsPerson}.
 */
public final class RestoreCourse implements Course<Restore, Ward> {
  /** How the engine and the store handle restores. */
  public static final Form<Restore, Ward> FORM =
      new Form<>(Head.Kind.RESTORE, Restore.class, Ward.class, new RestoreCourse());

  private RestoreCourse() {}

  @Override
  public Watch watch(Operation<Restore, Ward> operation, Instant now) {
    Set<String> machines = new LinkedHashSet<>();
    Set<String> commands = new LinkedHashSet<>();
    Set<String> tasks = new LinkedHashSet<>();
    for (Ward ward : operation.parts()) {
      for (Patient patient : ward.patients()) {
        if (patient.phase() instanceof PatientPhase.Proving
            || patient.phase() instanceof PatientPhase.Waiting) {
          machines.add(patient.machine());
        } else if (patient.phase() instanceof PatientPhase.Replacing r && r.task() != null) {
          tasks.add(r.task());
        }
      }
      Sending probe = ward.probe();
      if (!ward.isSettled() && probe != null && probe.commandId() != null) {
        commands.add(probe.commandId());
      }
    }
    return Watch.NOTHING.withMachines(machines, commands).withReplacements(tasks);
  }

  @Override
  public Decision<Restore, Ward> decide(
      Operation<Restore, Ward> operation, Sight sight, Instant now) {
    Restore head = operation.head();
    Healing healing = new Healing(head, operation.parts(), sight, now);
    List<Ward> wards =
        head.isFinal()
            ? operation.parts()
            : operation.parts().stream().map(ward -> advance(healing, ward, operation)).toList();
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
    return new Decision<>(next, wards, journal, List.of(), now.plus(RestoreTempo.LOOK));
  }

  private static Ward advance(Healing healing, Ward ward, Operation<Restore, Ward> operation) {
    Request request = operation.request();
    return request == null ? healing.advance(ward) : healing.giveUp(ward, request);
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
                pointersKey(head, ward), head.orderedAt(), true, ward.number(), machines));
      }
      for (Patient patient : ward.patients()) {
        RestorePoint point = patient.point();
        if (patient.phase() instanceof PatientPhase.Replacing r
            && r.task() == null
            && point != null) {
          open.add(replace(head, patient, r, point));
        }
      }
      Sending probe = ward.probe();
      if (probe != null && probe.isOpen()) {
        open.add(readVersions(head, probe));
      }
    }
    return open;
  }

  private static Effect replace(
      Restore head, Patient patient, PatientPhase.Replacing replacing, RestorePoint point) {
    Map<String, String> tags =
        Map.of(
            "ringfence:operation", head.id(),
            "ringfence:machine", patient.machine(),
            "ringfence:release", head.product() + " " + head.blamed());
    return new Effect.ReplaceRoot(
        replaceKey(head, patient),
        replacing.since(),
        replacing.tried(),
        patient.machine(),
        point.snapshot(),
        tags);
  }

  private static Effect readVersions(Restore head, Sending probe) {
    return new Effect.SendCommand(
        probe.key(),
        probe.intended(),
        probe.tried(),
        Effect.SendCommand.Purpose.READ_VERSION,
        probe.machines(),
        head.probe().document(),
        head.probe().parameters(),
        ProbeRhythm.DELIVERY);
  }

  @Override
  public Operation<Restore, Ward> settle(
      Operation<Restore, Ward> operation, List<Outcome> outcomes) {
    Map<String, Outcome> byKey = new HashMap<>();
    outcomes.forEach(outcome -> byKey.put(outcome.key(), outcome));
    Restore head = operation.head();
    List<Ward> wards = operation.parts().stream().map(ward -> settle(head, ward, byKey)).toList();
    return operation.with(head, wards);
  }

  private static Ward settle(Restore head, Ward ward, Map<String, Outcome> outcomes) {
    Ward next = ward.eachPatient(patient -> settle(head, patient, outcomes));
    if (outcomes.get(pointersKey(head, ward)) instanceof Outcome.Done) {
      next = next.markPointed();
    }
    Sending probe = next.probe();
    if (probe == null || !probe.isOpen()) {
      return next;
    }
    return switch (outcomes.get(probe.key())) {
      case null -> next;
      case Outcome.Done done -> next.withProbe(probe.sent(done.result()));
      case Outcome.Unsettled u -> next.withProbe(probe.attempted());
      case Outcome.Refused refused -> next.withProbe(probe.refused(refused.code()));
    };
  }

  private static Patient settle(Restore head, Patient patient, Map<String, Outcome> outcomes) {
    if (!(patient.phase() instanceof PatientPhase.Replacing r) || r.task() != null) {
      return patient;
    }
    return switch (outcomes.get(replaceKey(head, patient))) {
      case null -> patient;
      case Outcome.Done done ->
          patient.in(new PatientPhase.Replacing(r.since(), true, done.result()));
      case Outcome.Unsettled u -> patient.in(new PatientPhase.Replacing(r.since(), true, null));
      case Outcome.Refused refused ->
          patient.in(
              new PatientPhase.NeedsPerson(
                  r.since(),
                  "EC2 refused the replacement: " + refused.code() + ": " + refused.message(),
                  "root replacement"));
    };
  }

  private static String pointersKey(Restore head, Ward ward) {
    return "rf-" + head.mark() + "-w" + ward.number() + "-pointers";
  }

  private static String replaceKey(Restore head, Patient patient) {
    return "rf-" + head.mark() + "-" + patient.machine();
  }
}
