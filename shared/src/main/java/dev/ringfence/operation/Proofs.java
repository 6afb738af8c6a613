package dev.ringfence.operation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What drills have proven.
 *
 * @param classes by the class's name
 * @param machines by machine id
 */
public record Proofs(Map<String, DrillProof> classes, Map<String, DrillProof> machines) {
  /** Nothing was ever drilled. */
  public static final Proofs NONE = new Proofs(Map.of(), Map.of());

  public Proofs {
    classes = Map.copyOf(classes);
    machines = Map.copyOf(machines);
  }

  /** These with one more result. */
  public Proofs with(DrillResult result) {
    Map<String, DrillProof> nextClasses = new HashMap<>(classes);
    nextClasses.put(result.restoreClass(), ofClass(result.restoreClass()).with(result));
    Map<String, DrillProof> nextMachines = new HashMap<>(machines);
    nextMachines.put(result.machine(), ofMachine(result.machine()).with(result));
    return new Proofs(nextClasses, nextMachines);
  }

  /** What is known of a class; {@link DrillProof#NONE} when it was never drilled. */
  public DrillProof ofClass(String name) {
    return classes.getOrDefault(name, DrillProof.NONE);
  }

  /** What is known of a machine; {@link DrillProof#NONE} when it was never drilled. */
  public DrillProof ofMachine(String id) {
    return machines.getOrDefault(id, DrillProof.NONE);
  }

  /** How long the newest passing drill of a class took to restore; empty when none stands. */
  public Optional<Duration> recoveryTime(String restoreClass) {
    return ofClass(restoreClass)
        .standing()
        .flatMap(pass ->
            pass.verdict() instanceof DrillResult.Verdict.Passed p
                ? Optional.of(p.recoveryTime())
                : Optional.empty());
  }
}
