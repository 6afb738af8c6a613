package dev.ringfence.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Map;

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

  /**
   * One stage.
   *
   * @param gap from its opening to the next ring's opening at the earliest
   */
  public record Ring(String name, int machines, int firstBatch, int batches, Duration gap) {}
}
