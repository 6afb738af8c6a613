package dev.ringfence.restore;

import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sending;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what came of effects back into the phases that intended them; twice is harmless. */
final class Outcomes {
  private Outcomes() {}

  static Ward settle(Restore head, Ward ward, Map<String, Outcome> outcomes, Instant now) {
    Ward next = ward.eachPatient(patient -> settle(head, patient, outcomes));
    if (outcomes.get(Intents.pointersKey(head, ward)) instanceof Outcome.Done) {
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
          patient.in(examined(e, outcomes.get(Intents.evidenceKey(head, patient))));
      case PatientPhase.Replacing r ->
          r.task() == null && r.refused() == null
              ? patient.in(replacing(r, outcomes.get(head.key(patient))))
              : patient;
      case PatientPhase.Exchanging e -> patient.in(exchanged(e, outcomes));
      case PatientPhase.Weighing w -> patient;
      case PatientPhase.Waiting w -> patient;
      case PatientPhase.Reviving r -> patient;
      case PatientPhase.LeftAlone l -> patient;
      case PatientPhase.Held h -> patient;
      case PatientPhase.Proving p ->
          patient.in(tagged(p, outcomes.get(Intents.tagKey(head, patient))));
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

  /** A refusal is the last word on the tag too: the volume is there all the same. */
  private static PatientPhase tagged(PatientPhase.Proving p, @Nullable Outcome outcome) {
    return outcome == null || outcome instanceof Outcome.Unsettled
        ? p
        : new PatientPhase.Proving(p.since(), null);
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
    Outcome outcome =
        e.standstill().effect().map(effect -> outcomes.get(effect.key())).orElse(null);
    return outcome == null
        ? e
        : new PatientPhase.Exchanging(e.standstill().settle(outcome), e.tried());
  }
}
