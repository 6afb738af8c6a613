package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.cloudwatch.FleetMetrics;
import dev.ringfence.lab.cloud.ec2.RootReplacements;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be broken, by name. Each method is one thing that really goes wrong now and then. */
public final class Faults {
  private final Parts parts;
  private final VirtualClock clock;
  private final Fleet fleet;

  Faults(Parts parts) {
    this.parts = parts;
    this.clock = parts.clock;
    this.fleet = parts.fleet;
  }

  /** The faults of disks, snapshots, keys and instances, which a restore meets. */
  public RestoreFaults restore() {
    return new RestoreFaults(parts);
  }

  /** A zone goes dark and comes back: both checks impaired, agents silent, systems alive. */
  public void outage(String zone, Instant from, Instant until) {
    clock.at(from, () -> inZone(zone, parts.reach::cutOff));
    clock.at(until, () -> inZone(zone, parts.reach::reconnect));
  }

  /** An agent is not heard for a while, though it runs. */
  public void agentSilent(String machineId, Duration time) {
    Machine machine = machine(machineId);
    parts.reach.hush(machine);
    clock.after(time, () -> parts.reach.unhush(machine));
  }

  /** An agent stops for good, until the machine boots again. */
  public void agentStops(String machineId) {
    parts.reach.stopAgent(machine(machineId));
  }

  /** Systems Manager shows an agent's pings as this much older than they are. */
  public void pingStale(String machineId, Duration by) {
    parts.reach.reportStalePing(machine(machineId), by);
  }

  /** A machine crashes, whatever it runs. */
  public void crash(String machineId) {
    parts.life.crash(machine(machineId), "KERNEL_SECURITY_CHECK_FAILURE");
  }

  /** A machine's owner reboots it out of turn. */
  public void reboot(String machineId) {
    parts.life.boot(machine(machineId));
  }

  /** A machine's owner terminates it. */
  public void terminate(String instanceId) {
    parts.power.terminate(machine(instanceId));
  }

  /** Attached volumes stop answering for a while. */
  public void disksHang(String instanceId, Duration time) {
    Machine machine = machine(instanceId);
    parts.reach.disksWork(machine, false);
    clock.after(time, () -> parts.reach.disksWork(machine, true));
  }

  /** The next snapshot set ends in error, all its members. */
  public void failNextSnapshotSet() {
    parts.snapshots.failNext(1);
  }

  /** Snapshots that are taken from now on are pending this much longer. */
  public void slowSnapshots(Duration by) {
    parts.snapshots.slowBy(by);
  }

  /** The next root replacement ends in {@code failed}: the old root stays. */
  public void failNextRootReplacement() {
    parts.replacements.failNext(RootReplacements.Failure.OLD_ROOT_KEPT);
  }

  /** The next root replacement ends in {@code failed-detached}: there is no root at all. */
  public void detachNextRootReplacement() {
    parts.replacements.failNext(RootReplacements.Failure.DETACHED);
  }

  /** Every root replacement on one instance goes wrong. */
  public void failRootReplacementOn(String instanceId, RootReplacements.Failure failure) {
    parts.replacements.failOn(instanceId, failure);
  }

  /** A start is accepted, and then the instance stops for want of a key grant. */
  public void denyKeyGrant(String instanceId) {
    parts.keys.denyGrant(instanceId);
  }

  /** A document changes in place, so that a pinned hash no longer fits. */
  public void documentChanges(String name) {
    parts
        .systemsManager
        .documents()
        .alter(name, parts.systemsManager.documents().latest(name).content() + " ");
  }

  public void loseNextEvent() {
    parts.bus.loseNext();
  }

  public void repeatNextEvent(Duration after) {
    parts.bus.repeatNext(after);
  }

  public void delayNextEvent(Duration by) {
    parts.bus.delayNext(by);
  }

  /** An alarm's actions are muted; its events say so. */
  public void muteAlarm(String alarmName, String ruleArn, Instant from, Instant until) {
    parts.alarms.mute(alarmName, ruleArn, from, until);
  }

  /** CloudWatch cannot evaluate an alarm; null ends it. */
  public void alarmIsBlind(String alarmName, @Nullable String evaluationState) {
    parts.alarms.evaluationState(alarmName, evaluationState);
  }

  /** Nobody reports a metric for a while. */
  public void metricSilent(FleetMetrics.Metric metric, Instant from, Instant until) {
    parts.metrics.silence(metric, from, until);
  }

  private void inZone(String zone, Consumer<Machine> what) {
    for (Machine machine : fleet.instances()) {
      if (machine.hardware().zone().equals(zone)) {
        what.accept(machine);
      }
    }
  }

  private Machine machine(String id) {
    Machine machine = fleet.find(id);
    if (machine == null) {
      throw new IllegalArgumentException("no machine " + id);
    }
    return machine;
  }
}
