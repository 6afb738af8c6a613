package dev.ringfence.rollout;

import dev.ringfence.fleet.Machine;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  private final Set<String> kept;
  private final List<String> names;

  private Strata(Set<String> kept, List<String> names) {
    this.kept = kept;
    this.names = names;
  }

  static Strata of(List<Machine> machines) {
    Map<String, Long> counts =
        machines.stream()
            .collect(Collectors.groupingBy(Machine::stratum, TreeMap::new, Collectors.counting()));
    Set<String> kept =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() * RARE >= machines.size())
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(STRATA_MAX)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    List<String> names =
        counts.keySet().stream()
            .map(name -> kept.contains(name) ? name : OTHER)
            .distinct()
            .sorted()
            .toList();
    return new Strata(kept, names);
  }

  String of(Machine machine) {
    String name = machine.stratum();
    return kept.contains(name) ? name : OTHER;
  }

  List<String> names() {
    return names;
  }

  /** How many strata these machines have. */
  int in(List<Machine> machines) {
    return (int) machines.stream().map(this::of).distinct().count();
  }
}
