package dev.ringfence.lab.story;

import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.restore.Patient;
import dev.ringfence.restore.PatientPhase;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * How fast everybody came back after everybody was hurt at once, beside how fast it could have
 * been.
 *
 * <p>The bound is what a caller would need that loses no time at all: it asks EC2 for each root as
 * soon as the bucket of CreateReplaceRootVolumeTask has a token and the policy has a place, in the
 * order in which it was asked in the run, and knows that a machine lives in the instant in which it
 * does. How long each machine took from the request until its system was up is taken from the run.
 */
final class StormAccount {
  /**
   * "Request throttling for the Amazon EC2 API": actions without a bucket of their own, 50 at once.
   */
  private static final int BURST = 50;

  /** The same page: and 5 a second. */
  private static final int PER_SECOND = 5;

  private static final double SECONDS_PER_MINUTE = 60;
  private static final double HUNDRED = 100;

  private StormAccount() {}

  static Report.Storm of(Lab lab, Instant stormAt) {
    List<Restore> restores = lab.look().recent(RestoreCourse.FORM);
    List<Patient> patients = restores.stream().flatMap(head -> patients(lab, head)).toList();
    List<Instant> restored = new ArrayList<>();
    for (Patient patient : patients) {
      if (patient.phase() instanceof PatientPhase.Restored back) {
        restored.add(back.at());
      }
    }
    Instant ordered =
        restores.stream().map(Restore::orderedAt).min(Instant::compareTo).orElse(stormAt);
    Instant last = restored.stream().max(Instant::compareTo).orElse(ordered);
    int atOnce = restores.stream().mapToInt(Restore::atOnce).max().orElse(1);
    Duration bound = bound(lab, lab.rootsAsked(), atOnce);
    Duration took = Duration.between(ordered, last);
    return new Report.Storm(
        patients.size(),
        restored.size(),
        minutes(Duration.between(stormAt, ordered)),
        minutes(took),
        minutes(bound),
        bound.isZero() ? 0 : rounded((double) took.toMillis() / bound.toMillis()),
        lab.cloud().throttles().refused(),
        ("%d roots at once and %d a second, at most %d under way, and each machine's own way from"
                + " that request until its system was up")
            .formatted(BURST, PER_SECOND, atOnce));
  }

  private static Stream<Patient> patients(Lab lab, Restore head) {
    return lab.look().load(RestoreCourse.FORM, head.id()).orElseThrow().parts().stream()
        .flatMap(ward -> ward.patients().stream());
  }

  private static Duration bound(Lab lab, Map<String, Instant> asked, int atOnce) {
    PriorityQueue<Duration> underWay = new PriorityQueue<>();
    Duration end = Duration.ZERO;
    int number = 0;
    for (Map.Entry<String, Instant> one : asked.entrySet()) {
      Machine machine = Objects.requireNonNull(lab.cloud().fleet().find(one.getKey()));
      Duration token =
          Duration.ofSeconds(1).multipliedBy(Math.max(0, ++number - BURST)).dividedBy(PER_SECOND);
      Duration place = underWay.size() < atOnce ? Duration.ZERO : underWay.remove();
      Duration begin = token.compareTo(place) > 0 ? token : place;
      Duration lives = begin.plus(Duration.between(one.getValue(), machine.conditionSince()));
      underWay.add(lives);
      end = lives.compareTo(end) > 0 ? lives : end;
    }
    return end;
  }

  private static double minutes(Duration time) {
    return rounded(time.toMillis() / (SECONDS_PER_MINUTE * 1000));
  }

  private static double rounded(double value) {
    return Math.round(value * HUNDRED) / HUNDRED;
  }
}
