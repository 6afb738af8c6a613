package dev.ringfence.control;

import dev.ringfence.engine.Store;
import dev.ringfence.operation.Operation;
import dev.ringfence.restore.Patient;
import dev.ringfence.restore.PatientPhase;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.restore.Ward;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the machines that a restore left to a person: a later restore of the same machine
 * knows, be it that it was restored or that it proved its life after somebody had mended it.
 */
final class Aftermath {
  /** How many of a machine's operations are looked at: older ones are over. */
  private static final int POINTERS_MAX = 5;

  private final Store store;
  private final Moments moments;

  Aftermath(Store store, Moments moments) {
    this.store = store;
    this.moments = moments;
  }

  /** By machine, in words; who is as that restore left it is not in it. */
  Map<String, String> of(Operation<Restore, Ward> restore) {
    Map<String, String> since = new LinkedHashMap<>();
    Restored.patients(restore).stream()
        .filter(patient -> patient.phase() instanceof PatientPhase.NeedsPerson)
        .limit(Json.ROWS_MAX)
        .forEach(patient ->
            later(patient, restore.head()).ifPresent(words -> since.put(patient.machine(), words)));
    return since;
  }

  private Optional<String> later(Patient patient, Restore before) {
    return store.pointersOf(patient.machine()).stream()
        .limit(POINTERS_MAX)
        .filter(pointer -> pointer.at().isAfter(before.orderedAt()))
        .flatMap(pointer -> load(pointer.operation()).stream())
        .findFirst()
        .flatMap(restore ->
            Restored.patients(restore).stream()
                .filter(other -> other.machine().equals(patient.machine()))
                .findFirst()
                .map(other -> words(other.phase(), restore.head().id())));
  }

  private String words(PatientPhase phase, String id) {
    return switch (phase) {
      case PatientPhase.Restored r -> "restored by " + id + ", " + moments.from(r.at());
      case PatientPhase.LeftAlone l -> l.why() + " (" + id + ", " + moments.from(l.at()) + ")";
      case PatientPhase.NeedsPerson n -> "left to a person by " + id + " too: " + n.reason();
      case PatientPhase.Waiting w -> under(id);
      case PatientPhase.Reviving r -> under(id);
      case PatientPhase.Examining e -> under(id);
      case PatientPhase.Held h -> under(id);
      case PatientPhase.Replacing r -> under(id);
      case PatientPhase.Weighing w -> under(id);
      case PatientPhase.Exchanging e -> under(id);
      case PatientPhase.Proving p -> under(id);
    };
  }

  private static String under(String id) {
    return id + " is at it";
  }

  private Optional<Operation<Restore, Ward>> load(String id) {
    try {
      return store.load(RestoreCourse.FORM, id);
    } catch (IllegalStateException anotherKind) {
      // The machine's rollouts and drills point here too.
      return Optional.empty();
    }
  }
}
