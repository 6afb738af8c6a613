package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.cloudwatch.Alarms;
import dev.ringfence.lab.cloud.cloudwatch.EventBus;
import dev.ringfence.lab.cloud.cloudwatch.FleetMetrics;
import dev.ringfence.lab.cloud.ebs.SnapshotSets;
import dev.ringfence.lab.cloud.ec2.PowerControl;
import dev.ringfence.lab.cloud.ec2.RootReplacements;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Life;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Reach;
import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be broken, by name. Each method is one thing that really goes wrong now and then. */
public final class Faults {
  private final VirtualClock clock;
  private final Fleet fleet;
  private final Life life;
  private final Reach reach;
  private final SnapshotSets snapshots;
  private final RootReplacements replacements;
  private final PowerControl power;
  private final EventBus bus;
  private final Alarms alarms;
  private final FleetMetrics metrics;
  private final Documents documents;

  Faults(
      VirtualClock clock,
      Fleet fleet,
      Life life,
      Reach reach,
      SnapshotSets snapshots,
      RootReplacements replacements,
      PowerControl power,
      EventBus bus,
      Alarms alarms,
      FleetMetrics metrics,
      Documents documents) {
    this.clock = clock;
    this.fleet = fleet;
    this.life = life;
    this.reach = reach;
    this.snapshots = snapshots;
    this.replacements = replacements;
    this.power = power;
    this.bus = bus;
    this.alarms = alarms;
    this.metrics = metrics;
    this.documents = documents;
  }

  /** A zone goes dark and comes back: both checks impaired, agents silent, systems alive. */
  public void outage(String zone, Instant from, Instant until) {
    clock.at(from, () -> inZone(zone, reach::cutOff));
    clock.at(until, () -> inZone(zone, reach::reconnect));
  }

  /** An agent is not heard for a while, though it runs. */
  public void agentSilent(String machineId, Duration time) {
    Machine machine = machine(machineId);
    reach.hush(machine);
    clock.after(time, () -> reach.unhush(machine));
  }

  /** An agent stops for good, until the machine boots again. */
  public void agentStops(String machineId) {
    reach.stopAgent(machine(machineId));
  }

  /** Systems Manager shows an agent's pings as this much older than they are. */
  public void pingStale(String machineId, Duration by) {
    reach.reportStalePing(machine(machineId), by);
  }

  /** A machine crashes, whatever it runs. */
  public void crash(String machineId) {
    life.crash(machine(machineId), "KERNEL_SECURITY_CHECK_FAILURE");
  }

  /** A machine's owner reboots it out of turn. */
  public void reboot(String machineId) {
    life.boot(machine(machineId));
  }

  /** A machine's owner terminates it. */
  public void terminate(String instanceId) {
    power.terminate(machine(instanceId));
  }

  /** Attached volumes stop answering for a while. */
  public void disksHang(String instanceId, Duration time) {
    Machine machine = machine(instanceId);
    reach.disksWork(machine, false);
    clock.after(time, () -> reach.disksWork(machine, true));
  }

  /** The next snapshot set ends in error, all its members. */
  public void failNextSnapshotSet() {
    snapshots.failNext(1);
  }

  /** Snapshots that are taken from now on are pending this much longer. */
  public void slowSnapshots(Duration by) {
    snapshots.slowBy(by);
  }

  /** The next root replacement ends in {@code failed}: the old root stays. */
  public void failNextRootReplacement() {
    replacements.failNext(RootReplacements.Failure.OLD_ROOT_KEPT);
  }

  /** The next root replacement ends in {@code failed-detached}: there is no root at all. */
  public void detachNextRootReplacement() {
    replacements.failNext(RootReplacements.Failure.DETACHED);
  }

  /** Every root replacement on one instance goes wrong. */
  public void failRootReplacementOn(String instanceId, RootReplacements.Failure failure) {
    replacements.failOn(instanceId, failure);
  }

  /** A start is accepted, and then the instance stops for want of a key grant. */
  public void denyKeyGrant(String instanceId) {
    power.denyKeyGrant(instanceId);
  }

  /** A document changes in place, so that a pinned hash no longer fits. */
  public void documentChanges(String name) {
    documents.alter(name, documents.latest(name).content() + " ");
  }

  public void loseNextEvent() {
    bus.loseNext();
  }

  public void repeatNextEvent(Duration after) {
    bus.repeatNext(after);
  }

  public void delayNextEvent(Duration by) {
    bus.delayNext(by);
  }

  /** An alarm's actions are muted; its events say so. */
  public void muteAlarm(String alarmName, String ruleArn, Instant from, Instant until) {
    alarms.mute(alarmName, ruleArn, from, until);
  }

  /** CloudWatch cannot evaluate an alarm; null ends it. */
  public void alarmIsBlind(String alarmName, @Nullable String evaluationState) {
    alarms.evaluationState(alarmName, evaluationState);
  }

  /** Nobody reports a metric for a while. */
  public void metricSilent(FleetMetrics.Metric metric, Instant from, Instant until) {
    metrics.silence(metric, from, until);
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
