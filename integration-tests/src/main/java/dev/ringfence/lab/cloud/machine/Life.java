package dev.ringfence.lab.cloud.machine;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.disk.DiskContent;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens to machines: they boot, load what is on their disk, crash, fall silent and come
 * back. What is due later is void when the machine lost its memory in between.
 */
public final class Life {
  /** A reboot takes one to four minutes until the system is up. */
  private static final Duration BOOT_LEAST = Duration.ofMinutes(1);

  private static final Duration BOOT_MOST = Duration.ofMinutes(4);

  /** A system whose disk still comes from a snapshot boots this many times slower. */
  private static final int COLD_FACTOR = 2;

  /** The agent is one of the last services to start. */
  private static final Duration AGENT_START_LEAST = Duration.ofSeconds(5);

  private static final Duration AGENT_START_MOST = Duration.ofSeconds(20);

  /**
   * Long enough that the agent may have pinged once after the boot: proof of life that deceives.
   */
  private static final Duration CRASH_LEAST = Duration.ofSeconds(20);

  private static final Duration CRASH_MOST = Duration.ofSeconds(90);

  /** A boot loop dies this long into every boot, before the network is up. */
  private static final Duration LOOP_DIES_AFTER = Duration.ofSeconds(15);

  /** An agent killer strikes after the agent has started and pinged. */
  private static final Duration KILL_LEAST = Duration.ofSeconds(30);

  private static final Duration KILL_MOST = Duration.ofSeconds(90);

  private final VirtualClock clock;
  private final Chance chance;
  private final Catalog catalog;
  private final Fleet fleet;
  private final Witness witness;
  private final Reach reach;

  public Life(
      VirtualClock clock,
      Chance chance,
      Catalog catalog,
      Fleet fleet,
      Witness witness,
      Reach reach) {
    this.clock = clock;
    this.chance = chance;
    this.catalog = catalog;
    this.fleet = fleet;
    this.witness = witness;
    this.reach = reach;
  }

  public void power(Machine machine, Machine.Power power, String reason) {
    machine.power = power;
    machine.powerSince = clock.instant();
    machine.stateReason = reason;
    fleet.watch(machine);
    if (power != Machine.Power.RUNNING) {
      witness.landed(machine);
    }
  }

  /** The system stops at once; whatever it was doing is lost. */
  public void switchOff(Machine machine) {
    fall(machine, Machine.Condition.OFF, "");
    machine.checks().restart();
  }

  /** A (re)boot from whatever is on the root disk now. */
  public void boot(Machine machine) {
    switchOff(machine);
    Volume root = machine.root();
    if (root == null) {
      crash(machine, "No bootable device.");
      return;
    }
    become(machine, Machine.Condition.BOOTING);
    machine.boots++;
    int epoch = machine.epoch;
    String end = fatal(machine, root.content());
    if (end != null) {
      later(machine, epoch, LOOP_DIES_AFTER, () -> crash(machine, end));
      return;
    }
    Duration takes = chance.between("boot", machine.id(), machine.boots, BOOT_LEAST, BOOT_MOST);
    int factor = root.isCold(clock.instant()) ? COLD_FACTOR : 1;
    later(machine, epoch, takes.multipliedBy(factor), () -> up(machine));
  }

  public void crash(Machine machine, String lastWords) {
    fall(machine, Machine.Condition.CRASHED, lastWords);
    machine.checks().instanceIs(false, clock.instant());
    witness.crashed(machine, clock.instant());
  }

  /** Writes a version to the disk without loading it. */
  public void write(Machine machine, String product, String version) {
    Volume root = machine.root();
    if (root != null) {
      root.write(root.content().with(product, version));
      witness.installed(machine, product, version);
    }
  }

  public void erase(Machine machine, String product) {
    Volume root = machine.root();
    if (root != null) {
      root.write(root.content().without(product));
      machine.running = machine.running.without(product);
    }
  }

