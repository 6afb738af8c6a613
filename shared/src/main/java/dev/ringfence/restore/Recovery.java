package dev.ringfence.restore;

import dev.ringfence.health.Invocation;
import dev.ringfence.health.ProofOfLife;
import dev.ringfence.health.Standing;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.ProbeRhythm;
import dev.ringfence.operation.Sending;
import dev.ringfence.operation.Sight;
import dev.ringfence.release.VersionProbe.ReadBack;
import dev.ringfence.restore.Replacement.Turn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges whether a machine lives after its root was replaced, and asks what it runs. */
record Recovery(Restore head, Sight sight, Instant now) {

  /**
   * @param alive to which a machine is added that lives and has not said what it runs
   */
  Turn proving(Ward ward, Patient patient, PatientPhase.Proving proving, List<String> alive) {
    Instant deadline = proving.since().plus(head.proofWithin()).plus(RestoreTempo.COLD);
    ProofOfLife.Question question =
        new ProofOfLife.Question(
            patient.isHybrid(),
            proving.since(),
            deadline,
            false,
            false,
            patient.holds(),
            head.blamed());
    ReadBack answer = readBack(ward, patient, proving.since());
    Standing standing =
        ProofOfLife.judge(question, sight.vitals().get(patient.machine()), null, answer, now);
    String tried = "root replaced at " + proving.since() + " from " + patient.pointName();
    return switch (standing) {
      case Standing.Proven p -> believed(answer, tried);
      case Standing.Alive a when !now.isBefore(deadline.plus(ProofOfLife.READ_GRACE)) ->
          new Turn.Over("alive, but its version could not be read back", tried);
      case Standing.Alive a -> {
        alive.add(patient.machine());
        yield new Turn.On(proving);
      }
      case Standing.Waiting w -> patiently(proving, deadline, w.missing(), tried);
      case Standing.Stalled s ->
          patiently(proving, deadline, "its infrastructure fails: " + s.what(), tried);
      case Standing.Unchanged u -> unexpected(patient, u, answer, tried);
      case Standing.Dead d ->
          isOn(patient) ? new Turn.Barren(d.evidence(), tried) : new Turn.Over(d.evidence(), tried);
    };
  }

  /** It lives with what was wanted; that may have been quarantined since. */
  private Turn believed(@Nullable ReadBack answer, String tried) {
    String objection = answer == null ? null : head.objection(answer.version(), sight);
    return answer == null || objection == null
        ? new Turn.On(new PatientPhase.Restored(now))
        : new Turn.Barren("it runs " + answer.version() + ", which " + objection, tried);
  }

  /** It lives: only what no machine may be left with is a reason to throw this root away too. */
  private Turn unexpected(
      Patient patient, Standing.Unchanged found, @Nullable ReadBack answer, String tried) {
    return answer != null && head.objection(answer.version(), sight) != null
        ? new Turn.Barren(found.found() + ", which its restore point holds too", tried)
        : new Turn.Over(
            found.found() + ", and its restore point should hold " + patient.holds(), tried);
  }

  /** Whoever is off was switched off, which says nothing of its disk. */
  private boolean isOn(Patient patient) {
    Vitals vitals = sight.vitals().get(patient.machine());
    return vitals != null && vitals.ec2() != null && vitals.ec2().running();
  }

  private Turn patiently(
      PatientPhase.Proving proving, Instant deadline, String missing, String tried) {
    return now.isBefore(deadline.plus(RestoreTempo.INFRASTRUCTURE))
        ? new Turn.On(proving)
        : new Turn.Over(missing, tried);
  }

  /** Asks whoever lives what it runs; a restore waits for nobody else's answer. */
  Ward probe(Ward ward, List<String> alive) {
    String key = "rf-" + head.mark() + "-w" + ward.number() + "-read" + (ward.probes() + 1);
    return ProbeRhythm.isDueAtOnce(ward.probe(), ward.probes(), alive, now)
        ? ward.probing(Sending.intent(key, now, alive))
        : ward;
  }

  /** Whether machines of a ward have just been asked what they run. */
  static boolean isAsking(Ward ward, Instant now) {
    Sending probe = ward.probe();
    return probe != null
        && now.isBefore(probe.intended().plus(ProbeRhythm.DELIVERY))
        && ward.patients().stream()
            .filter(patient -> patient.phase() instanceof PatientPhase.Proving)
            .anyMatch(patient -> probe.machines().contains(patient.machine()));
  }

  /**
   * What it says it runs; null when it has not said so. A probe that others of the ward were asked
   * earlier says nothing of a root that was replaced since.
   *
   * @param since the earliest moment at which it may have been asked
   */
  @Nullable ReadBack readBack(Ward ward, Patient patient, Instant since) {
    Sending probe = ward.probe();
    Invocation answer =
        probe == null ? null : sight.invocation(probe.commandId(), patient.machine());
    return answer == null
            || answer.outcome() != Invocation.Outcome.SUCCESS
            || probe == null
            || probe.intended().isBefore(since)
        ? null
        : ReadBack.parse(answer.output()).orElse(null);
  }
}
