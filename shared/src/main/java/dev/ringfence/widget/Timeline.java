package dev.ringfence.widget;

import dev.ringfence.control.RolloutDesk.Told;
import dev.ringfence.operation.Operation;
import dev.ringfence.restore.Patient;
import dev.ringfence.restore.PatientPhase;
import dev.ringfence.restore.Restore;
import dev.ringfence.restore.Ward;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.RolloutPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When which machines came to stand where, from the machines' own phases: so a machine that was
 * hurt after it had proven itself counts as hurt only.
 *
 * @param halted when the halt was decided; null when there was none
 */
record Timeline(Instant from, Instant to, @Nullable Instant halted, List<Series> series) {
  Timeline {
    series = List.copyOf(series);
  }

  /**
   * The moments at which one more machine came to stand so, the oldest first.
   *
   * @param colour as the theme calls it
   * @param dashes SVG's pattern of the line, so that nobody needs to tell colours apart
   */
  record Series(String title, String colour, String dashes, List<Instant> moments) {
    Series {
      moments = moments.stream().sorted().toList();
    }

    int count() {
      return moments.size();
    }
  }

  static Timeline of(Told told, Instant now) {
    List<Series> series =
        List.of(
            new Series("sent", "move", "", members(told, MemberPhase::dispatchedAt)),
            new Series("proven", "good", "8 3", members(told, Timeline::provenAt)),
            new Series("hurt", "hurt", "2 2", members(told, Timeline::hurtAt)),
            new Series("restored", "back", "10 3 2 3", restored(told)));
    Instant halted = haltedAt(told.rollout().head().phase());
    List<Instant> all = new ArrayList<>();
    series.forEach(each -> all.addAll(each.moments()));
    Instant accepted = told.rollout().head().acceptedAt();
    Instant from = all.stream().min(Instant::compareTo).orElse(accepted);
    Instant last = all.stream().max(Instant::compareTo).orElse(accepted);
    if (halted != null && halted.isAfter(last)) {
      last = halted;
    }
    return new Timeline(from, told.rollout().head().isFinal() ? last : now, halted, series);
  }

  /** The most that any line reaches. */
  int most() {
    return series.stream().mapToInt(Series::count).max().orElse(0);
  }

  private static List<Instant> members(Told told, Function<MemberPhase, @Nullable Instant> when) {
    return told.rollout().parts().stream()
        .flatMap(batch -> batch.members().stream())
        .flatMap(member -> Stream.ofNullable(when.apply(member.phase())))
        .toList();
  }

  private static @Nullable Instant provenAt(MemberPhase phase) {
    return phase instanceof MemberPhase.Proven proven ? proven.at() : null;
  }

  private static @Nullable Instant hurtAt(MemberPhase phase) {
    MemberPhase.Hurt hurt = phase.hurtBehind();
    return hurt == null ? null : hurt.at();
  }

  private static List<Instant> restored(Told told) {
    return patients(told)
        .map(patient -> patient.phase() instanceof PatientPhase.Restored back ? back.at() : null)
        .filter(Objects::nonNull)
        .toList();
  }

  private static Stream<Patient> patients(Told told) {
    return told.restores().stream()
        .map((Operation<Restore, Ward> restore) -> restore.parts())
        .flatMap(List::stream)
        .flatMap(ward -> ward.patients().stream());
  }

  private static @Nullable Instant haltedAt(RolloutPhase phase) {
    return switch (phase) {
      case RolloutPhase.Halting h -> h.at();
      case RolloutPhase.Aftercare a -> a.at();
      case RolloutPhase.Halted h -> h.at();
      case RolloutPhase.Queued q -> null;
      case RolloutPhase.Planning p -> null;
      case RolloutPhase.Running r -> null;
      case RolloutPhase.Holding h -> null;
      case RolloutPhase.Ending e -> null;
      case RolloutPhase.Succeeded s -> null;
      case RolloutPhase.NeedsPerson n -> null;
      case RolloutPhase.Dropped d -> null;
    };
  }
}
