package dev.ringfence.restore;

import dev.ringfence.health.ProofOfLife;
import dev.ringfence.health.Standing;
import dev.ringfence.operation.Rig;
import dev.ringfence.operation.Sight;
import dev.ringfence.release.VersionProbe.ReadBack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a hurt machine that shows life before anything was done to it. What was written to its
 * root since the restore point is worth more than a root that is known, so whoever came back by
 * themselves are left alone; but a machine in a boot loop shows life too, again and again and for
 * minutes, so one sign of it is not enough.
 */
record Comeback(Restore head, Sight sight, Instant now) {
  /** Whether it shows life in this look; null when this look cannot tell. */
  @Nullable Standing sign(Patient patient) {
    return ProofOfLife.stillAlive(
        patient.isHybrid(),
        sight.vitals().get(patient.machine()),
        RestoreTempo.SILENCE,
        Instant.EPOCH,
        now);
  }

  boolean showsLife(Patient patient) {
    return sign(patient) instanceof Standing.Proven;
  }

  /** Who has no root may answer for a while, and needs one all the same. */
  boolean isUpWithItsRoot(Patient patient) {
    return hasItsRoot(patient) && showsLife(patient);
  }

  boolean hasItsRoot(Patient patient) {
    Rig rig = sight.rigs().get(patient.machine());
    return rig != null && rig.root() != null;
  }

  /** What becomes of a machine that is watched; null when it fell silent again. */
  Replacement.@Nullable Turn reviving(
      Ward ward, Patient patient, PatientPhase.Reviving reviving, List<String> alive) {
    Standing sign = sign(patient);
    boolean tooLong = !now.isBefore(reviving.first().plus(RestoreTempo.REVIVAL));
    if (tooLong) {
      return new Replacement.Turn.Over(
          "it shows life now and then, and not for long enough to be left alone", "nothing");
    }
    if (sign == null) {
      return new Replacement.Turn.On(reviving);
    }
    if (!(sign instanceof Standing.Proven)) {
      return null;
    }
    Instant steady = reviving.since().plus(RestoreTempo.STEADY);
    if (now.isBefore(steady)) {
      return new Replacement.Turn.On(reviving);
    }
    return steady(ward, patient, reviving, alive);
  }

  /** It showed life in every look for a while; what it runs says how long is long enough. */
  private Replacement.Turn steady(
      Ward ward, Patient patient, PatientPhase.Reviving reviving, List<String> alive) {
    Instant steady = reviving.since().plus(RestoreTempo.STEADY);
    ReadBack answer = new Recovery(head, sight, now).readBack(ward, patient, steady);
    if (answer == null && now.isBefore(steady.plus(ProofOfLife.READ_GRACE))) {
      alive.add(patient.machine());
      return new Replacement.Turn.On(reviving);
    }
    Instant booted = answer == null ? null : answer.booted();
    if (booted != null && booted.isAfter(reviving.since())) {
      // No look was quick enough to see it go down.
      return new Replacement.Turn.On(new PatientPhase.Reviving(reviving.first(), booted));
    }
    boolean good = answer != null && head.objection(answer.version(), sight) == null;
    Duration enough = good ? RestoreTempo.STEADY : asLongAsItTook(patient);
    return now.isBefore(reviving.since().plus(enough))
        ? new Replacement.Turn.On(reviving)
        : new Replacement.Turn.On(new PatientPhase.LeftAlone(now, words(reviving, answer, good)));
  }

  /** What may hurt it once more is survived only by who lives as long as it took the first time. */
  private Duration asLongAsItTook(Patient patient) {
    Instant exposed = patient.exposed();
    Duration took =
        exposed == null ? RestoreTempo.OUTLIVED_MAX : Duration.between(exposed, head.orderedAt());
    Duration most =
        took.compareTo(RestoreTempo.OUTLIVED_MAX) < 0 ? took : RestoreTempo.OUTLIVED_MAX;
    return most.compareTo(RestoreTempo.STEADY) < 0 ? RestoreTempo.STEADY : most;
  }

  private static String words(
      PatientPhase.Reviving reviving, @Nullable ReadBack answer, boolean good) {
    String lives = "it lives again since " + reviving.since() + ", so nothing was replaced, and ";
    if (answer == null) {
      return lives + "its version could not be read back";
    }
    return lives + (good ? "runs " : "still runs ") + answer.version();
  }
}
