package dev.ringfence.widget;

import dev.ringfence.drill.Coverage;
import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillPhase;
import dev.ringfence.operation.DrillProof;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.Proofs;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What drills have proven, and of what nobody has seen a restore. */
final class Rehearsals {
  /** As many as a person reads; those without a proof come first. */
  private static final int CLASSES_MAX = 20;

  /** The default period of policies, where no drill tells its own. */
  private static final Duration PERIOD = Duration.ofDays(7);

  private Rehearsals() {}

  /**
   * All of it as a card.
   *
   * @param drills those under way and those that ended, the newest first
   */
  static Html of(Proofs proofs, List<Drill> drills, Instant now) {
    Tag card = Tag.of("section", "rf-card").with("aria-label", "Drills");
    card.add(Tag.of("h3").add("Rehearsed restores"));
    if (proofs.classes().isEmpty()) {
      return card.add(
          Tag.of("p")
              .add(
                  drills.isEmpty()
                      ? "No drill ran: nobody has seen a restore of these machines work."
                      : "No drill has reached a verdict yet."));
    }
    newest(drills).values().forEach(drill -> card.add(coverage(drill)));
    return card.add(classes(proofs, period(drills), now));
  }

  private static Map<String, Drill> newest(List<Drill> drills) {
    Map<String, Drill> newest = new LinkedHashMap<>();
    drills.stream()
        .sorted(Comparator.comparing(Drill::orderedAt).reversed())
        .filter(drill -> coverageOf(drill) != null)
        .forEach(drill -> newest.putIfAbsent(drill.product(), drill));
    return newest;
  }

  private static @Nullable Coverage coverageOf(Drill drill) {
    return switch (drill.phase()) {
      case DrillPhase.Planning p -> null;
      case DrillPhase.Running r -> r.coverage();
      case DrillPhase.Done d -> d.coverage();
    };
  }

  private static Html coverage(Drill drill) {
    Coverage coverage = coverageOf(drill);
    if (coverage == null) {
      return Html.NONE;
    }
    int open = coverage.machines() - coverage.provenMachines();
    Tag bar =
        Tag.of("div", "rf-bar")
            .with("role", "img")
            .with("aria-label", "Proven machines of " + drill.product());
    share(bar, coverage.provenMachines(), "good");
    share(bar, open, "track");
    return Tag.of("div")
        .add(
            Tag.of("p")
                .add(
                    drill.product()
                        + String.format(Locale.ROOT, ": %.0f %% of ", coverage.percent())
                        + coverage.machines()
                        + " machines stand in a class with a passing drill ("
                        + coverage.proven()
                        + " of "
                        + coverage.classes()
                        + " classes), when drill "
                        + drill.id()
                        + " began."),
            bar);
  }

  private static void share(Tag bar, int machines, String colour) {
    if (machines > 0) {
      bar.add(
          Tag.of("span")
              .with("style", "flex-grow:" + machines + ";background:var(--rf-" + colour + ")"));
    }
  }

  private static Duration period(List<Drill> drills) {
    return drills.isEmpty() ? PERIOD : drills.getFirst().rules().period();
  }

  private static Html classes(Proofs proofs, Duration period, Instant now) {
    List<Map.Entry<String, DrillProof>> sorted =
        proofs.classes().entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, DrillProof> each) ->
                        each.getValue().objection(period, now).isEmpty())
                    .thenComparing(Map.Entry::getKey))
            .toList();
    Tag list = Tag.of("ul", "rf-list");
    sorted.stream()
        .limit(CLASSES_MAX)
        .forEach(each -> list.add(row(each.getKey(), each.getValue(), period, now)));
    if (sorted.size() > CLASSES_MAX) {
      list.add(Tag.of("li").add("and " + (sorted.size() - CLASSES_MAX) + " more"));
    }
    return list;
  }

  private static Html row(String name, DrillProof proof, Duration period, Instant now) {
    Optional<String> objection = proof.objection(period, now);
    String sentence =
        objection.orElseGet(() ->
            proof
                .standing()
                .map(pass ->
                    pass.verdict() instanceof Verdict.Passed passed
                        ? "restored in "
                            + passed.recoveryTime().toMinutes()
                            + " min on "
                            + pass.at()
                        : "")
                .orElse(""));
    return Tag.of("li")
        .add(
            Tag.of("strong").add(name),
            Html.text(" "),
            objection.isEmpty()
                ? Tag.of("span", "rf-badge rf-good").add("proven")
                : Tag.of("span", "rf-badge rf-wait").add("not proven"),
            Tag.of("div", "rf-small").add(sentence));
  }
}
