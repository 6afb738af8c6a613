package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.ebs.ShadowCopies;
import dev.ringfence.lab.cloud.ec2.RootReplacements;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Rest;
import dev.ringfence.lab.cloud.machine.Witness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is so, whatever the APIs say: for judges, never for the system that is judged. */
public final class GroundTruth {
  private final Fleet fleet;
  private final Witness witness;
  private final RootReplacements replacements;
  private final Rest rest;
  private final ShadowCopies shadows;
  private final RootTruth roots;
  private final LeftoverTruth leftovers;

  GroundTruth(Parts parts) {
    this.fleet = parts.fleet;
    this.witness = parts.witness;
    this.replacements = parts.replacements;
    this.rest = parts.rest;
    this.shadows = parts.shadows;
    this.roots = new RootTruth(parts.fleet, parts.disks);
    this.leftovers = new LeftoverTruth(parts.fleet, parts.disks);
  }

  /** Who held still, since when and until when. */
  public List<Rest.Hold> holds() {
    return rest.holds();
  }

  /** Snapshots that Windows made while its applications held still. */
  public Set<String> vouchedShadows() {
    return shadows.vouched();
  }

  /** Which volumes were roots of which machine, and when. */
  public RootTruth roots() {
    return roots;
  }

  /** What was launched and made, and is still there. */
  public LeftoverTruth leftovers() {
    return leftovers;
  }

  /** Who was ever stopped, whoever did it. */
  public Set<String> everStopped() {
    return witness.everStopped();
  }

  /** Who lost what was on its instance store. */
  public Set<String> lostStores() {
    return witness.lostStores();
  }

  /** Who loaded a version since the run began, and when for the first time. */
  public Map<String, Instant> loaded(String product, String version) {
    return witness.loaded(product, version);
  }

  public Set<String> crashedNow() {
    return witness.crashedNow();
  }

  /** Who ever crashed since the run began, and when for the first time. */
  public Map<String, Instant> everCrashed() {
    return witness.everCrashed();
  }

  /** What is installed on a machine's disk now. */
  public Optional<String> installed(String machineId, String product) {
    return Optional.ofNullable(machine(machineId).installed(product));
  }

  /** Who has a version on its disk now. */
  public List<String> withInstalled(String product, String version) {
    return fleet.machines().stream()
        .filter(machine -> version.equals(machine.installed(product)))
        .map(Machine::id)
        .toList();
  }

  /** Whether the system is up and its agent runs. */
  public boolean isAlive(String machineId) {
    Machine machine = machine(machineId);
    return machine.condition() == Machine.Condition.UP && machine.agent().isRunning();
  }

  public long aliveNow() {
    return fleet.machines().stream().filter(machine -> isAlive(machine.id())).count();
  }

  /** Who is between the delivery of an install and the end of the boot that it asked for. */
  public Set<String> inFlight() {
    return witness.inFlight();
  }

  public int mostInFlight() {
    return witness.mostInFlight();
  }

  /** How often a version was really installed on a machine. */
  public int installs(String machineId, String product, String version) {
    return witness.installs(machineId, product, version);
  }

  /** How many root replacements were begun on an instance. */
  public int rootReplacements(String instanceId) {
    return replacements.begunOn(instanceId);
  }

  private Machine machine(String id) {
    Machine machine = fleet.find(id);
    if (machine == null) {
      throw new IllegalArgumentException("no machine " + id);
    }
    return machine;
  }
}
