package dev.ringfence.restore;

import java.time.Instant;

/** Not having looked is no evidence of death, so a root that may live is not thrown away. */
record Unseen(Remarks remarks, Instant now) {
  /** A machine whose turn has come and that this look did not see. */
  Patient waits(Patient patient) {
    if (patient.phase() instanceof PatientPhase.Held held) {
      return overdue(patient, held.since().plus(RestoreTempo.TURN));
    }
    Instant since =
        patient.phase() instanceof PatientPhase.Waiting waiting ? waiting.unseenSince() : null;
    return since == null
        ? patient.in(new PatientPhase.Waiting(now))
        : overdue(patient, since.plus(RestoreTempo.INFRASTRUCTURE));
  }

  private Patient overdue(Patient patient, Instant deadline) {
    return now.isBefore(deadline)
        ? patient
        : remarks.person(
            patient, "it could not be looked at, so nobody knows that it does not live", "nothing");
  }
}
