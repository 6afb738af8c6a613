package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Life;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /** Auto Scaling's health check notices a stopped member within minutes and replaces it. */
  private static final Duration REPLACED_LEAST = Duration.ofMinutes(1);

  private static final Duration REPLACED_MOST = Duration.ofMinutes(5);

  private static final String SCALING_TAG = "aws:autoscaling:groupName";

  private final VirtualClock clock;
  private final Chance chance;
  private final Life life;
  private final Set<String> withoutKeyGrant = new HashSet<>();
  private long turns;

  public PowerControl(VirtualClock clock, Chance chance, Life life) {
    this.clock = clock;
    this.chance = chance;
    this.life = life;
  }

  /**
   * From now on the caller may not use the key of this instance's volumes: a start is accepted and
   * then the instance stops again with {@code Client.InternalError}.
   */
  public void denyKeyGrant(String instanceId) {
    withoutKeyGrant.add(instanceId);
  }

  void stop(Machine machine, boolean force, boolean skipShutdown) {
    boolean answers = machine.condition() == Machine.Condition.UP;
    life.power(machine, Machine.Power.STOPPING, "");
    life.switchOff(machine);
    Duration takes =
        skipShutdown
            ? draw(machine, CUT_LEAST, CUT_MOST)
            : answers || force
                ? draw(machine, SHUTDOWN_LEAST, SHUTDOWN_MOST)
                : draw(machine, HUNG_LEAST, HUNG_MOST);
    clock.after(takes, () -> stopped(machine, ""));
  }

  void start(Machine machine) {
    life.power(machine, Machine.Power.PENDING, "");
    clock.after(
        draw(machine, PENDING_LEAST, PENDING_MOST),
        () -> {
          if (machine.power() != Machine.Power.PENDING) {
            return;
          }
          if (withoutKeyGrant.contains(machine.id())) {
            stopped(machine, "Client.InternalError: Client error on launch");
            return;
          }
          life.power(machine, Machine.Power.RUNNING, "");
          life.boot(machine);
        });
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
      machine.detach(device);
      if (volume != null && attachment != null && attachment.deleteOnTermination()) {
        volume.become(Volume.State.DELETED);
      }
    }
  }

  private void stopped(Machine machine, String reason) {
    if (machine.power() != Machine.Power.STOPPING && machine.power() != Machine.Power.PENDING) {
      return;
    }
    life.power(machine, Machine.Power.STOPPED, reason);
    if (machine.tags().containsKey(SCALING_TAG)) {
      clock.after(
          draw(machine, REPLACED_LEAST, REPLACED_MOST),
          () -> {
            if (machine.power() == Machine.Power.STOPPED) {
              terminate(machine);
            }
          });
    }
  }

  private Duration draw(Machine machine, Duration least, Duration most) {
    return chance.between("power", machine.id(), turns++, least, most);
  }
}
