package dev.ringfence.rollout;

import dev.ringfence.policy.ChannelPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
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
 * @param waysBack how many machines of the plan have which paths back, by {@link
 *     dev.ringfence.fleet.WaysBack#title}
 * @param oneRestore what restoring one of its machines takes: the longest that a drill measured of
 *     their classes, or an estimate
 */
public record Plan(
    List<Ring> rings,
    List<String> strata,
    Map<String, Integer> zones,
    Map<String, Integer> leftOut,
    Map<String, Integer> waysBack,
    Duration oneRestore) {
  public Plan {
    rings = List.copyOf(rings);
    strata = List.copyOf(strata);
    zones = Map.copyOf(zones);
    leftOut = Map.copyOf(leftOut);
    waysBack = Map.copyOf(waysBack);
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

  /** What it would take to bring a whole ring back, and how many a fault is expected to hurt. */
  public String recoveryInWords(ChannelPolicy policy) {
    if (rings.isEmpty()) {
      return "nobody is given the release";
    }
    Recovery recovery = Recovery.of(policy, oneRestore);
    Ring largest = Collections.max(rings, Comparator.comparingInt(Ring::machines));
    Duration whole = recovery.of(largest.machines());
    String late =
        whole.compareTo(policy.recoveryTime()) > 0
            ? ", longer than the recovery time " + policy.recoveryTime()
            : "";
    double hurt =
        ExposureBound.harmed95(
            rings.getFirst().machines(), policy.growth(), ExposureBound.FEWEST_FAILURES);
    return "if all %d machines of ring %s are lost, they are back after %s%s (%s each, %d at once)"
            .formatted(
                largest.machines(), largest.name(), whole, late, oneRestore, recovery.atOnce())
        + "; at most %d in flight; a fault that shows is expected to hurt %d at most"
            .formatted(
                Limits.inFlight(policy, recovery), (int) Math.min(Math.ceil(hurt), machines()));
  }

  /**
   * One stage.
   *
   * @param gap from its opening to the next ring's opening at the earliest
   */
  public record Ring(String name, int machines, int firstBatch, int batches, Duration gap) {}
}
