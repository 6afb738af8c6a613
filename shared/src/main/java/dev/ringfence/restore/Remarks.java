package dev.ringfence.restore;

import dev.ringfence.operation.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the journal shall say of one decision. It lives for one call of {@code decide}. */
final class Remarks {
  private final Instant now;
  private final List<JournalEntry> journal = new ArrayList<>();

  Remarks(Instant now) {
    this.now = now;
  }

  List<JournalEntry> journal() {
    return journal;
  }

  void note(String what, String evidence) {
    journal.add(new JournalEntry(now, "beat", what, evidence));
  }

  /** The machine as a person has it from here on. */
  Patient person(Patient patient, String reason, String tried) {
    String all = patient.tried(tried);
    note(patient.machine() + " needs a person", reason + "; tried: " + all);
    return patient.in(new PatientPhase.NeedsPerson(now, reason, all));
  }

  /** Notes what a machine has come to, where that is news. */
  void moved(Patient before, Patient after) {
    String machine = after.machine();
    if (after.phase() instanceof PatientPhase.Exchanging exchanging
        && !(before.phase() instanceof PatientPhase.Exchanging)) {
      note(machine + " is stopped to exchange its root", exchanging.tried());
    }
    if (after.phase() instanceof PatientPhase.LeftAlone alone) {
      note(machine + " is left alone", alone.why());
    }
    if (after.phase() instanceof PatientPhase.Restored) {
      note(machine + " is restored", "proved its life after its root was replaced");
    }
  }
}
