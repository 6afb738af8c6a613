package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.operation.Operation;
import dev.ringfence.restore.Patient;
import dev.ringfence.restore.PatientPhase;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.Ward;
import java.util.List;

/** How far a restore is. */
final class Restored {
  private Restored() {}

  /** How many machines of it are back. */
  static int count(Operation<Restore, Ward> restore) {
    return (int)
        patients(restore).stream()
            .filter(patient -> patient.phase() instanceof PatientPhase.Restored)
            .count();
  }

  static List<Patient> patients(Operation<Restore, Ward> restore) {
    return restore.parts().stream().flatMap(ward -> ward.patients().stream()).toList();
  }

  /** One restore as a row of a rollout's page. */
  static ObjectNode row(Operation<Restore, Ward> restore, Moments moments) {
    List<Patient> all = patients(restore);
    List<Patient> left =
        all.stream().filter(each -> each.phase() instanceof PatientPhase.NeedsPerson).toList();
    ObjectNode row = Json.object();
    row.put("id", restore.head().id());
    row.put("phase", restore.head().phaseName());
    row.put("orderedAt", moments.at(restore.head().orderedAt()));
    row.put("machines", all.size());
    row.put("restored", count(restore));
    row.put("underWay", all.stream().filter(each -> !each.phase().isFinal()).count());
    if (!left.isEmpty()) {
      row.set("needAPerson", Json.rows(left, Restored::person));
    }
    return row;
  }

  private static ObjectNode person(Patient patient) {
    ObjectNode row = Json.object().put("machine", patient.machine());
    if (patient.phase() instanceof PatientPhase.NeedsPerson person) {
      row.put("why", person.reason()).put("tried", person.tried());
    }
    return row;
  }
}
