package dev.ringfence.lab.cloud.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All machines, in the order of their making, found by id without a walk. */
public final class Fleet {
  private final Map<String, Machine> byId;
  private final List<Machine> machines;
  private final List<Machine> instances;
  private final Set<Machine> unwell = new LinkedHashSet<>();

  public Fleet(int expected) {
    byId = LinkedHashMap.newLinkedHashMap(expected);
    machines = new ArrayList<>(expected);
    instances = new ArrayList<>(expected);
  }

  public void add(Machine machine) {
    byId.put(machine.id(), machine);
    machines.add(machine);
    if (!machine.hardware().hybrid()) {
      instances.add(machine);
    }
  }

  public @Nullable Machine find(String id) {
    return byId.get(id);
  }

  /** EC2's view: hybrid nodes are not in it. */
  public @Nullable Machine instance(String id) {
    Machine machine = byId.get(id);
    return machine == null || machine.hardware().hybrid() ? null : machine;
  }

  public List<Machine> machines() {
    return Collections.unmodifiableList(machines);
  }

  public List<Machine> instances() {
    return Collections.unmodifiableList(instances);
  }

  /** Puts a machine on the list of those that may be failing. */
  void watch(Machine machine) {
    unwell.add(machine);
  }

  /**
   * Those that may be failing: a superset, so that counting the failing costs nothing while all is
   * well. {@code isWell} decides who leaves the list.
   */
  public Set<Machine> unwell(java.util.function.Predicate<Machine> isWell) {
    unwell.removeIf(isWell);
    return Collections.unmodifiableSet(unwell);
  }
}
