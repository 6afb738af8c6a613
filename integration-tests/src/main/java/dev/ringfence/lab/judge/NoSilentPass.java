package dev.ringfence.lab.judge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A ring passes only while its machines really live on the release. */
final class NoSilentPass implements Promises.Promise {
  @Override
  public Verdict judge(Run run) {
    List<String> breaches = new ArrayList<>();
    int rings = 0;
    int looks = 0;
    for (Observed.Passed passed : run.file().all(Observed.Passed.class).toList()) {
      rings++;
      looks += passed.proven().size();
      String ring = passed.rollout().id() + " passed " + passed.ring() + " at " + passed.at();
      if (passed.provenInRing() == 0) {
        breaches.add(ring + " on no proof at all");
      }
      passed.undecided().forEach(machine -> breaches.add(ring + " with " + machine));
      Duration silence = passed.rollout().policy().heartbeatSilence();
      String version = passed.rollout().release().version();
      for (Look look : passed.proven()) {
        look.objection(version, silence, passed.at())
            .ifPresent(objection -> breaches.add(ring + " although " + objection));
      }
    }
    String lookedAt = rings + " rings passed on " + looks + " machines that really lived";
    return Verdict.of(1, "no silent pass", breaches, lookedAt);
  }
}
