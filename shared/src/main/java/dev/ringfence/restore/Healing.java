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
                .filter(patient -> patient.phase() instanceof PatientPhase.Replacing)
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
            case PatientPhase.Replacing r -> replacing(patient, r);
            case PatientPhase.Proving p -> proving(ward, patient, p, alive);
            case PatientPhase.Restored r -> patient;
            case PatientPhase.NeedsPerson n -> patient;
          });
    }
    return probe(ward.withPatients(next), alive);
  }

  /** Nobody goes on with this restore: whoever is not back yet is a person's matter. */
  Ward giveUp(Ward ward, Request request) {
    return ward.eachPatient(patient ->
        patient.phase().isFinal()
            ? patient
            : needsPerson(
                patient,
                request.by() + ": " + request.evidence(),
                "the restore from " + point(patient) + " was under way"));
  }

  private Patient begin(Patient patient) {
    if (patient.point() == null) {
      String why =
          patient.isHybrid()
              ? "a hybrid node has no EBS snapshot to go back to"
              : "it has no restore point: its policy let it be updated without";
      return needsPerson(patient, why, "nothing");
    }
    if (underWay >= RestoreTempo.UNDER_WAY) {
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
    return patient.in(new PatientPhase.Replacing(now, false, null));
  }

  private Patient replacing(Patient patient, PatientPhase.Replacing replacing) {
    Sight.Replacement seen =
        replacing.task() == null ? null : sight.replacements().get(replacing.task());
    Sight.Progress progress = seen == null ? Sight.Progress.UNDER_WAY : seen.progress();
    String tried = "root replacement " + replacing.task() + " from " + point(patient);
    return switch (progress) {
      case SUCCEEDED -> {
        underWay--;
        Instant ended = seen == null || seen.ended() == null ? now : seen.ended();
        yield patient.in(new PatientPhase.Proving(ended));
      }
      case FAILED ->
          needsPerson(patient, "the replacement failed, the old root is attached", tried);
      case FAILED_DETACHED ->
          needsPerson(patient, "the replacement failed and left the machine without a root", tried);
      case UNDER_WAY ->
          now.isBefore(replacing.since().plus(RestoreTempo.REPLACEMENT))
              ? patient
              : needsPerson(patient, "the replacement did not end in time", tried);
    };
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
