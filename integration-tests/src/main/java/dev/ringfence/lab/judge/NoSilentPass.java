package dev.ringfence.lab.judge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A ring passes only while its machines really live on the release. Silence is excused by nothing
 * but AWS's own failing checks, and not of as many machines as show their life.
 */
final class NoSilentPass implements Promises.Promise {
  @Override
  public Verdict judge(Run run) {
    List<String> breaches = new ArrayList<>();
    int rings = 0;
    int looks = 0;
    for (Observed.Passed passed : run.file().all(Observed.Passed.class).toList()) {
      rings++;
      looks += passed.proven().size() + passed.earlier().size();
      judge(passed, breaches);
    }
    String lookedAt = rings + " rings passed on " + looks + " machines that really lived";
    return Verdict.of(1, "no silent pass", breaches, lookedAt);
  }

  private static void judge(Observed.Passed passed, List<String> breaches) {
    String ring = passed.rollout().id() + " passed " + passed.ring() + " at " + passed.at();
    passed.undecided().forEach(machine -> breaches.add(ring + " with " + machine));
    int alive = 0;
    int excused = 0;
    for (Look look : passed.proven()) {
      Optional<String> objection = objection(look, passed);
      alive += objection.isEmpty() ? 1 : 0;
      excused += objection.isPresent() && look.hostFails() ? 1 : 0;
    }
    if (alive <= excused) {
      breaches.add(ring + " on " + alive + " proofs beside " + excused + " failing hosts");
    }
    List<Look> all = new ArrayList<>(passed.proven());
    all.addAll(passed.earlier());
    for (Look look : all) {
      objection(look, passed)
          .filter(objection -> !look.hostFails())
          .ifPresent(objection -> breaches.add(ring + " although " + objection));
    }
  }

  private static Optional<String> objection(Look look, Observed.Passed passed) {
    Duration silence = passed.rollout().policy().heartbeatSilence();
    return look.objection(passed.rollout().release().version(), silence, passed.at());
  }
}
