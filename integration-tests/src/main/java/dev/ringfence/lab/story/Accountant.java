package dev.ringfence.lab.story;

import dev.ringfence.functions.record.Units;
import dev.ringfence.lab.judge.Verdict;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.operation.Operation;
import dev.ringfence.restore.Patient;
import dev.ringfence.restore.PatientPhase;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.RestoreCourse;
import dev.ringfence.restore.Ward;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import dev.ringfence.rollout.RolloutPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds up what a story came to. */
final class Accountant {
  private static final double SECONDS_PER_MINUTE = 60;

  private final Lab lab;
  private final StoryInput input;
  private final List<Instant> alarms;
  private final @Nullable Instant stormAt;
  private final Map<String, Long> calls;
  private final Units.Tally units;

  Accountant(Lab lab, StoryInput input, List<Instant> alarms, @Nullable Instant stormAt) {
    this.lab = lab;
    this.input = input;
    this.alarms = alarms;
    this.stormAt = stormAt;
    this.calls = new TreeMap<>(lab.calls().calls());
    this.units = lab.units().tally();
  }

  /**
   * A release that was told.
   *
   * @param prologue whether it is the good one that goes before
   */
  record Published(String rollout, String version, Instant at, boolean prologue) {}

  Report report(List<Published> published, boolean forgedRefused) {
    List<Report.Told> releases = new ArrayList<>();
    int updates = 0;
    for (Published each : published) {
      Operation<Rollout, Batch> rollout = rollout(each);
      Report.Told told = told(each, rollout);
      releases.add(told);
      updates += told.updated();
    }
    List<Report.Promise> promises = promises(forgedRefused, rollout(published.getLast()), releases);
    boolean kept = promises.stream().allMatch(Report.Promise::held);
    long total = calls.values().stream().mapToLong(Long::longValue).sum();
    return new Report(
        input.scenario().title(),
        input.scenario().sentence(),
        input.seed(),
        input.machines(),
        releases,
        harm(published),
        DrillAccount.of(lab),
        stormAt == null ? null : StormAccount.of(lab, stormAt),
        calls,
        total,
        new Report.Dynamo(
            units.readUnits(),
            units.writeUnits(),
            updates == 0 ? 0 : rounded(units.writeUnits() / updates)),
        promises,
        kept);
  }

  private List<Report.Promise> promises(
      boolean forgedRefused, Operation<Rollout, Batch> last, List<Report.Told> releases) {
    List<Report.Promise> promises = new ArrayList<>();
    for (Verdict verdict : lab.judged()) {
      promises.add(
          new Report.Promise(
              verdict.promise(), verdict.title(), verdict.held(), verdict.evidence()));
    }
    promises.add(
        new Report.Promise(8, "a release with a forged signature is refused", forgedRefused, ""));
    String ending = last.head().phaseName();
    promises.add(
        new Report.Promise(
            0,
            "the story ends as it should",
            input.release() != null || input.scenario().mayEndIn(ending),
            ending));
    if (input.scenario() == Scenario.DRILL) {
      promises.add(DrillAccount.promise(lab, releases.getLast()));
    }
    return promises;
  }

  private Operation<Rollout, Batch> rollout(Published published) {
    return lab.look().load(RolloutCourse.FORM, published.rollout()).orElseThrow();
  }

  private static Report.Told told(Published published, Operation<Rollout, Batch> rollout) {
    RolloutPhase phase = rollout.head().phase();
    List<Report.RingTold> rings =
        RingCount.of(rollout).stream()
            .map(ring ->
                new Report.RingTold(
                    ring.ring(), ring.machines(), ring.proven(), ring.hurt(), ring.undelivered()))
            .toList();
    int updated = rings.stream().mapToInt(Report.RingTold::proven).sum();
    return new Report.Told(
        published.rollout(),
        published.version(),
        rollout.head().phaseName(),
        reason(phase),
        minutes(published.at(), ended(phase)),
        updated,
        rings,
        rollout.head().plan() == null ? Map.of() : rollout.head().plan().leftOut());
  }

