package dev.ringfence.drill;

import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.Proofs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which machines a drill takes, by its scope. */
public final class DrillPlanning {
  private DrillPlanning() {}

  /** The rehearsals; one of something that is not there is over already, as a failure. */
  public static List<Rehearsal> choose(
      Drill head, List<Machine> fleet, Proofs proofs, Instant now) {
    return switch (head.scope()) {
      case DrillOrder.Scope.Due d ->
          DrillSchedule.due(fleet, proofs, head.rules(), now).stream().map(Rehearsal::of).toList();
      case DrillOrder.Scope.Machines(List<String> ids) -> machines(head, ids, fleet, now);
      case DrillOrder.Scope.Classes(List<String> names) -> classes(head, names, fleet, proofs, now);
    };
  }

  private static List<Rehearsal> machines(
      Drill head, List<String> ids, List<Machine> fleet, Instant now) {
    Map<String, Machine> byId =
        fleet.stream()
            .collect(
                Collectors.toMap(
                    Machine::id, Function.identity(), (one, other) -> one, LinkedHashMap::new));
    List<Rehearsal> chosen = new ArrayList<>();
    for (String id : ids) {
      Machine machine = byId.get(id);
      chosen.add(
          machine == null || machine.isHybrid()
              ? Rehearsal.ofNothing(head, id, "unknown class", now)
              : Rehearsal.of(machine));
    }
    return chosen;
  }

  private static List<Rehearsal> classes(
      Drill head, List<String> names, List<Machine> fleet, Proofs proofs, Instant now) {
    Map<String, List<Machine>> byClass = DrillSchedule.classes(fleet);
    List<Rehearsal> chosen = new ArrayList<>();
    for (String name : names) {
      List<Machine> members = byClass.getOrDefault(name, List.of());
      chosen.add(
          members.isEmpty()
              ? Rehearsal.ofNothing(head, "none", name, now)
              : Rehearsal.of(DrillSchedule.next(members, proofs)));
    }
    return chosen;
  }
}
