package dev.ringfence.restore;

import dev.ringfence.health.Invocation;
import dev.ringfence.health.ProofOfLife;
import dev.ringfence.health.Standing;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.ProbeRhythm;
import dev.ringfence.operation.Request;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Sight;
import dev.ringfence.release.VersionProbe.ReadBack;
import dev.ringfence.swap.RootSwap;
import dev.ringfence.swap.Swap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves every machine of a restore on by what one beat saw. It lives for one call of {@code
 * decide}.
 */
final class Healing {
  private final Restore head;
  private final Sight sight;
  private final Instant now;
  private final List<JournalEntry> journal = new ArrayList<>();
  private int underWay;

  Healing(Restore head, List<Ward> wards, Sight sight, Instant now) {
    this.head = head;
    this.sight = sight;
    this.now = now;
    this.underWay =
        (int)
            wards.stream()
                .flatMap(ward -> ward.patients().stream())
                .filter(patient -> patient.phase().isUnderWay())
                .count();
  }

  List<JournalEntry> journal() {
    return journal;
  }

  Ward advance(Ward ward) {
    List<Patient> next = new ArrayList<>();
    List<String> alive = new ArrayList<>();
    for (Patient patient : ward.patients()) {
      next.add(
          switch (patient.phase()) {
            case PatientPhase.Waiting w -> begin(patient);
            case PatientPhase.Examining e -> turn(patient, replacement().examining(patient, e));
            case PatientPhase.Replacing r -> turn(patient, replacement().replacing(patient, r));
            case PatientPhase.Exchanging e -> turn(patient, replacement().exchanging(patient, e));
            case PatientPhase.Proving p -> proving(ward, patient, p, alive);
            case PatientPhase.Restored r -> patient;
            case PatientPhase.NeedsPerson n -> patient;
          });
    }
    return probe(ward.withPatients(next), alive);
  }

  /**
   * Nobody goes on with this restore: whoever is not back yet is a person's matter. A machine whose
   * root is being exchanged is given its old one first, as long as there is a clock that does it.
   */
  Ward giveUp(Ward ward, Request request) {
    String why = request.by() + ": " + request.evidence();
    return ward.eachPatient(patient -> {
      if (patient.phase().isFinal()) {
        return patient;
      }
      if (patient.phase() instanceof PatientPhase.Exchanging e
          && request.wish() != Request.Wish.PERSON) {
        Swap back = RootSwap.giveUp(e.swap(), why, now);
        return turn(
            patient,
            replacement().exchanging(patient, new PatientPhase.Exchanging(back, e.tried())));
      }
      return needsPerson(
          patient, why, "the restore from " + point(patient) + " was under way" + at(patient));
    });
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
    if (underWay >= head.atOnce()) {
      return patient;
    }
    Standing sign =
        ProofOfLife.stillAlive(
            patient.isHybrid(),
            sight.vitals().get(patient.machine()),
            RestoreTempo.SILENCE,
            Instant.EPOCH,
            now);
    if (sign instanceof Standing.Proven) {
      // Days may lie between the hurt and the halt; a living root is not thrown away for an old
      // snapshot.
      return needsPerson(patient, "it shows life again, so nothing was replaced", "nothing");
    }
    underWay++;
    return patient.in(new PatientPhase.Examining(now, false, null, null));
  }

  private Replacement replacement() {
    return new Replacement(head, sight, now);
  }

  private Patient turn(Patient patient, Replacement.Turn turn) {
    Patient next =
        switch (turn) {
          case Replacement.Turn.On on -> patient.in(on.phase());
          case Replacement.Turn.Over over -> needsPerson(patient, over.reason(), over.tried());
        };
    if (next.phase() instanceof PatientPhase.Exchanging exchanging
        && !(patient.phase() instanceof PatientPhase.Exchanging)) {
      note(patient.machine() + " is stopped to exchange its root", exchanging.tried());
    }
    underWay -= next.phase().isUnderWay() ? 0 : 1;
    return next;
  }

  private Patient proving(
      Ward ward, Patient patient, PatientPhase.Proving proving, List<String> alive) {
    Instant deadline = proving.since().plus(head.proofWithin());
    ProofOfLife.Question question =
        new ProofOfLife.Question(
            patient.isHybrid(), proving.since(), deadline, false, false, null, head.blamed());
    Standing standing =
        ProofOfLife.judge(
            question, sight.vitals().get(patient.machine()), null, readBack(ward, patient), now);
    String tried = "root replaced at " + proving.since() + " from " + point(patient);
    return switch (standing) {
      case Standing.Proven p -> restored(patient);
      case Standing.Alive a when !now.isBefore(deadline.plus(ProofOfLife.READ_GRACE)) ->
          needsPerson(patient, "alive, but its version could not be read back", tried);
      case Standing.Alive a -> {
        alive.add(patient.machine());
        yield patient;
      }
      case Standing.Waiting w ->
          now.isBefore(deadline.plus(RestoreTempo.INFRASTRUCTURE))
              ? patient
              : needsPerson(patient, w.missing(), tried);
      case Standing.Stalled s ->
          now.isBefore(deadline.plus(RestoreTempo.INFRASTRUCTURE))
              ? patient
              : needsPerson(patient, "its infrastructure fails: " + s.what(), tried);
      case Standing.Unchanged u -> needsPerson(patient, u.found(), tried);
      case Standing.Dead d -> needsPerson(patient, d.evidence(), tried);
    };
  }

  private Patient restored(Patient patient) {
    note(patient.machine() + " is restored", "proved its life after its root was replaced");
    return patient.in(new PatientPhase.Restored(now));
  }

  private Patient needsPerson(Patient patient, String reason, String tried) {
    note(patient.machine() + " needs a person", reason + "; tried: " + tried);
    return patient.in(new PatientPhase.NeedsPerson(now, reason, tried));
  }

  private Ward probe(Ward ward, List<String> alive) {
    List<Instant> since =
        ward.patients().stream()
            .map(Patient::phase)
            .filter(PatientPhase.Proving.class::isInstance)
            .map(phase -> ((PatientPhase.Proving) phase).since())
            .sorted()
            .toList();
    boolean due =
        !since.isEmpty()
            && ProbeRhythm.isDue(
                ward.probe(), ward.probes(), alive, since.size(), since.getFirst(), now);
    String key = "rf-" + head.mark() + "-w" + ward.number() + "-read" + (ward.probes() + 1);
    return due ? ward.probing(Sending.intent(key, now, alive)) : ward;
  }

  private @Nullable ReadBack readBack(Ward ward, Patient patient) {
    Sending probe = ward.probe();
    Invocation answer =
        probe == null ? null : sight.invocation(probe.commandId(), patient.machine());
    return answer == null
            || answer.outcome() != Invocation.Outcome.SUCCESS
            || !patientWasChangedBefore(patient, probe)
        ? null
        : ReadBack.parse(answer.output()).orElse(null);
  }

  /**
   * A probe that others of the ward were asked earlier says nothing of a root that was replaced
   * since.
   */
  private static boolean patientWasChangedBefore(Patient patient, @Nullable Sending probe) {
    return probe != null
        && patient.phase() instanceof PatientPhase.Proving proving
        && !probe.intended().isBefore(proving.since());
  }

  private static String point(Patient patient) {
    return patient.point() == null ? "nothing" : patient.point().snapshot();
  }

  private void note(String what, String evidence) {
    journal.add(new JournalEntry(now, "beat", what, evidence));
  }
}
