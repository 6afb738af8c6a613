package dev.ringfence.restore;

import dev.ringfence.health.Standing;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import dev.ringfence.swap.Standstill;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Moves every machine of a restore on by what one beat saw. It lives for one call of {@code
 * decide}.
 */
final class Healing {
  private final Restore head;
  private final Sight sight;
  private final Instant now;
  private final Remarks remarks;
  private final Claiming claiming;
  private final Places places;

  Healing(Restore head, List<Ward> wards, Sight sight, Instant now) {
    this.head = head;
    this.sight = sight;
    this.now = now;
    this.remarks = new Remarks(now);
    this.claiming = new Claiming(head, sight);
    this.places = new Places(head, wards, now);
  }

  List<JournalEntry> journal() {
    return remarks.journal();
  }

  /** What it takes and gives back, and whether something was left to the next round. */
  Claiming claiming() {
    return claiming;
  }

  Ward advance(Ward ward) {
    List<Patient> next = new ArrayList<>();
    List<String> alive = new ArrayList<>();
    for (Patient patient : ward.patients()) {
      next.add(
          claiming.isRoomFor(patient)
              ? claiming.released(patient, advance(ward, patient, alive))
              : patient);
    }
    return new Recovery(head, sight, now).probe(ward.withPatients(next), alive);
  }

  private Patient advance(Ward ward, Patient patient, List<String> alive) {
    return switch (patient.phase()) {
      case PatientPhase.Waiting w -> begin(patient);
      case PatientPhase.Reviving r -> reviving(ward, patient, r, alive);
      case PatientPhase.Examining e -> enter(patient, e, replacement().examining(patient, e));
      case PatientPhase.Held h -> held(patient, h);
      case PatientPhase.Replacing r ->
          r.isUntouched() && comeback().showsLife(patient)
              ? revive(patient)
              : turn(patient, replacement().replacing(patient, r));
      case PatientPhase.Weighing w -> turn(patient, replacement().pathB().weighing(patient, w));
      case PatientPhase.Exchanging e ->
          e.isUntouched() && comeback().isUpWithItsRoot(patient)
              ? revive(patient)
              : turn(patient, replacement().pathB().stopping(patient, e, comeback()));
      case PatientPhase.Proving p ->
          turn(patient, new Recovery(head, sight, now).proving(ward, patient, p, alive));
      case PatientPhase.Restored r -> patient;
      case PatientPhase.LeftAlone l -> patient;
      case PatientPhase.NeedsPerson n -> patient;
    };
  }

  /** Whoever shows life again is not touched, and makes room for those who do not. */
  private Patient revive(Patient patient) {
    remarks.note(
        patient.machine() + " shows life again", "it is watched, and nothing is done to it");
    return moved(patient, patient.in(new PatientPhase.Reviving(now, now)));
  }

  private Patient reviving(
      Ward ward, Patient patient, PatientPhase.Reviving reviving, List<String> alive) {
    Replacement.Turn turn = comeback().reviving(ward, patient, reviving, alive);
    if (turn == null) {
      remarks.note(
          patient.machine() + " is silent again", "it showed life since " + reviving.since());
      return begin(patient.in(new PatientPhase.Waiting(null)));
    }
    return turn(patient, turn);
  }

  /** From looking at a machine to laying hands on its root, which nobody else may do meanwhile. */
  private Patient enter(Patient patient, PatientPhase.Examining examining, Replacement.Turn turn) {
    if (!(turn instanceof Replacement.Turn.On on) || !on.phase().isInHand()) {
      return turn(patient, turn);
    }
    Standing sign = comeback().sign(patient);
    if (sign instanceof Standing.Proven) {
      return revive(patient);
    }
    if (sign == null && now.isBefore(examining.since().plus(RestoreTempo.EXAMINATION))) {
      return patient;
    }
    Patient clean = Choice.clean(patient, on.phase(), sight);
    return Objects.equals(clean.point(), patient.point())
        ? take(patient, examining, on)
        : spoilt(patient, clean);
  }

  private Patient take(
      Patient patient, PatientPhase.Examining examining, Replacement.Turn.On turn) {
    return switch (claiming.take(patient)) {
      case Claiming.Answer.Ours o -> {
        remarks.note("laid hands on " + patient.machine(), examining.kept());
        yield turn(Choice.remembered(patient, turn.phase(), sight), turn);
      }
      case Claiming.Answer.Unknown u -> patient;
      case Claiming.Answer.Others others -> {
        remarks.note(patient.machine() + " waits", "it is being restored by " + others.holder());
        yield moved(patient, patient.in(new PatientPhase.Held(now, others.holder())));
      }
      case Claiming.Answer.Again again -> {
        String why = "it was restored from " + head.release() + " before, by " + again.earlier();
        yield moved(patient, remarks.person(patient, why, "nothing"));
      }
    };
  }

