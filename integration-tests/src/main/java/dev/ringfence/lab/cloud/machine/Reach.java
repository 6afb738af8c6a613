package dev.ringfence.lab.cloud.machine;

import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Whether a machine can be reached: by its agent's process, by its network, by its disks. */
public final class Reach {
  private final VirtualClock clock;
  private final Fleet fleet;
  private final List<Consumer<Machine>> onListening = new ArrayList<>();

  public Reach(VirtualClock clock, Fleet fleet) {
    this.clock = clock;
    this.fleet = fleet;
  }

  /** Asks to be told whenever an agent can be reached again. */
  public void onListening(Consumer<Machine> listener) {
    onListening.add(listener);
  }

  public void stopAgent(Machine machine) {
    machine.agent().stop(clock.instant());
    fleet.watch(machine);
  }

  public void startAgent(Machine machine) {
    machine.agent().start(clock.instant());
    heard(machine);
  }

  /** Nobody hears the agent, though it runs; silences may overlap. */
  public void hush(Machine machine) {
    machine.agent().hush(clock.instant());
    fleet.watch(machine);
  }

  public void unhush(Machine machine) {
    machine.agent().unhush(clock.instant());
    heard(machine);
  }

  public void reportStalePing(Machine machine, Duration by) {
    machine.agent().reportStale(by);
    fleet.watch(machine);
  }

  /** The zone's power and network go: the system itself survives unseen. */
  public void cutOff(Machine machine) {
    machine.checks().systemIs(false, clock.instant());
    machine.checks().instanceIs(false, clock.instant());
    hush(machine);
  }

  public void reconnect(Machine machine) {
    machine.checks().systemIs(true, clock.instant());
    if (machine.condition != Machine.Condition.CRASHED) {
      machine.checks().instanceIs(true, clock.instant());
    }
    unhush(machine);
  }

  /** The attached volumes stop, or resume, completing their reads and writes. */
  public void disksWork(Machine machine, boolean work) {
    machine.checks().disksAre(work, clock.instant());
    fleet.watch(machine);
  }

  private void heard(Machine machine) {
    if (machine.agent().isListening()) {
      onListening.forEach(listener -> listener.accept(machine));
    }
  }
}
