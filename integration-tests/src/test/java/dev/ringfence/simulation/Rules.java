package dev.ringfence.simulation;

import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.FailureBudget;
import dev.ringfence.policy.MaintenanceWindow;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.Proof;
import dev.ringfence.policy.RestoreMode;
import dev.ringfence.policy.RestorePointRule;
import dev.ringfence.policy.WayBack;
import dev.ringfence.release.Channel;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;

/** Draws a policy: any that a person might write, with waits that let a story end in days. */
final class Rules {
  static final String CALENDAR = "freeze";

  private Rules() {}

  static ChannelPolicy draw(Dice dice, Channel channel, int machines, List<String> alarms) {
    return proof(
        dice, wayBack(dice, pace(dice, ChannelPolicy.defaults(channel), machines)), alarms);
  }

  private static ChannelPolicy pace(Dice dice, ChannelPolicy rules, int machines) {
    Duration bake = dice.minutes(10, 30);
    Duration dispatch = dice.minutes(5, 15);
    Duration deadline = bake.plus(dispatch).multipliedBy(2).plus(dice.minutes(0, 180));
    ChannelPolicy next =
        rules
            .with(Pace.GROWTH, dice.oneOf(1.25, 1.5, 2.0, 5.0, 10.0))
            .with(Pace.DETECT_SHARE, dice.oneOf(0.01, 0.03, 0.2))
            .with(Pace.BAKE, bake)
            .with(Pace.DISPATCH, dispatch)
            .with(Pace.DEADLINE, deadline)
            .with(Pace.OBSERVATION, bake.plus(dice.minutes(0, 60)))
            .with(Pace.MAX_IN_FLIGHT, dice.between(machines > 20 ? 3 : 1, 60))
            .with(Pace.PER_ZONE_SHARE, dice.oneOf(0.1, 0.25, 0.5, 1.0))
            .with(Pace.GROUP, dice.oneOf(FleetSpec.GROUP_TAG, FleetSpec.AUTO_SCALING_TAG))
            .with(Pace.PER_GROUP_SHARE, dice.oneOf(0.1, 0.25, 0.5, 1.0));
    if (dice.chance(0.4)) {
      next = next.with(Pace.RINGS, List.of());
    }
    if (dice.chance(0.1)) {
      next = next.with(Pace.WINDOWS, List.of(window(dice)));
    }
    return dice.chance(0.15) ? next.with(Pace.CALENDARS, List.of(CALENDAR)) : next;
  }

  private static MaintenanceWindow window(Dice dice) {
    return new MaintenanceWindow(
        EnumSet.allOf(DayOfWeek.class),
        LocalTime.of(dice.between(0, 23), 0),
        dice.minutes(4 * 60, 12 * 60),
        ZoneOffset.UTC);
  }

  private static ChannelPolicy wayBack(Dice dice, ChannelPolicy rules) {
    return rules
        .with(WayBack.RESTORE, dice.chance(0.75) ? RestoreMode.AUTO : RestoreMode.ASK)
        .with(
            WayBack.RESTORE_POINT,
            dice.oneOf(
                new RestorePointRule.Fresh(),
                new RestorePointRule.ReuseYoungerThan(Duration.ofDays(1)),
                new RestorePointRule.ReuseYoungerThan(Duration.ofHours(6))))
        .with(
            WayBack.UPDATE_WITHOUT_RESTORE,
            dice.some(List.of(Unrestorable.HYBRID_NODE, Unrestorable.HIBERNATION), 0.5))
        .with(WayBack.RECOVERY_TIME, dice.minutes(10, 90))
        .with(WayBack.AFTERCARE, dice.minutes(20, 180));
  }

  private static ChannelPolicy proof(Dice dice, ChannelPolicy rules, List<String> alarms) {
    return rules
        .with(Proof.ALPHA, dice.oneOf(0.001, 0.01, 0.1))
        .with(
            Proof.FAILURE_BUDGET,
            new FailureBudget(dice.oneOf(0.05, 0.1, 0.5), dice.between(1, 5), null))
        .with(Proof.PROOF_OF_LIFE, dice.minutes(15, 60))
        .with(Proof.HEARTBEAT_SILENCE, dice.minutes(8, 14))
        .with(Proof.DELIVERY_TIMEOUT, dice.seconds(30, 600))
        .with(Proof.DELIVERY_RETRIES, dice.between(0, 3))
        .with(Proof.DELIVERY_HOLD, dice.minutes(5, 60))
        .with(Proof.ALARMS, alarms)
        .with(Proof.ALARM_HOLD, dice.minutes(5, 30))
        .with(Proof.HOLD_LIMIT, dice.minutes(60, 180));
  }
}
