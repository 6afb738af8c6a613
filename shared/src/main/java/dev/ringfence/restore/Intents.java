package dev.ringfence.restore;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.ProbeRhythm;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sending;
import java.util.Optional;

/** The effects whose intents a restore's phases carry, and their keys. */
final class Intents {
  private Intents() {}

  static Optional<Effect> open(Restore head, Patient patient) {
    RestorePoint point = patient.point();
    return switch (patient.phase()) {
      case PatientPhase.Examining e ->
          e.evidence() == null
              ? Optional.of(
                  new MachineEffect.CaptureEvidence(
                      evidenceKey(head, patient),
                      e.since(),
                      e.tried(),
                      patient.machine(),
                      head.evidence(patient)))
              : Optional.empty();
      case PatientPhase.Replacing r ->
          r.task() == null && r.refused() == null && point != null
              ? Optional.of(replace(head, patient, r, point))
              : Optional.empty();
      case PatientPhase.Exchanging e -> e.standstill().effect().map(Effect.class::cast);
      case PatientPhase.Weighing w -> Optional.empty();
      case PatientPhase.Waiting w -> Optional.empty();
      case PatientPhase.Reviving r -> Optional.empty();
      case PatientPhase.LeftAlone l -> Optional.empty();
      case PatientPhase.Held h -> Optional.empty();
      case PatientPhase.Proving p ->
          Optional.ofNullable(p.old()).map(old -> tag(head, patient, p, old));
      case PatientPhase.Restored r -> Optional.empty();
      case PatientPhase.NeedsPerson n -> Optional.empty();
    };
  }

  /** EC2's own replacement leaves the old root loose and says nothing on it. */
  private static Effect tag(
      Restore head, Patient patient, PatientPhase.Proving proving, String old) {
    return new MachineEffect.TagVolume(
        tagKey(head, patient),
        proving.since(),
        false,
        patient.machine(),
        old,
        head.oldTags(patient, proving.since()));
  }

  private static Effect replace(
      Restore head, Patient patient, PatientPhase.Replacing replacing, RestorePoint point) {
    return new Effect.ReplaceRoot(
        head.key(patient),
        replacing.since(),
        replacing.tried(),
        patient.machine(),
        point.snapshot(),
        head.tags(patient));
  }

  static Effect readVersions(Restore head, Sending probe) {
    return new Effect.SendCommand(
        probe.key(),
        probe.intended(),
        probe.tries(),
        Effect.SendCommand.Purpose.READ_VERSION,
        probe.machines(),
        head.probe().document(),
        head.probe().parameters(),
        ProbeRhythm.DELIVERY);
  }

  static String pointersKey(Restore head, Ward ward) {
    return "rf-" + head.mark() + "-w" + ward.number() + "-pointers";
  }

  static String tagKey(Restore head, Patient patient) {
    return head.key(patient) + "-tagold";
  }

  static String evidenceKey(Restore head, Patient patient) {
    return head.key(patient) + "-evidence";
  }
}