  /** The running system takes up a version, and lives with the consequences. */
  public void load(Machine machine, String product, String version) {
    machine.running = machine.running.with(product, version);
    witness.loaded(machine, product, version, clock.instant());
    Behaviour behaviour = catalog.behaviour(product, version).orElseGet(Behaviour.Healthy::new);
    switch (behaviour) {
      case Behaviour.Healthy _ -> {}
      case Behaviour.InstallFails _ -> {}
      case Behaviour.BootLoop _ -> {}
      case Behaviour.BlueScreen _ ->
          whileLoaded(
              machine,
              product,
              version,
              crashDelay(machine, version),
              () -> crash(machine, "PAGE_FAULT_IN_NONPAGED_AREA in the driver of " + product));
      case Behaviour.SlowLeak leak ->
          whileLoaded(
              machine,
              product,
              version,
              leak.delay(),
              () -> crash(machine, "Out of memory: " + product));
      case Behaviour.AgentKiller _ ->
          whileLoaded(
              machine,
              product,
              version,
              killDelay(machine, version),
              () -> reach.stopAgent(machine));
    }
  }

  /** Whether installing a version fails on this machine. */
  public boolean refuses(Machine machine, String product, String version) {
    return switch (catalog.behaviour(product, version).orElse(null)) {
      case null -> true;
      case Behaviour.InstallFails fails ->
          chance.share("install-fails " + product + "@" + version, machine.id()) < fails.share();
      case Behaviour.Healthy _ -> false;
      case Behaviour.BlueScreen _ -> false;
      case Behaviour.BootLoop _ -> false;
      case Behaviour.SlowLeak _ -> false;
      case Behaviour.AgentKiller _ -> false;
    };
  }

  private void up(Machine machine) {
    Instant now = clock.instant();
    become(machine, Machine.Condition.UP);
    machine.bootedAt = now;
    machine.checks().booted(now);
    witness.landed(machine);
    machine.running = DiskContent.EMPTY;
    Volume root = machine.root();
    Map<String, String> found = root == null ? Map.of() : root.content().versions();
    found.forEach((product, version) -> load(machine, product, version));
    Duration agentStart =
        chance.between(
            "agent-start", machine.id(), machine.boots, AGENT_START_LEAST, AGENT_START_MOST);
    later(machine, machine.epoch, agentStart, () -> reach.startAgent(machine));
  }

  private void fall(Machine machine, Machine.Condition condition, String lastWords) {
    machine.epoch++;
    machine.running = DiskContent.EMPTY;
    machine.lastWords = lastWords;
    become(machine, condition);
    reach.stopAgent(machine);
    witness.pickedUp(machine);
  }

  private void become(Machine machine, Machine.Condition condition) {
    machine.condition = condition;
    machine.conditionSince = clock.instant();
    fleet.watch(machine);
  }

  /** What the console shows last when a system cannot boot from a disk; null when it can. */
  private @Nullable String fatal(Machine machine, DiskContent content) {
    if (!content.boots()) {
      return "No bootable device.";
    }
    boolean loops =
        content.versions().entrySet().stream()
            .map(entry -> catalog.behaviour(entry.getKey(), entry.getValue()).orElse(null))
            .anyMatch(each ->
                each instanceof Behaviour.BootLoop loop
                    && loop.where().includes(machine.hardware()));
    return loops ? "Boot failed; restarting." : null;
  }

  private void later(Machine machine, int epoch, Duration delay, Runnable what) {
    clock.after(
        delay,
        () -> {
          if (machine.epoch == epoch) {
            what.run();
          }
        });
  }

  private void whileLoaded(
      Machine machine, String product, String version, Duration delay, Runnable what) {
    later(
        machine,
        machine.epoch,
        delay,
        () -> {
          if (version.equals(machine.running.version(product))) {
            what.run();
          }
        });
  }

  private Duration crashDelay(Machine machine, String version) {
    return chance.between("crash " + version, machine.id(), machine.epoch, CRASH_LEAST, CRASH_MOST);
  }

  private Duration killDelay(Machine machine, String version) {
    return chance.between("kill " + version, machine.id(), machine.epoch, KILL_LEAST, KILL_MOST);
  }
}
