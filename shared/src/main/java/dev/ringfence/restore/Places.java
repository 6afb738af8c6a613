package dev.ringfence.restore;

import java.time.Instant;
import java.util.List;

/**
 * Whether another machine may be begun with: the policy says how many are restored at once, and EC2
 * how many roots can be asked for. It lives for one call of {@code decide}.
 */
final class Places {
  private final int atOnce;
  private final Instant now;
  private int underWay;
  private int ahead;

  Places(Restore head, List<Ward> wards, Instant now) {
    this.atOnce = head.atOnce();
    this.now = now;
    for (Ward ward : wards) {
      for (Patient patient : ward.patients()) {
        underWay += underWay(patient.phase());
        ahead += ahead(patient.phase());
      }
    }
  }

  boolean areLeft() {
    return underWay < atOnce && ahead < RestoreTempo.AHEAD_MAX;
  }

  void moved(PatientPhase before, PatientPhase after) {
    underWay += underWay(after) - underWay(before);
    ahead += ahead(after) - ahead(before);
  }

  private static int underWay(PatientPhase phase) {
    return phase.isUnderWay() ? 1 : 0;
  }

  /** 1 for who is still on the way to a new root being asked for, and not stuck on it, else 0. */
  private int ahead(PatientPhase phase) {
    boolean examined =
        phase instanceof PatientPhase.Examining e
            && now.isBefore(e.since().plus(RestoreTempo.LOOK));
    boolean unasked =
        phase instanceof PatientPhase.Replacing r && r.task() == null && r.refused() == null;
    return examined || unasked ? 1 : 0;
  }
}
