package dev.ringfence.drill;

import dev.ringfence.contract.DrillTimes;
import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.RestoreClass;
import dev.ringfence.operation.DrillProof;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.Proofs;
import dev.ringfence.policy.Drills;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses whom to drill, so that each class is proven within its period: classes that were never
 * proven first, then those whose proof is oldest; of each class the machine that was not tried for
 * the longest time. The same arguments give the same choice.
 */
public final class DrillSchedule {
  /** A class is taken up two runs before its proof expires: one run may fail. */
  static final Duration LEAD = DrillTimes.EVERY.multipliedBy(2);

  /**
   * A class whose drill failed is tried again the next day, not every six hours: somebody has to
   * mend something first, and each try costs a machine.
   */
  static final Duration AFTER_FAILURE = Duration.ofDays(1);

  private DrillSchedule() {}

  /** The machines that are due now, most urgent first. */
  public static List<Machine> due(List<Machine> fleet, Proofs proofs, Drills rules, Instant now) {
    return classes(fleet).entrySet().stream()
        .filter(one -> isDue(proofs.ofClass(one.getKey()), rules, now))
        .sorted(Comparator.comparing(one -> provenAt(proofs.ofClass(one.getKey()))))
        .limit(rules.perRun())
        .map(one -> next(one.getValue(), proofs))
        .toList();
  }

  /** Of some machines the one to drill next; there must be one. */
  static Machine next(List<Machine> machines, Proofs proofs) {
    return machines.stream()
        .min(
            Comparator.comparing((Machine one) -> one.rootVolume() == null)
                .thenComparing(one -> !one.isRestorable())
                .thenComparing(one -> tried(proofs.ofMachine(one.id())))
                .thenComparing(one -> !one.online())
                .thenComparing(Machine::id))
        .orElseThrow();
  }

  /** The machines that have disks to restore, by the names of their classes. */
  public static Map<String, List<Machine>> classes(List<Machine> fleet) {
    return fleet.stream()
        .filter(machine -> !machine.isHybrid())
        .collect(
            Collectors.groupingBy(
                machine -> RestoreClass.of(machine).name(), TreeMap::new, Collectors.toList()));
  }

  /** How far the fleet is proven. */
  public static Coverage coverage(List<Machine> fleet, Proofs proofs, Drills rules, Instant now) {
    int proven = 0;
    int machines = 0;
    int provenMachines = 0;
    List<Instant> passes = new ArrayList<>();
    Map<String, List<Machine>> classes = classes(fleet);
    for (Map.Entry<String, List<Machine>> one : classes.entrySet()) {
      DrillResult pass = proofs.ofClass(one.getKey()).standing().orElse(null);
      machines += one.getValue().size();
      if (pass != null) {
        passes.add(pass.at());
        if (!now.isAfter(pass.at().plus(rules.period()))) {
          proven++;
          provenMachines += one.getValue().size();
        }
      }
    }
    @Nullable Duration oldest =
        passes.stream().sorted().findFirst().map(at -> Duration.between(at, now)).orElse(null);
    return new Coverage(classes.size(), proven, machines, provenMachines, oldest);
  }

  private static boolean isDue(DrillProof proof, Drills rules, Instant now) {
    Instant failed = proof.failed() == null ? Instant.EPOCH : proof.failed().at();
    boolean mayTry = !now.isBefore(failed.plus(AFTER_FAILURE));
    return mayTry && !now.isBefore(provenAt(proof).plus(rules.period()).minus(LEAD));
  }

  private static Instant provenAt(DrillProof proof) {
    return proof.standing().map(DrillResult::at).orElse(Instant.EPOCH);
  }

  private static Instant tried(DrillProof proof) {
    return Objects.requireNonNullElse(proof.tried(), Instant.EPOCH);
  }
}
