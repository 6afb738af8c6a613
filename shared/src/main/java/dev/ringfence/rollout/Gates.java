package dev.ringfence.rollout;

import dev.ringfence.health.AlarmGate;
import dev.ringfence.health.AlarmSight;
import dev.ringfence.health.Assessment;
import dev.ringfence.operation.Sending;
import dev.ringfence.policy.ChannelPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a roll-out to go on: nothing speaks against it, and what should speak does.
 */
final class Gates {
  private Gates() {}

  /** Why the roll-out must halt now, if it must. */
  static Optional<HaltReason> halt(Turn turn, HarmGate harm) {
    Optional<HaltReason> hurt = harm.verdict();
    if (hurt.isPresent()) {
      return hurt;
    }
    AlarmGate.Reading alarms = alarms(turn);
    Optional<AlarmSight> first =
        alarms.firing().stream().filter(alarm -> !firedBefore(turn, alarm)).findFirst();
    if (first.isPresent()) {
      return Optional.of(new HaltReason.AlarmFires(first.get().name(), first.get().reason()));
    }
    return turn.batches().stream()
        .map(Batch::update)
        .flatMap(update -> Optional.ofNullable(update).map(Sending::refused).stream())
        .findFirst()
        .map(HaltReason.Refused::new);
  }

  /** Why no further machine may be updated for now; null when nothing stands in the way. */
  static @Nullable HoldReason hold(Turn turn, Map<String, Integer> stalled, HarmGate harm) {
    AlarmGate.Reading alarms = alarms(turn);
    if (!alarms.blind().isEmpty()) {
      return new HoldReason.AlarmsBlind(alarms.blind());
    }
    List<String> before = alarms.firing().stream().map(AlarmSight::name).toList();
    if (!before.isEmpty()) {
      // Those that went off later have halted it by now.
      return new HoldReason.AlarmsFiredBefore(before);
    }
    for (Map.Entry<String, Integer> zone : stalled.entrySet()) {
      if (zone.getValue() >= Tempo.STALLED_MANY) {
        return new HoldReason.Infrastructure(zone.getKey(), zone.getValue());
      }
    }
    Assessment delivery = harm.delivery();
    int unsent = unsent(turn);
    if (delivery.reached() || unsent > 0) {
      return new HoldReason.DeliveryFails(harm.undelivered() + unsent, delivery.evidence());
    }
    return closed(turn);
  }

  /** Whether an alarm that fires went off when nobody had the release yet. */
  private static boolean firedBefore(Turn turn, AlarmSight alarm) {
    Instant exposed = turn.head().exposed();
    return exposed == null || alarm.firedBefore(exposed);
  }

  /** Machines whose command could not be sent for so long that somebody should know. */
  private static int unsent(Turn turn) {
    return turn.batches().stream()
        .map(Batch::update)
        .flatMap(update -> Optional.ofNullable(update).stream())
        .filter(Sending::isOpen)
        .filter(update -> !turn.now.isBefore(update.intended().plus(Tempo.SENDING)))
        .mapToInt(update -> update.machines().size())
        .sum();
  }

  private static AlarmGate.Reading alarms(Turn turn) {
    return AlarmGate.judge(turn.policy().alarms(), turn.sight.alarms(), turn.sight.alarmsRead());
  }

  /** Why nobody may be updated at this time of day; null when everything is open. */
  static @Nullable HoldReason closed(Turn turn) {
    ChannelPolicy policy = turn.policy();
    if (!policy.isOpen(turn.now)) {
      return new HoldReason.WindowClosed(policy.nextOpening(turn.now));
    }
    boolean calendarsOpen =
        policy.calendars().isEmpty() || Boolean.TRUE.equals(turn.sight.calendarOpen());
    return calendarsOpen ? null : new HoldReason.CalendarClosed(policy.calendars());
  }

  /**
   * When a hold for this reason, begun at {@code since}, becomes a halt or a question to a person.
   */
  static Instant until(HoldReason reason, ChannelPolicy policy, Instant since) {
    Duration limit =
        switch (reason) {
          case HoldReason.AlarmsBlind a -> policy.alarmHold();
          case HoldReason.AlarmsFiredBefore a -> policy.holdLimit();
          case HoldReason.NoEvidence n -> policy.proofOfLife();
          case HoldReason.DeliveryFails d -> policy.deliveryHold();
          case HoldReason.Infrastructure i -> policy.holdLimit();
          case HoldReason.LimitReached l -> policy.holdLimit();
          case HoldReason.CalendarClosed c -> policy.holdLimit();
          case HoldReason.WindowClosed w ->
              Duration.between(since, w.opens()).plus(policy.holdLimit());
        };
    return since.plus(limit);
  }

  /** The halt that a hold becomes at its deadline; empty where a person is asked instead. */
  static Optional<HaltReason> escalation(HoldReason reason, String ring) {
    return switch (reason) {
      case HoldReason.AlarmsBlind a -> Optional.of(new HaltReason.AlarmsBlind(a.blind()));
      case HoldReason.NoEvidence n -> Optional.of(new HaltReason.NoEvidence(ring, n.missing()));
      case HoldReason.AlarmsFiredBefore a -> Optional.empty();
      case HoldReason.DeliveryFails d -> Optional.empty();
      case HoldReason.Infrastructure i -> Optional.empty();
      case HoldReason.LimitReached l -> Optional.empty();
      case HoldReason.CalendarClosed c -> Optional.empty();
      case HoldReason.WindowClosed w -> Optional.empty();
    };
  }

  /** Some pieces of missing evidence by name, and how many more there are. */
  static List<String> named(List<String> missing) {
    if (missing.size() <= Tempo.NAMED_MAX) {
      return missing;
    }
    var named = new java.util.ArrayList<>(missing.subList(0, Tempo.NAMED_MAX));
    named.add("and " + (missing.size() - Tempo.NAMED_MAX) + " more");
    return named;
  }
}
