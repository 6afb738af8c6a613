package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.account.InstanceKinds;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Keys;
import dev.ringfence.lab.cloud.machine.Life;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Settings;
import dev.ringfence.lab.cloud.machine.Witness;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Stops, starts and terminates instances, each of which takes its time. */
public final class PowerControl {
  /** A system that answers the power button is down within a minute. */
  private static final Duration SHUTDOWN_LEAST = Duration.ofSeconds(20);

  private static final Duration SHUTDOWN_MOST = Duration.ofSeconds(60);

  /** A system that does not answer is given a few minutes before it is cut off. */
  private static final Duration HUNG_LEAST = Duration.ofMinutes(3);

  private static final Duration HUNG_MOST = Duration.ofMinutes(5);

  /** Without waiting for the system, a stop is a matter of seconds. */
  private static final Duration CUT_LEAST = Duration.ofSeconds(5);

  private static final Duration CUT_MOST = Duration.ofSeconds(15);

  /** Finding a host for a start takes seconds. */
  private static final Duration PENDING_LEAST = Duration.ofSeconds(5);

  private static final Duration PENDING_MOST = Duration.ofSeconds(20);

  private final VirtualClock clock;
  private final Chance chance;
  private final Life life;
  private final Witness witness;
  private final Keys keys;
  private final Networks networks;
  private final List<Consumer<Machine>> onDown = new ArrayList<>();
  private long turns;
  private Duration slower = Duration.ZERO;

  public PowerControl(
      VirtualClock clock, Chance chance, Life life, Witness witness, Keys keys, Networks networks) {
    this.clock = clock;
    this.chance = chance;
    this.life = life;
    this.witness = witness;
    this.keys = keys;
    this.networks = networks;
  }

  /** Asks to be told whenever an instance has stopped or was terminated. */
  public void onDown(Consumer<Machine> listener) {
    onDown.add(listener);
  }

  /** Hosts are in trouble: from now on each stop takes this much longer. */
  public void slowStopsBy(Duration by) {
    slower = by;
  }

  /**
   * Stops an instance. Force changes nothing for a hung system: EC2 first asks it to shut down.
   *
   * @param skipShutdown whether the power is cut without asking the system
   */
  void stop(Machine machine, boolean skipShutdown) {
    boolean answers = machine.condition() == Machine.Condition.UP;
    life.power(machine, Machine.Power.STOPPING, "");
    life.switchOff(machine);
    Duration takes =
        skipShutdown
            ? draw(machine, CUT_LEAST, CUT_MOST)
            : answers
                ? draw(machine, SHUTDOWN_LEAST, SHUTDOWN_MOST)
                : draw(machine, HUNG_LEAST, HUNG_MOST);
    later(machine, takes.plus(slower), () -> stopped(machine, ""));
  }

  /** Cuts the power of an instance that is still being asked to shut down. */
  void hasten(Machine machine) {
    later(machine, draw(machine, CUT_LEAST, CUT_MOST), () -> stopped(machine, ""));
  }

  /** The system itself shuts down, and the instance does what its owner has set for that. */
  public void shutDown(Machine machine) {
    if (machine.settings().shutdownBehavior().equals("terminate")) {
      terminate(machine);
    } else {
      stop(machine, false);
    }
  }

  /** Starts an instance, or lets a new one come up. */
  void start(Machine machine) {
    life.power(machine, Machine.Power.PENDING, "");
    later(machine, draw(machine, PENDING_LEAST, PENDING_MOST), () -> started(machine));
  }

  private void started(Machine machine) {
    if (machine.power() != Machine.Power.PENDING) {
      return;
    }
    if (machine.root() == null) {
      terminate(machine);
    } else if (!keys.allowStart(machine)) {
      stopped(machine, "Client.InternalError: Client error on launch");
    } else {
      Settings settings = machine.settings();
      if (settings.address() == Settings.Address.ASSIGNED && settings.publicIp() == null) {
        settings.address(Settings.Address.ASSIGNED, networks.nextPublicIp());
      }
      life.power(machine, Machine.Power.RUNNING, "");
      life.boot(machine);
    }
  }

  /** Ends an instance; its volumes that are marked so go with it, the others stay behind. */
  public void terminate(Machine machine) {
    if (machine.power() == Machine.Power.TERMINATED
        || machine.power() == Machine.Power.SHUTTING_DOWN) {
      return;
    }
    life.power(machine, Machine.Power.SHUTTING_DOWN, "");
    life.switchOff(machine);
    clock.after(draw(machine, SHUTDOWN_LEAST, SHUTDOWN_MOST), () -> terminated(machine));
  }

  private void terminated(Machine machine) {
    life.power(machine, Machine.Power.TERMINATED, "Client.UserInitiatedShutdown: User initiated");
    for (String device : List.copyOf(machine.disks().keySet())) {
      Volume volume = machine.disks().get(device);
      Volume.Attachment attachment = volume == null ? null : volume.attachment();
      machine.detach(device, clock.instant());
      if (volume != null && attachment != null && attachment.deleteOnTermination()) {
        volume.become(Volume.State.DELETED);
      }
    }
    onDown.forEach(listener -> listener.accept(machine));
  }

  private void stopped(Machine machine, String reason) {
    if (machine.power() != Machine.Power.STOPPING && machine.power() != Machine.Power.PENDING) {
      return;
    }
    life.power(machine, Machine.Power.STOPPED, reason);
    Settings settings = machine.settings();
    if (settings.address() == Settings.Address.ASSIGNED) {
      settings.address(Settings.Address.ASSIGNED, null);
    }
    witness.stopped(machine, InstanceKinds.hasStore(machine.hardware().instanceType()));
    onDown.forEach(listener -> listener.accept(machine));
  }

  /** What is due later is void when the power has changed meanwhile. */
  private void later(Machine machine, Duration delay, Runnable what) {
    Instant asked = machine.powerSince();
    clock.after(
        delay,
        () -> {
          if (machine.powerSince().equals(asked)) {
            what.run();
          }
        });
  }

  private Duration draw(Machine machine, Duration least, Duration most) {
    return chance.between("power", machine.id(), turns++, least, most);
  }
}
