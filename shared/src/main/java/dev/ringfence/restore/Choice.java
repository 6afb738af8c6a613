package dev.ringfence.restore;

import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which restore points a machine may go back to, one after the other. */
final class Choice {
  /**
   * How many are tried: what two older disks could not mend is not a matter of the disk, and each
   * loses more of what was written since.
   */
  static final int POINTS_MAX = 3;

  private Choice() {}

  /**
   * A machine whose root is about to be replaced for the first time, with what is left to try; its
   * restore points are those of the root that it has now. One that was taken while a quarantined
   * release was on the machine is not among them, be it the one that it was handed over with.
   */
  static Patient remembered(Patient patient, PatientPhase next, Sight sight) {
    RestorePoint first = patient.point();
    String root = root(next);
    if (first == null || root == null || patient.attempt() > 1) {
      return patient;
    }
    List<RestorePoint> past = new ArrayList<>(sight.past().getOrDefault(root, List.of()));
    past.removeIf(point -> sight.spoiling(patient.machine(), point) != null);
    return patient.withOlder(olderThan(first, patient.exposed(), past));
  }

  /**
   * The machine with the newest restore point that has nothing quarantined on it and is not younger
   * than the one that it was handed over with; with none when there is none.
   */
  static Patient clean(Patient patient, PatientPhase next, Sight sight) {
    RestorePoint first = patient.point();
    if (first == null || sight.spoiling(patient.machine(), first) == null) {
      return patient;
    }
    String root = root(next);
    List<RestorePoint> past =
        new ArrayList<>(root == null ? List.of() : sight.past().getOrDefault(root, List.of()));
    past.removeIf(point -> sight.spoiling(patient.machine(), point) != null);
    return patient.withPoint(
        olderThan(first, patient.exposed(), past).stream().findFirst().orElse(null));
  }

  private static @Nullable String root(PatientPhase next) {
    if (next instanceof PatientPhase.Exchanging exchanging) {
      return exchanging.standstill().last().oldVolume();
    }
    if (next instanceof PatientPhase.Weighing weighing) {
      return weighing.body().root();
    }
    Body body = next instanceof PatientPhase.Replacing replacing ? replacing.body() : null;
    return body == null ? null : body.root();
  }

  /**
   * What is left to try when the first did not bring the machine back.
   *
   * @param first the newest that is older than the machine's exposure
   * @param exposed when the blamed release was first given to the machine; null when that is not
   *     known, and then only what is older than the first counts
   * @param past all restore points of the machine's root, completed and at hand, in any order
   * @return the newest first, at most one fewer than {@value #POINTS_MAX}
   */
  static List<RestorePoint> olderThan(
      RestorePoint first, @Nullable Instant exposed, List<RestorePoint> past) {
    return past.stream()
        .filter(point -> point.takenAt().isBefore(first.takenAt()))
        .filter(point -> exposed == null || point.takenAt().isBefore(exposed))
        .sorted(Comparator.comparing(RestorePoint::takenAt).reversed())
        .distinct()
        .limit(POINTS_MAX - 1)
        .toList();
  }
}
