package dev.ringfence.rollout;

import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.fleet.WaysBack;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.RingRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the plan: who is left out and why, who is in which ring, and which machines share a batch.
 * The same fleet and the same roll-out give the same plan; another roll-out gives another order, so
 * that the same machines are not always first.
 */
public final class Planner {
  private Planner() {}

  /** A plan and its batches, in order of their numbers. */
  public record Planned(Plan plan, List<Batch> batches) {}

  /**
   * Plans a roll-out over the machines that its selector found.
   *
   * @param admission who may be updated as far as drills are concerned
   */
  public static Planned plan(Rollout rollout, List<Machine> fleet, Admission admission) {
    return plan(rollout.id(), rollout.policy(), fleet, admission);
  }

  /**
   * Plans what there is no roll-out of yet.
   *
   * @param id whatever stands for the roll-out: another id gives another order of machines
   * @param admission who may be updated as far as drills are concerned
   */
  public static Planned plan(
      String id, ChannelPolicy policy, List<Machine> fleet, Admission admission) {
    Map<String, Integer> leftOut = new TreeMap<>();
    List<Machine> machines = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Machine machine : fleet) {
      if (!ids.add(machine.id())) {
        // A list that changes while its pages are read may show a machine twice.
        continue;
      }
      Optional<String> obstacle = obstacle(machine, policy).or(() -> admission.objection(machine));
      obstacle.ifPresentOrElse(
          reason -> leftOut.merge(reason, 1, Integer::sum), () -> machines.add(machine));
    }
    Strata strata = Strata.of(machines);
    Recovery recovery = Recovery.of(policy, admission.oneRestore(machines));
    Batching batching = Batching.of(policy, machines, strata, recovery);
    List<Plan.Ring> rings = new ArrayList<>();
    List<Batch> batches = new ArrayList<>();
    for (Stage stage : stages(id, policy, machines, strata, recovery)) {
      List<Batch> made = batching.batches(rings.size(), batches.size(), stage.machines());
      rings.add(
          new Plan.Ring(
              stage.name(), stage.machines().size(), batches.size(), made.size(), stage.gap()));
      batches.addAll(made);
    }
    Map<String, Integer> ways = waysBack(machines, policy);
    return new Planned(
        new Plan(rings, strata.names(), batching.zones(), leftOut, ways, recovery.one()), batches);
  }

  private static Map<String, Integer> waysBack(List<Machine> machines, ChannelPolicy policy) {
    Map<Set<Unrestorable>, Integer> kinds = new HashMap<>();
    machines.forEach(machine -> kinds.merge(machine.known(), 1, Integer::sum));
    Map<String, Integer> ways = new TreeMap<>();
    kinds.forEach((known, count) ->
        ways.merge(WaysBack.of(known, policy.updateWithoutRestore()).title(), count, Integer::sum));
    return ways;
  }

  /** Some machines that go together. */
  record Stage(String name, List<Machine> machines, Duration gap) {}

  private static Optional<String> obstacle(Machine machine, ChannelPolicy policy) {
    if (!machine.online()) {
      return Optional.of("OFFLINE");
    }
    Set<Unrestorable> known = new HashSet<>(machine.known());
    if (machine.rootVolume() == null && machine.obstacles().isEmpty()) {
      known.add(Unrestorable.NO_RESTORE_POINT);
    }
    // Whatever the policy names does not count; what is left may leave a path open.
    return Unrestorable.obstacles(Unrestorable.without(known, policy.updateWithoutRestore()))
        .stream()
        .sorted()
        .map(Unrestorable::name)
        .findFirst();
  }

  /**
   * First the rings that the policy names by tag, then pilot, canary and waves over everybody else.
   */
  private static List<Stage> stages(
      String id, ChannelPolicy policy, List<Machine> machines, Strata strata, Recovery recovery) {
    Map<String, List<Machine>> named = new LinkedHashMap<>();
    List<Machine> rest = new ArrayList<>();
    for (Machine machine : machines) {
      Optional<RingRule> rule =
          policy.rings().stream().filter(ring -> matches(ring, machine)).findFirst();
      rule.map(ring -> named.computeIfAbsent(ring.name(), n -> new ArrayList<>()))
          .orElse(rest)
          .add(machine);
    }
    List<Stage> stages = new ArrayList<>();
    for (RingRule rule : policy.rings()) {
      List<Machine> members = named.get(rule.name());
      if (members != null) {
        Ordering order = new Ordering(id, strata);
        stages.add(new Stage(rule.name(), order.all(members), policy.minGap()));
      }
    }
    if (!rest.isEmpty()) {
      stages.addAll(waves(id, policy, rest, strata, recovery));
    }
    return stages;
  }

  private static boolean matches(RingRule ring, Machine machine) {
    return ring.tags().entrySet().stream()
        .allMatch(tag ->
            Optional.ofNullable(machine.tags().get(tag.getKey()))
                .filter(tag.getValue()::contains)
                .isPresent());
  }

  private static List<Stage> waves(
      String id, ChannelPolicy policy, List<Machine> rest, Strata strata, Recovery recovery) {
    Pace pace =
        new Pace(
            Math.max(1, strata.in(rest)),
            // A policy may be tighter than a plan can be; then the plan is the slower one.
            longer(policy.deadline(), policy.minGap().multipliedBy(Pace.FEWEST_GAPS)),
            policy.minGap(),
            policy.observation(),
            Math.max(growth(policy, recovery), Pace.MIN_GROWTH),
            policy.detectShare(),
            policy.beta(),
            // The hold-back becomes the control cohort of the race; until there is a race it would
            // only be late.
            false);
    WavePlan plan = WavePlan.of(rest.size(), pace);
    List<List<Machine>> cut = new Ordering(id, strata).cut(rest, plan.sizes());
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < cut.size(); i++) {
      stages.add(new Stage(name(i), cut.get(i), plan.waves().get(i).watch()));
    }
    return stages;
  }

  /**
   * Machines that had proven themselves may fall ill too, and no limit on machines in flight holds
   * those: so a wave does not grow by more than leaves them few enough to be restored in time.
   */
  private static double growth(ChannelPolicy policy, Recovery recovery) {
    int restorable = Math.max(1, recovery.within(policy.recoveryTime()));
    return Math.min(
        policy.growth(), ExposureBound.growthFor(restorable, ExposureBound.FEWEST_FAILURES));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static String name(int wave) {
    return switch (wave) {
      case 0 -> "pilot";
      case 1 -> "canary";
      default -> "wave " + (wave - 1);
    };
  }
}
