package dev.ringfence.simulation;

import dev.ringfence.lab.cloud.Faults;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.cloudwatch.FleetMetrics;
import dev.ringfence.lab.cloud.ec2.RootReplacements;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.ssm.Documents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Draws what goes wrong in the world itself, and lets it happen at its time. */
final class Incidents {
  /** By when an incident has happened: the busy part of a story. */
  private static final int WITHIN_MINUTES = 240;

  private final Scenario scenario;
  private final SimulatedCloud cloud;
  private final Faults faults;
  private final Dice dice;
  private final List<String> drawn = new ArrayList<>();

  Incidents(Scenario scenario, SimulatedCloud cloud) {
    this.scenario = scenario;
    this.cloud = cloud;
    this.faults = cloud.faults();
    this.dice = scenario.dice().split();
  }

  /** What will happen, in words. */
  List<String> drawn() {
    return drawn;
  }

  void draw() {
    machines();
    disks();
    gates();
    if (dice.chance(0.04)) {
      Instant at = soon();
      drawn.add("the installer's document changes at " + at);
      cloud.clock().at(at, () -> faults.documentChanges(Documents.INSTALL));
    }
  }

  private void machines() {
    if (dice.chance(0.15)) {
      Instant from = soon();
      String zone = dice.oneOf(Account.ZONES);
      Duration time = dice.minutes(5, 240);
      drawn.add("zone " + zone + " is out from " + from + " for " + time);
      faults.outage(zone, from, from.plus(time));
    }
    for (Machine machine : cloud.fleet().machines()) {
      if (dice.chance(scenario.seed() % 3 == 0 ? 0.06 : 0.005)) {
        befall(machine);
      }
    }
  }

  private void befall(Machine machine) {
    Instant at = soon();
    String id = machine.id();
    Duration time = dice.minutes(3, 90);
    boolean instance = !machine.hardware().hybrid();
    int what = dice.between(0, 6);
    drawn.add("incident " + what + " of " + id + " at " + at + " for " + time);
    cloud
        .clock()
        .at(
            at,
            () -> {
              if (machine.power() != Machine.Power.RUNNING) {
                return;
              }
              switch (what) {
                case 0 -> faults.agentSilent(id, time);
                case 1 -> faults.agentStops(id);
                case 2 -> faults.pingStale(id, time);
                case 3 -> faults.crash(id);
                case 4 -> {
                  if (machine.condition() == Machine.Condition.UP) {
                    faults.reboot(id);
                  }
                }
                case 5 -> {
                  if (instance) {
                    faults.disksHang(id, time);
                  }
                }
                default -> {
                  if (instance) {
                    faults.terminate(id);
                  }
                }
              }
            });
  }

  private void disks() {
    if (dice.chance(0.15)) {
      int sets = dice.between(1, 5);
      drawn.add(sets + " snapshot sets fail");
      for (int i = 0; i < sets; i++) {
        faults.failNextSnapshotSet();
      }
    }
    if (dice.chance(0.1)) {
      Duration by = dice.minutes(5, 400);
      drawn.add("snapshots take " + by + " longer");
      faults.slowSnapshots(by);
    }
    if (dice.chance(0.15)) {
      drawn.add("a root replacement fails");
      faults.failNextRootReplacement();
    }
    if (dice.chance(0.15)) {
      drawn.add("a root replacement leaves no root");
      faults.detachNextRootReplacement();
    }
    if (dice.chance(0.05)) {
      Machine machine = dice.oneOf(cloud.fleet().instances());
      drawn.add("no root replacement works on " + machine.id());
      faults.failRootReplacementOn(machine.id(), dice.oneOf(RootReplacements.Failure.values()));
    }
  }

  private void gates() {
    if (scenario.rules().calendars().contains(Rules.CALENDAR) && dice.chance(0.9)) {
      boolean open = dice.chance(0.6);
      Instant turns = dice.chance(0.5) ? soon() : null;
      drawn.add("the calendar is " + (open ? "open" : "closed") + ", turns at " + turns);
      cloud.calendar(Rules.CALENDAR, open, turns);
    }
    if (scenario.alarmsMade().isEmpty()) {
      return;
    }
    Instant at = soon();
    Duration time = dice.minutes(3, 120);
    switch (dice.between(0, 9)) {
      case 0 -> {
        drawn.add("the alarm is muted from " + at + " for " + time);
        faults.muteAlarm(Scenario.FAILING, "arn:rule", at, at.plus(time));
      }
      case 1 -> {
        drawn.add("the alarm is blind from " + at + " for " + time);
        cloud.clock().at(at, () -> faults.alarmIsBlind(Scenario.FAILING, "EVALUATION_ERROR"));
        cloud.clock().at(at.plus(time), () -> faults.alarmIsBlind(Scenario.FAILING, null));
      }
      case 2 -> {
        drawn.add("nobody reports the metric from " + at + " for " + time);
        faults.metricSilent(FleetMetrics.failing(scenario.fleet().product()), at, at.plus(time));
      }
      default -> {}
    }
  }

  private Instant soon() {
    return scenario.fleet().start().plus(dice.minutes(2, WITHIN_MINUTES));
  }
}