  /** A snapshot of what is quarantined brings that back, whoever made it and for what. */
  private Patient spoilt(Patient patient, Patient clean) {
    String why =
        "its restore point " + patient.pointName() + " was taken while it had what is quarantined";
    if (clean.point() == null || !head.consent().older()) {
      String other =
          clean.point() == null
              ? ", and there is no other"
              : "; the next older is " + clean.pointName();
      return moved(patient, remarks.person(patient, why + other, "nothing"));
    }
    remarks.note(patient.machine() + " goes back to " + clean.pointName(), why);
    return moved(patient, clean);
  }

  private Patient held(Patient patient, PatientPhase.Held held) {
    if (claiming.isFree(patient)) {
      return begin(patient);
    }
    return now.isBefore(held.since().plus(RestoreTempo.TURN))
        ? patient
        : remarks.person(patient, "it is being restored by " + held.holder(), "nothing");
  }

  /**
   * Nobody goes on with this restore: whoever is not back yet is a person's matter. A machine whose
   * root is being exchanged is given its old one first, as long as there is a clock that does it.
   */
  Ward giveUp(Ward ward, Request request) {
    String why = request.by() + ": " + request.evidence();
    return ward.eachPatient(patient -> claiming.released(patient, giveUp(patient, request, why)));
  }

  private Patient giveUp(Patient patient, Request request, String why) {
    if (patient.phase().isFinal()) {
      return patient;
    }
    if (patient.phase() instanceof PatientPhase.Exchanging e
        && request.wish() != Request.Wish.PERSON) {
      Standstill back = e.standstill().giveUp(why, now);
      return turn(
          patient,
          replacement().pathB().exchanging(patient, new PatientPhase.Exchanging(back, e.tried())));
    }
    return remarks.person(
        patient,
        why,
        "the restore from " + patient.pointName() + " was under way" + patient.phase().where());
  }

  private Patient begin(Patient patient) {
    Standing sign = comeback().sign(patient);
    if (sign instanceof Standing.Proven) {
      // Days may lie between the hurt and the halt; a living root is not thrown away for an old
      // snapshot.
      return revive(patient);
    }
    if (patient.point() == null) {
      String why =
          patient.isHybrid()
              ? "a hybrid node has no EBS snapshot to go back to"
              : "it has no restore point: its policy let it be updated without";
      return remarks.person(patient, why, "nothing");
    }
    if (!places.areLeft()) {
      return patient;
    }
    if (sign == null) {
      return new Unseen(remarks, now).waits(patient);
    }
    return moved(patient, patient.in(new PatientPhase.Examining(now, false, null, null)));
  }

  private Comeback comeback() {
    return new Comeback(head, sight, now);
  }

  private Replacement replacement() {
    return new Replacement(head, sight, now);
  }

  private Patient turn(Patient patient, Replacement.Turn turn) {
    Patient next =
        switch (turn) {
          case Replacement.Turn.On on -> patient.in(on.phase());
          case Replacement.Turn.Barren barren -> barren(patient, barren);
          case Replacement.Turn.Over over -> remarks.person(patient, over.reason(), over.tried());
        };
    remarks.moved(patient, next);
    return moved(patient, next);
  }

  private Patient barren(Patient patient, Replacement.Turn.Barren barren) {
    if (patient.older().isEmpty()) {
      return remarks.person(patient, barren.reason(), barren.tried());
    }
    RestorePoint next = patient.older().getFirst();
    String further = next.snapshot() + " of " + next.takenAt();
    if (!head.consent().older()) {
      // A person has agreed to what is lost since this restore point, not since an older one.
      return remarks.person(
          patient,
          barren.reason() + "; the next older restore point is " + further,
          barren.tried());
    }
    if (!places.areLeft() && !patient.phase().isUnderWay()) {
      return patient;
    }
    remarks.note(patient.machine() + " goes back further, to " + further, barren.reason());
    return patient.further(barren.tried() + ": " + barren.reason(), now);
  }

  private Patient moved(Patient before, Patient after) {
    places.moved(before.phase(), after.phase());
    return after;
  }
}
