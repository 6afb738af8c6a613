package dev.ringfence.rollout;

import dev.ringfence.fleet.Machine;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fleet's strata, with the rare ones put together: evidence over a handful of machines in each
 * would be none.
 */
final class Strata {
  /** Strata of fewer than one machine in 500 are put together. */
  private static final int RARE = 500;

  /** More strata than this would leave each with next to no weight in the evidence. */
  private static final int STRATA_MAX = 50;

  private static final String OTHER = "other";

  /** What a stratum is told by; looking it up spares building its name for every machine. */
  private record Kind(String platform, String family, String agentVersion) {
    static Kind of(Machine machine) {
      return new Kind(machine.platform(), machine.family(), machine.agentVersion());
    }
  }

  private final Map<Kind, String> byKind;
  private final List<String> names;

  private Strata(Map<Kind, String> byKind, List<String> names) {
    this.byKind = byKind;
    this.names = names;
  }

  static Strata of(List<Machine> machines) {
    Map<Kind, Integer> counts = new HashMap<>();
    Map<Kind, String> byKind = new HashMap<>();
    for (Machine machine : machines) {
      Kind kind = Kind.of(machine);
      counts.merge(kind, 1, Integer::sum);
      byKind.computeIfAbsent(kind, first -> machine.stratum());
    }
    Set<Kind> kept =
        counts.entrySet().stream()
            .filter(entry -> (long) entry.getValue() * RARE >= machines.size())
            .sorted(
                Map.Entry.<Kind, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(entry -> byKind.getOrDefault(entry.getKey(), OTHER)))
            .limit(STRATA_MAX)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    byKind.replaceAll((kind, name) -> kept.contains(kind) ? name : OTHER);
    return new Strata(byKind, byKind.values().stream().distinct().sorted().toList());
  }

  String of(Machine machine) {
    return byKind.getOrDefault(Kind.of(machine), OTHER);
  }

  List<String> names() {
    return names;
  }

  /** How many strata these machines have. */
  int in(List<Machine> machines) {
    return (int) machines.stream().map(this::of).distinct().count();
  }
}
