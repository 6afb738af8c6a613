package dev.ringfence.control;

import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillOrder;
import dev.ringfence.drill.DrillPlanning;
import dev.ringfence.drill.Rehearsal;
import dev.ringfence.engine.Store;
import dev.ringfence.engine.World;
import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import dev.ringfence.policy.Drills;
import dev.ringfence.policy.PolicyReader;
import dev.ringfence.policy.RolloutPolicy;
import dev.ringfence.release.json.Path;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Problems;
import dev.ringfence.release.json.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out whom a drill would take, and what a product's fleet is. */
final class DrillDrafting {
  private final Store store;
  private final World world;

  DrillDrafting(Store store, World world) {
    this.store = store;
    this.world = world;
  }

  /** A product's fleet and how it is drilled. */
  record Fleet(RolloutPolicy policy, Drills rules, List<Machine> machines) {}

  /** The drill, or the fields for which there is none. */
  Reading<DrillDraft> draft(DrillAsk ask, Instant now) {
    return fleet(ask).then(fleet -> draft(fleet, ask, now));
  }

  private Reading<DrillDraft> draft(Fleet fleet, DrillAsk ask, Instant now) {
    RolloutPolicy policy = fleet.policy();
    DrillOrder order =
        new DrillOrder(
            "drill",
            policy.product(),
            policy.selector(),
            fleet.rules(),
            ask.scope(),
            null,
            ask.by());
    List<Rehearsal> chosen =
        DrillPlanning.choose(Drill.of(order, "", now), fleet.machines(), store.proofs(), now);
    Problems problems = new Problems();
    String field = ask.machines().isEmpty() ? "classes" : "machines";
    for (int i = 0; i < chosen.size(); i++) {
      if (chosen.get(i).result() != null) {
        problems.add(Path.element(field, i), "is not in the fleet of " + policy.product());
      }
    }
    if (problems.count() > 0) {
      return new Reading.Refused<>(problems.list());
    }
    Set<String> roots =
        chosen.stream()
            .flatMap(one -> Optional.ofNullable(one.rootVolume()).stream())
            .collect(Collectors.toSet());
    Sight seen = world.observe(Watch.NOTHING.withRestorePoints(Set.of(), roots, Instant.EPOCH));
    return new Reading.Accepted<>(
        new DrillDraft(policy.product(), ask.scope(), fleet.rules(), chosen, seen.points()));
  }

  /** The fleet of the product that is named, or of the only one that has drills. */
  Reading<Fleet> fleet(DrillAsk ask) {
    String named = ask.product();
    if (named != null) {
      return fleet(named);
    }
    List<String> drilled = store.products().stream().filter(this::isDrilled).toList();
    return drilled.size() == 1
        ? fleet(drilled.getFirst())
        : refused(
            "is missing: " + (drilled.isEmpty() ? "no policy has drills" : "one of " + drilled));
  }

  private boolean isDrilled(String product) {
    return store
        .policy(product)
        .map(PolicyReader::read)
        .filter(read ->
            read instanceof Reading.Accepted<RolloutPolicy>(RolloutPolicy policy)
                && policy.drills() != null)
        .isPresent();
  }

  private Reading<Fleet> fleet(String product) {
    Optional<String> policy = store.policy(product);
    return policy.isEmpty()
        ? refused("has no policy in this account and Region")
        : switch (PolicyReader.read(policy.get())) {
          case Reading.Refused<RolloutPolicy>(List<Problem> problems) ->
              refused("has a policy that cannot be read: " + problems.getFirst());
          case Reading.Accepted<RolloutPolicy>(RolloutPolicy read) -> fleet(read);
        };
  }

  private Reading<Fleet> fleet(RolloutPolicy policy) {
    Drills rules = policy.drills();
    if (rules == null) {
      return refused("has no drills in its policy: give it a subnet and a security group");
    }
    Sight sight = world.observe(Watch.NOTHING.withFleet(policy.selector()));
    return sight.fleet() == null
        ? refused("has a fleet that could not be read now, ask again: " + sight.gaps())
        : new Reading.Accepted<>(new Fleet(policy, rules, sight.fleet()));
  }

  private static <T> Reading<T> refused(String message) {
    return new Reading.Refused<>(List.of(new Problem("product", message)));
  }
}