  private static String reason(RolloutPhase phase) {
    return switch (phase) {
      case RolloutPhase.Halted halted -> halted.reason().sentence();
      case RolloutPhase.NeedsPerson person -> person.reason();
      case RolloutPhase.Dropped dropped -> dropped.reason();
      case RolloutPhase.Halting halting -> halting.reason().sentence();
      case RolloutPhase.Aftercare aftercare -> aftercare.reason().sentence();
      case RolloutPhase.Ending e -> "";
      case RolloutPhase.Queued q -> "";
      case RolloutPhase.Planning p -> "";
      case RolloutPhase.Running r -> "";
      case RolloutPhase.Holding h -> h.reason().sentence();
      case RolloutPhase.Succeeded s -> "";
    };
  }

  private static @Nullable Instant ended(RolloutPhase phase) {
    return switch (phase) {
      case RolloutPhase.Halted halted -> halted.ended();
      case RolloutPhase.NeedsPerson person -> person.at();
      case RolloutPhase.Dropped dropped -> dropped.at();
      case RolloutPhase.Succeeded succeeded -> succeeded.at();
      case RolloutPhase.Halting h -> null;
      case RolloutPhase.Aftercare a -> null;
      case RolloutPhase.Ending e -> null;
      case RolloutPhase.Queued q -> null;
      case RolloutPhase.Planning p -> null;
      case RolloutPhase.Running r -> null;
      case RolloutPhase.Holding h -> null;
    };
  }

  private Report.Harm harm(List<Published> published) {
    Operation<Rollout, Batch> rollout = rollout(published.getLast());
    Instant first =
        members(rollout)
            .map(member -> member.phase().dispatchedAt())
            .flatMap(at -> Optional.ofNullable(at).stream())
            .min(Comparator.naturalOrder())
            .orElse(null);
    int hurt = (int) members(rollout).filter(m -> m.phase().hurtBehind() != null).count();
    List<Patient> patients = patients(rollout);
    Map<String, String> needPerson = new TreeMap<>();
    Instant lastBack = null;
    int restored = 0;
    for (Patient patient : patients) {
      if (patient.phase() instanceof PatientPhase.Restored back) {
        restored++;
        lastBack = lastBack == null || back.at().isAfter(lastBack) ? back.at() : lastBack;
      } else if (patient.phase() instanceof PatientPhase.NeedsPerson person) {
        needPerson.put(patient.machine(), person.reason());
      }
    }
    Instant alarm = alarms.isEmpty() ? null : alarms.getLast();
    return new Report.Harm(
        hurt,
        input.machines(),
        restored,
        (int) patients.stream().filter(p -> p.phase() instanceof PatientPhase.LeftAlone).count(),
        first == null ? null : boxed(first, haltedAt(rollout.head().phase())),
        first == null || alarm == null || alarm.isBefore(first) ? null : boxed(first, alarm),
        first == null ? null : boxed(first, lastBack),
        needPerson);
  }

  private static @Nullable Instant haltedAt(RolloutPhase phase) {
    return phase instanceof RolloutPhase.Halted halted ? halted.at() : null;
  }

  private static Stream<Member> members(Operation<Rollout, Batch> rollout) {
    return rollout.parts().stream().flatMap(batch -> batch.members().stream());
  }

  private List<Patient> patients(Operation<Rollout, Batch> rollout) {
    List<Patient> patients = new ArrayList<>();
    for (Rollout.Order order : rollout.head().orders()) {
      Operation<Restore, Ward> restore =
          lab.look().load(RestoreCourse.FORM, order.restore()).orElseThrow();
      restore.parts().forEach(ward -> patients.addAll(ward.patients()));
    }
    return patients;
  }

  private static @Nullable Double boxed(Instant from, @Nullable Instant to) {
    return to == null ? null : minutes(from, to);
  }

  private static double minutes(Instant from, @Nullable Instant to) {
    return to == null ? -1 : rounded(Duration.between(from, to).toSeconds() / SECONDS_PER_MINUTE);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
