package dev.ringfence.restore;

import dev.ringfence.health.ProofOfLife;
import dev.ringfence.health.Standing;
import dev.ringfence.operation.Claim;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import dev.ringfence.swap.RootSwap;
import dev.ringfence.swap.Swap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves every machine of a restore on by what one beat saw. It lives for one call of {@code
 * decide}.
 */
final class Healing {
  private final Restore head;
  private final Sight sight;
  private final Instant now;
  private final List<JournalEntry> journal = new ArrayList<>();
  private final Claiming claiming;
  private final Places places;

  Healing(Restore head, List<Ward> wards, Sight sight, Instant now) {
    this.head = head;
    this.sight = sight;
    this.now = now;
    this.claiming = new Claiming(head, sight);
    this.places = new Places(head, wards, now);
  }

  List<JournalEntry> journal() {
    return journal;
  }

  List<Claim> claims() {
    return claiming.claims();
  }

  /** Whether something was left to the next round, since one commit takes no more. */
  boolean isPostponed() {
    return claiming.isPostponed();
  }

  /** Leaves a ward to the next round, when others have filled this one's commit. */
  Ward postpone(Ward ward) {
    claiming.postpone();
    return ward;
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
      case PatientPhase.Examining e -> enter(patient, e, replacement().examining(patient, e));
      case PatientPhase.Held h -> held(patient, h);
      case PatientPhase.Replacing r -> turn(patient, replacement().replacing(patient, r));
      case PatientPhase.Exchanging e -> turn(patient, replacement().exchanging(patient, e));
      case PatientPhase.Proving p ->
          turn(patient, new Recovery(head, sight, now).proving(ward, patient, p, alive));
      case PatientPhase.Restored r -> patient;
      case PatientPhase.NeedsPerson n -> patient;
    };
  }

  /** From looking at a machine to laying hands on its root, which nobody else may do meanwhile. */
  private Patient enter(Patient patient, PatientPhase.Examining examining, Replacement.Turn turn) {
    if (!(turn instanceof Replacement.Turn.On on) || !on.phase().isInHand()) {
      return turn(patient, turn);
    }
    return switch (claiming.take(patient)) {
      case Claiming.Answer.Ours o -> {
        note("laid hands on " + patient.machine(), examining.kept());
        yield turn(Choice.remembered(patient, on.phase(), sight), turn);
      }
      case Claiming.Answer.Unknown u -> patient;
      case Claiming.Answer.Others others -> {
        note(patient.machine() + " waits", "it is being restored by " + others.holder());
        yield moved(patient, patient.in(new PatientPhase.Held(now, others.holder())));
      }
      case Claiming.Answer.Again again -> {
        String why = "it was restored from " + head.release() + " before, by " + again.earlier();
        yield moved(patient, needsPerson(patient, why, "nothing"));
      }
    };
  }

  private Patient held(Patient patient, PatientPhase.Held held) {
    if (claiming.isFree(patient)) {
      return begin(patient);
    }
    return now.isBefore(held.since().plus(RestoreTempo.TURN))
        ? patient
        : needsPerson(patient, "it is being restored by " + held.holder(), "nothing");
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
      Swap back = RootSwap.giveUp(e.swap(), why, now);
      return turn(
          patient, replacement().exchanging(patient, new PatientPhase.Exchanging(back, e.tried())));
    }
    return needsPerson(
        patient, why, "the restore from " + patient.pointName() + " was under way" + at(patient));
  }

  private static String at(Patient patient) {
    if (!(patient.phase() instanceof PatientPhase.Exchanging exchanging)) {
      return "";
    }
    Swap.Doing doing = exchanging.swap().doing();
    return ", with its root being exchanged"
        + (doing == null ? "" : ": " + doing.step().words())
        + "; its old root is "
        + exchanging.swap().order().oldRoot();
  }

  private Patient begin(Patient patient) {
    if (patient.point() == null) {
      String why =
          patient.isHybrid()
              ? "a hybrid node has no EBS snapshot to go back to"
              : "it has no restore point: its policy let it be updated without";
      return needsPerson(patient, why, "nothing");
    }
    if (!places.areLeft()) {
      return patient;
    }
    Standing sign =
        ProofOfLife.stillAlive(
            patient.isHybrid(),
            sight.vitals().get(patient.machine()),
            RestoreTempo.SILENCE,
            Instant.EPOCH,
            now);
    if (sign == null) {
      return unseen(patient);
    }
    if (sign instanceof Standing.Proven) {
      // Days may lie between the hurt and the halt; a living root is not thrown away for an old
      // snapshot.
      return needsPerson(patient, "it shows life again, so nothing was replaced", "nothing");
    }
    return moved(patient, patient.in(new PatientPhase.Examining(now, false, null, null)));
  }

  /** Not having looked is no evidence of death, so a root that may live is not thrown away. */
  private Patient unseen(Patient patient) {
    if (patient.phase() instanceof PatientPhase.Held held) {
      return overdue(patient, held.since().plus(RestoreTempo.TURN));
    }
    Instant since =
        patient.phase() instanceof PatientPhase.Waiting waiting ? waiting.unseenSince() : null;
    return since == null
        ? moved(patient, patient.in(new PatientPhase.Waiting(now)))
        : overdue(patient, since.plus(RestoreTempo.INFRASTRUCTURE));
  }

  private Patient overdue(Patient patient, Instant deadline) {
    return now.isBefore(deadline)
        ? patient
        : needsPerson(
            patient, "it could not be looked at, so nobody knows that it does not live", "nothing");
  }

  private Replacement replacement() {
    return new Replacement(head, sight, now);
  }

  private Patient turn(Patient patient, Replacement.Turn turn) {
    Patient next =
        switch (turn) {
          case Replacement.Turn.On on -> patient.in(on.phase());
          case Replacement.Turn.Barren barren -> barren(patient, barren);
          case Replacement.Turn.Over over -> needsPerson(patient, over.reason(), over.tried());
        };
    if (next.phase() instanceof PatientPhase.Exchanging exchanging
        && !(patient.phase() instanceof PatientPhase.Exchanging)) {
      note(patient.machine() + " is stopped to exchange its root", exchanging.tried());
    }
    if (next.phase() instanceof PatientPhase.Restored) {
      note(patient.machine() + " is restored", "proved its life after its root was replaced");
    }
    return moved(patient, next);
  }

  private Patient barren(Patient patient, Replacement.Turn.Barren barren) {
    if (patient.older().isEmpty()) {
      return needsPerson(patient, barren.reason(), barren.tried());
    }
    RestorePoint next = patient.older().getFirst();
    String further = next.snapshot() + " of " + next.takenAt();
    if (!head.automatic()) {
      // A person has agreed to what is lost since this restore point, not since an older one.
      return needsPerson(
          patient,
          barren.reason() + "; the next older restore point is " + further,
          barren.tried());
    }
    if (!places.areLeft() && !patient.phase().isUnderWay()) {
      return patient;
    }
    note(patient.machine() + " goes back further, to " + further, barren.reason());
    return patient.further(barren.tried() + ": " + barren.reason(), now);
  }

  private Patient moved(Patient before, Patient after) {
    places.moved(before.phase(), after.phase());
    return after;
  }

  private Patient needsPerson(Patient patient, String reason, String tried) {
    String all = patient.tried(tried);
    note(patient.machine() + " needs a person", reason + "; tried: " + all);
    return patient.in(new PatientPhase.NeedsPerson(now, reason, all));
  }

  private void note(String what, String evidence) {
    journal.add(new JournalEntry(now, "beat", what, evidence));
  }
}
