package dev.ringfence.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.fleet.RootPath;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Operation;
import dev.ringfence.restore.Patient;
import dev.ringfence.restore.PatientPhase;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.Ward;
import java.util.List;
import java.util.Map;

/** Everything that an operator wants to know of one restore. */
final class RestorePage {
  private static final int JOURNAL_LINES = 12;

  private RestorePage() {}

  static ObjectNode of(
      Operation<Restore, Ward> restore,
      List<JournalEntry> journal,
      Map<String, String> sinceThen,
      String before,
      Moments moments) {
    Restore head = restore.head();
    List<Patient> patients = Restored.patients(restore);
    ObjectNode page = Json.answer(before + sentence(restore, patients));
    page.put("id", head.id());
    page.put("phase", head.phaseName());
    page.put("cause", head.cause());
    page.put("product", head.product());
    page.put("mustNotRun", head.blamed());
    page.put("orderedAt", moments.from(head.orderedAt()));
    page.put("eachMustProveItsLifeWithin", Moments.span(head.proofWithin()));
    page.set("machines", Json.rows(patients, patient -> row(patient, sinceThen, moments)));
    page.set("youCan", offers(head));
    ArrayNode lines = page.putArray("journal");
    journal.stream()
        .skip(Math.max(0, journal.size() - JOURNAL_LINES))
        .forEach(entry -> lines.add(Lines.of(entry, moments)));
    return page;
  }

  private static String sentence(Operation<Restore, Ward> restore, List<Patient> patients) {
    long person =
        patients.stream().filter(p -> p.phase() instanceof PatientPhase.NeedsPerson).count();
    return restore.head().id()
        + " is "
        + restore.head().phaseName()
        + ": "
        + Restored.count(restore)
        + " of "
        + patients.size()
        + " machines are restored, "
        + person
        + " need a person.";
  }

  private static ArrayNode offers(Restore head) {
    return Json.rows(List.of("status"), action -> Json.of("action", action, "id", head.id()));
  }

  private static ObjectNode row(Patient patient, Map<String, String> sinceThen, Moments moments) {
    ObjectNode row = Json.object().put("machine", patient.machine()).put("zone", patient.zone());
    String name = patient.phase().getClass().getSimpleName();
    row.put("is", name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT));
    if (patient.phase() instanceof PatientPhase.Restored done) {
      row.put("at", moments.at(done.at()));
    }
    if (patient.phase() instanceof PatientPhase.LeftAlone alone) {
      row.put("at", moments.at(alone.at())).put("why", alone.why());
    }
    if (patient.phase() instanceof PatientPhase.NeedsPerson person) {
      row.put("why", person.reason()).put("tried", person.tried());
      String later = sinceThen.get(patient.machine());
      row.put("sinceThen", later == null ? "no restore was begun for it" : later);
    }
    Agreement agreed = patient.agreed();
    if (agreed != null && agreed.path() == RootPath.B) {
      row.put("path", RootPath.B.words());
      agreed.volumes().forEach(one -> row.withArray("dataVolumes").add(one.device()));
    }
    if (patient.point() != null) {
      row.put("goesBackTo", patient.point().snapshot());
    }
    return row.put("seen", patient.why());
  }
}
