package dev.ringfence.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who gets the release when, frozen before the first machine is touched.
 *
 * @param strata every stratum of the fleet, from the first beat to the last
 * @param zones how many machines of the plan stand in each Availability Zone
 * @param leftOut how many machines are not in the plan, by reason
 */
public record Plan(
    List<Ring> rings,
    List<String> strata,
    Map<String, Integer> zones,
    Map<String, Integer> leftOut) {
  public Plan {
    rings = List.copyOf(rings);
    strata = List.copyOf(strata);
    zones = Map.copyOf(zones);
    leftOut = Map.copyOf(leftOut);
  }

  /** How many machines the plan reaches. */
  public int machines() {
    return rings.stream().mapToInt(Ring::machines).sum();
  }

  /** The rings with their machines, and who was left out, as the journal tells it. */
  String inWords() {
    String stages =
        rings.stream()
            .map(ring -> ring.name() + " " + ring.machines())
            .collect(Collectors.joining(", "));
    if (leftOut.isEmpty()) {
      return stages + "; nobody left out";
    }
    return new TreeMap<>(leftOut)
        .entrySet().stream()
            .map(why -> why.getValue() + " for " + why.getKey())
            .collect(Collectors.joining(", ", stages + "; left out ", ""));
  }

  /**
   * One stage.
   *
   * @param gap from its opening to the next ring's opening at the earliest
   */
  public record Ring(String name, int machines, int firstBatch, int batches, Duration gap) {}
}
