package dev.ringfence.simulation;

import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Stratum;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.release.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One story as its seed draws it, before it is told.
 *
 * @param releases in the order in which they are published
 * @param alarms the alarms that the policy names
 * @param alarmsMade those of them that exist
 */
record Scenario(
    long seed,
    FleetSpec fleet,
    Channel channel,
    ChannelPolicy rules,
    List<Published> releases,
    List<String> alarms,
    List<String> alarmsMade,
    Trouble trouble,
    Dice dice) {
  /** The alarm that a fleet with alarms has. */
  static final String FAILING = "machines-failing";

  /** An alarm that nobody ever made. */
  static final String FORGOTTEN = "made-by-nobody";

  /**
   * A release.
   *
   * @param after when it is published, from the story's beginning
   * @param deliveries how often its event arrives
   */
  record Published(
      String version,
      Behaviour behaviour,
      boolean reboots,
      boolean withdrawable,
      Duration after,
      int deliveries) {}

  static Scenario draw(long seed) {
    Dice dice = new Dice(seed);
    int machines = dice.chance(0.5) ? dice.between(5, 25) : dice.between(26, 80);
    Channel channel = dice.oneOf(Channel.values());
    List<String> alarms = new ArrayList<>();
    List<String> made = new ArrayList<>();
    if (dice.chance(0.5)) {
      alarms.add(FAILING);
      made.add(FAILING);
    }
    if (dice.chance(0.05)) {
      alarms.add(FORGOTTEN);
    }
    FleetSpec fleet =
        FleetSpec.of(machines, seed)
            .withHybridShare(dice.oneOf(0.0, 0.0, 0.1))
            .withSpotShare(dice.oneOf(0.0, 0.1))
            .withHibernating(dice.chance(0.2) ? dice.between(1, 4) : 0);
    return new Scenario(
        seed,
        fleet,
        channel,
        Rules.draw(dice.split(), channel, machines, alarms),
        releases(dice.split(), channel),
        alarms,
        made,
        Trouble.draw(dice.split()),
        dice.split());
  }

  private static List<Published> releases(Dice dice, Channel channel) {
    List<Published> releases = new ArrayList<>();
    releases.add(release(dice, channel, "7.15.1", Duration.ofMinutes(1)));
    if (dice.chance(0.3)) {
      releases.add(release(dice, channel, "7.15.2", dice.minutes(1, 600)));
    }
    if (dice.chance(0.1)) {
      releases.add(release(dice, channel, "7.15.1-rc1", dice.minutes(1, 300)));
    }
    return releases;
  }

  private static Published release(Dice dice, Channel channel, String version, Duration after) {
    return new Published(
        version,
        behaviour(dice),
        channel == Channel.CAPABILITY && dice.chance(0.6),
        dice.chance(0.2),
        after,
        dice.chance(0.5) ? 1 : dice.between(2, 10));
  }

  private static Behaviour behaviour(Dice dice) {
    return switch (dice.between(0, 9)) {
      case 0, 1, 2, 3 -> new Behaviour.Healthy();
      case 4, 5 -> new Behaviour.BlueScreen();
      case 6 ->
          new Behaviour.BootLoop(
              dice.oneOf(Stratum.EVERYWHERE, Stratum.of(dice.oneOf(Hardware.Os.values()))));
      case 7 -> new Behaviour.SlowLeak(dice.minutes(1, 120));
      case 8 -> new Behaviour.AgentKiller();
      default -> new Behaviour.InstallFails(dice.oneOf(0.05, 0.3, 1.0));
    };
  }

  @Override
  public String toString() {
    return "seed %d: %d machines (%.0f %% hybrid, %d hibernating), %s, %s, alarms %s, %s%n  rules %s"
        .formatted(
            seed,
            fleet.machines(),
            100 * fleet.hybridShare(),
            fleet.hibernating(),
            channel,
            releases,
            alarms,
            trouble,
            rules.values());
  }
}
