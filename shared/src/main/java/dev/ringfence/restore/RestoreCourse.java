package dev.ringfence.restore;

import dev.ringfence.operation.Course;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.ProbeRhythm;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Settled;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import dev.ringfence.swap.RootSwap;
import dev.ringfence.swap.Swap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a restore: each machine is looked at, its root is replaced by EC2 or
 * exchanged while it is stopped, and it is restored once it has proved its life.
 */
public final class RestoreCourse implements Course<Restore, Ward> {
  /** How the engine and the store handle restores. */
  public static final Form<Restore, Ward> FORM =
      new Form<>(Head.Kind.RESTORE, Restore.class, Ward.class, new RestoreCourse());

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
    return new Decision<>(next, wards, journal, List.of(), again(wards, now));
  }

  private static Instant again(List<Ward> wards, Instant now) {
    boolean exchanging =
        wards.stream()
            .flatMap(ward -> ward.patients().stream())
            .anyMatch(patient -> patient.phase() instanceof PatientPhase.Exchanging);
    return now.plus(exchanging ? RestoreTempo.STEP : RestoreTempo.LOOK);
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
        open(head, patient).ifPresent(open::add);
      }
      Sending probe = ward.probe();
      if (probe != null && probe.isOpen()) {
        open.add(readVersions(head, probe));
      }
    }
    return open;
  }

  private static Optional<Effect> open(Restore head, Patient patient) {
    RestorePoint point = patient.point();
    return switch (patient.phase()) {
      case PatientPhase.Examining e ->
          e.evidence() == null
              ? Optional.of(
                  new MachineEffect.CaptureEvidence(
                      evidenceKey(head, patient),
                      e.since(),
                      e.tried(),
                      patient.machine(),
                      head.id()))
              : Optional.empty();
      case PatientPhase.Replacing r ->
          r.task() == null && r.refused() == null && point != null
              ? Optional.of(replace(head, patient, r, point))
              : Optional.empty();
      case PatientPhase.Exchanging e -> RootSwap.effect(e.swap()).map(Effect.class::cast);
      case PatientPhase.Waiting w -> Optional.empty();
      case PatientPhase.Proving p -> Optional.empty();
      case PatientPhase.Restored r -> Optional.empty();
      case PatientPhase.NeedsPerson n -> Optional.empty();
    };
  }

  private static Effect replace(
      Restore head, Patient patient, PatientPhase.Replacing replacing, RestorePoint point) {
    return new Effect.ReplaceRoot(
        head.key(patient),
        replacing.since(),
        replacing.tried(),
        patient.machine(),
        point.snapshot(),
        head.tags(patient));
  }

  private static Effect readVersions(Restore head, Sending probe) {
    return new Effect.SendCommand(
        probe.key(),
        probe.intended(),
        probe.tries(),
        Effect.SendCommand.Purpose.READ_VERSION,
        probe.machines(),
        head.probe().document(),
        head.probe().parameters(),
        ProbeRhythm.DELIVERY);
  }

  @Override
  public Settled<Restore, Ward> settle(
      Operation<Restore, Ward> operation, List<Outcome> outcomes, Instant now) {
    Map<String, Outcome> byKey = new HashMap<>();
    outcomes.forEach(outcome -> byKey.put(outcome.key(), outcome));
    Restore head = operation.head();
    List<Ward> wards =
        operation.parts().stream().map(ward -> settle(head, ward, byKey, now)).toList();
    return new Settled<>(operation.with(head, wards), List.of());
  }

  private static Ward settle(Restore head, Ward ward, Map<String, Outcome> outcomes, Instant now) {
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
      case Outcome.Unsettled u -> next.withProbe(probe.after(u, now));
      case Outcome.Refused refused -> next.withProbe(probe.refused(refused.code()));
    };
  }

  private static Patient settle(Restore head, Patient patient, Map<String, Outcome> outcomes) {
    return switch (patient.phase()) {
      case PatientPhase.Examining e ->
          patient.in(examined(e, outcomes.get(evidenceKey(head, patient))));
      case PatientPhase.Replacing r ->
          r.task() == null && r.refused() == null
              ? patient.in(replacing(r, outcomes.get(head.key(patient))))
              : patient;
      case PatientPhase.Exchanging e -> patient.in(exchanged(e, outcomes));
      case PatientPhase.Waiting w -> patient;
      case PatientPhase.Proving p -> patient;
      case PatientPhase.Restored r -> patient;
      case PatientPhase.NeedsPerson n -> patient;
    };
  }

  private static PatientPhase examined(PatientPhase.Examining e, @Nullable Outcome outcome) {
    return switch (outcome) {
      case null -> e;
      case Outcome.Done done -> new PatientPhase.Examining(e.since(), true, done.result(), e.rig());
      case Outcome.Refused refused ->
          new PatientPhase.Examining(e.since(), true, "none: " + refused.code(), e.rig());
      case Outcome.Unsettled u -> new PatientPhase.Examining(e.since(), true, null, e.rig());
    };
  }

  private static PatientPhase replacing(PatientPhase.Replacing r, @Nullable Outcome outcome) {
    return switch (outcome) {
      case null -> r;
      case Outcome.Done done ->
          new PatientPhase.Replacing(r.since(), true, done.result(), null, r.body());
      case Outcome.Unsettled u -> new PatientPhase.Replacing(r.since(), true, null, null, r.body());
      case Outcome.Refused refused ->
          new PatientPhase.Replacing(
              r.since(), true, null, refused.code() + ": " + refused.message(), r.body());
    };
  }

  private static PatientPhase exchanged(PatientPhase.Exchanging e, Map<String, Outcome> outcomes) {
    Swap swap = e.swap();
    Outcome outcome = RootSwap.effect(swap).map(effect -> outcomes.get(effect.key())).orElse(null);
    return outcome == null
        ? e
        : new PatientPhase.Exchanging(RootSwap.settle(swap, outcome), e.tried());
  }

  private static String pointersKey(Restore head, Ward ward) {
    return "rf-" + head.mark() + "-w" + ward.number() + "-pointers";
  }

  private static String evidenceKey(Restore head, Patient patient) {
    return head.key(patient) + "-evidence";
  }
}
