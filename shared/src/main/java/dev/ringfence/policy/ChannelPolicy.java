package dev.ringfence.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.fleet.Consistency;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.release.Channel;
import dev.ringfence.release.json.Problems;
import dev.ringfence.release.json.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What holds for one channel of a product. Every {@link Setting} has a value; what each means is
 * said where it is declared ({@link Pace}, {@link Proof}, {@link WayBack}, {@link Quiescence}).
 */
public record ChannelPolicy(Values values) {
  /** All settings, in the order of the reference. */
  public static final List<Setting<?>> SETTINGS =
      Stream.of(Pace.ALL, Proof.ALL, WayBack.ALL, Quiescence.ALL)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  /** The policy that holds when nothing is said. */
  public static ChannelPolicy defaults(Channel channel) {
    Values values = Values.none();
    for (Setting<?> setting : SETTINGS) {
      values = withDefault(values, setting, channel);
    }
    return new ChannelPolicy(values);
  }

  private static <V> Values withDefault(Values values, Setting<V> setting, Channel channel) {
    return values.with(setting, setting.fallback(channel));
  }

  public <V> V get(Setting<V> setting) {
    return values.get(setting);
  }

  /**
   * This policy with another value for one setting. Limits across settings are checked when the
   * policy is read.
   *
   * @throws IllegalArgumentException when the value is beyond the setting's own limits
   */
  public <V> ChannelPolicy with(Setting<V> setting, V value) {
    Problems problems = new Problems();
    JsonNode written = setting.kind().write(value);
    if (setting.kind().read(written, setting.name(), problems) == null) {
      throw new IllegalArgumentException(problems.list().toString());
    }
    return new ChannelPolicy(values.with(setting, value));
  }

  public List<RingRule> rings() {
    return get(Pace.RINGS);
  }

  public double growth() {
    return get(Pace.GROWTH);
  }

  public double detectShare() {
    return get(Pace.DETECT_SHARE);
  }

  public double beta() {
    return get(Pace.BETA);
  }

  public double alpha() {
    return get(Proof.ALPHA);
  }

  public Duration deadline() {
    return get(Pace.DEADLINE);
  }

  public Duration observation() {
    return get(Pace.OBSERVATION);
  }

  public Duration dispatch() {
    return get(Pace.DISPATCH);
  }

  public Duration bake() {
    return get(Pace.BAKE);
  }

  /** The least time from the start of one wave to the start of the next. */
  public Duration minGap() {
    return dispatch().plus(bake());
  }

  public int maxInFlight() {
    return get(Pace.MAX_IN_FLIGHT);
  }

  public double perZoneShare() {
    return get(Pace.PER_ZONE_SHARE);
  }

  public String group() {
    return get(Pace.GROUP);
  }

  public double perGroupShare() {
    return get(Pace.PER_GROUP_SHARE);
  }

  public List<MaintenanceWindow> windows() {
    return get(Pace.WINDOWS);
  }

  /** Whether a maintenance window is open, or there is none. */
  public boolean isOpen(Instant now) {
    return MaintenanceWindow.anyOpen(windows(), now);
  }

  /** {@code now} when updates are allowed, else when a window next opens. */
  public Instant nextOpening(Instant now) {
    return MaintenanceWindow.nextOpening(windows(), now);
  }

  public List<String> calendars() {
    return get(Pace.CALENDARS);
  }

  public FailureBudget failureBudget() {
    return get(Proof.FAILURE_BUDGET);
  }

  public Duration proofOfLife() {
    return get(Proof.PROOF_OF_LIFE);
  }

  public Duration heartbeatSilence() {
    return get(Proof.HEARTBEAT_SILENCE);
  }

  public Duration deliveryTimeout() {
    return get(Proof.DELIVERY_TIMEOUT);
  }

  public int deliveryRetries() {
    return get(Proof.DELIVERY_RETRIES);
  }

  public Duration deliveryHold() {
    return get(Proof.DELIVERY_HOLD);
  }

  public List<String> alarms() {
    return get(Proof.ALARMS);
  }

  public Duration alarmHold() {
    return get(Proof.ALARM_HOLD);
  }

  public Duration holdLimit() {
    return get(Proof.HOLD_LIMIT);
  }

  public RestoreMode restore() {
    return get(WayBack.RESTORE);
  }

  public RestorePointRule restorePoint() {
    return get(WayBack.RESTORE_POINT);
  }

  public List<Unrestorable> updateWithoutRestore() {
    return get(WayBack.UPDATE_WITHOUT_RESTORE);
  }

  public Duration recoveryTime() {
    return get(WayBack.RECOVERY_TIME);
  }

  /** How old the passing drill of a machine's class may be; zero when none is asked for. */
  public Duration maxDrillAge() {
    return get(WayBack.MAX_DRILL_AGE);
  }

  public int restoresAtOnce() {
    return get(WayBack.RESTORES_AT_ONCE);
  }

  public Duration aftercare() {
    return get(WayBack.AFTERCARE);
  }

  /** What restore points that a rollout takes shall have. */
  public Consistency consistency() {
    return get(Quiescence.CONSISTENCY);
  }

  public List<String> beforeSnapshot() {
    return get(Quiescence.BEFORE_SNAPSHOT);
  }

  public List<String> afterSnapshot() {
    return get(Quiescence.AFTER_SNAPSHOT);
  }

  public Duration freezeLimit() {
    return get(Quiescence.FREEZE_LIMIT);
  }

  public WhenInconsistent whenInconsistent() {
    return get(Quiescence.WHEN_INCONSISTENT);
  }
}
