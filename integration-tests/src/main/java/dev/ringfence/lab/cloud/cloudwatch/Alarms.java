package dev.ringfence.lab.cloud.cloudwatch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All alarms: evaluated once a minute while there are any, and announced when they change. */
public final class Alarms {
  /** Alarms with periods of a minute and more are evaluated once a minute. */
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final VirtualClock clock;
  private final FleetMetrics metrics;
  private final EventBus bus;
  private final AlarmEvents events;
  private final Map<String, Alarm> alarms = new TreeMap<>();
  private final Map<String, Evaluation> evaluations = new HashMap<>();
  private boolean ticking;

  public Alarms(VirtualClock clock, Chance chance, FleetMetrics metrics, EventBus bus) {
    this.clock = clock;
    this.metrics = metrics;
    this.bus = bus;
    this.events = new AlarmEvents(chance);
  }

  /**
   * Makes CloudWatch say that it cannot evaluate an alarm, which then keeps its state.
   *
   * @param state {@code PARTIAL_DATA}, {@code EVALUATION_FAILURE}, {@code EVALUATION_ERROR}, or
   *     null when all is well again
   */
  public void evaluationState(String alarmName, @Nullable String state) {
    Alarm alarm = require(alarmName);
    alarm.evaluationState = state;
    alarm.updatedAt = clock.instant();
  }

  /** Mutes an alarm's actions in a window of time; it still changes its state. */
  public void mute(String alarmName, String ruleArn, Instant from, Instant until) {
    require(alarmName).mute = new Alarm.Mute(ruleArn, from, until);
  }

  Collection<Alarm> all() {
    return Collections.unmodifiableCollection(alarms.values());
  }

  @Nullable Alarm find(String name) {
    return alarms.get(name);
  }

  /** A new alarm, or the old one with a new rule and its old state. */
  Alarm put(String name, Alarm.Rule rule) {
    Instant now = clock.instant();
    Alarm alarm = alarms.computeIfAbsent(name, key -> new Alarm(key, rule, now));
    alarm.rule = rule;
    alarm.configuredAt = now;
    if (rule instanceof Alarm.MetricRule metric) {
      evaluations.put(name, new Evaluation(metric));
    } else {
      evaluations.remove(name);
    }
    tickSoon();
    return alarm;
  }

  void delete(String name) {
    alarms.remove(name);
    evaluations.remove(name);
  }

  /** Sets a state until the next evaluation, which may set it back. */
  void set(Alarm alarm, Alarm.State state, String reason, String reasonData) {
    change(alarm, new Alarm.Standing(state, reason, reasonData, clock.instant()));
    evaluateComposites(alarm);
  }

  private void tickSoon() {
    if (!ticking) {
      ticking = true;
      Instant now = clock.instant();
      long late = Math.floorMod(now.toEpochMilli(), EVERY.toMillis());
      clock.at(now.plus(EVERY).minusMillis(late), this::tick);
    }
  }

  private void tick() {
    if (alarms.isEmpty()) {
      ticking = false;
      return;
    }
    Instant now = clock.instant();
    Map<FleetMetrics.Metric, @Nullable Double> seen = new HashMap<>();
    for (Alarm alarm : List.copyOf(alarms.values())) {
      if (alarm.rule instanceof Alarm.MetricRule rule) {
        if (!seen.containsKey(rule.metric())) {
          seen.put(rule.metric(), metrics.value(rule.metric(), now));
        }
        evaluate(alarm, now, seen.get(rule.metric()));
      }
    }
    evaluateComposites(null);
    clock.after(EVERY, this::tick);
  }

  private void evaluate(Alarm alarm, Instant now, @Nullable Double value) {
    Evaluation evaluation = evaluations.get(alarm.name);
    Alarm.Standing next = evaluation == null ? null : evaluation.minute(now, value);
    if (next != null && alarm.evaluationState == null) {
      change(alarm, next);
    }
  }

  /** Composites may watch composites: goes on until nothing changes, which it does in time. */
  private void evaluateComposites(@Nullable Alarm trigger) {
    for (int round = 0; round < alarms.size(); round++) {
      boolean changed = false;
      for (Alarm alarm : List.copyOf(alarms.values())) {
        if (alarm.rule instanceof Alarm.CompositeRule rule) {
          changed |= evaluate(alarm, rule, trigger);
        }
      }
      if (!changed) {
        return;
      }
    }
  }

  private boolean evaluate(Alarm alarm, Alarm.CompositeRule rule, @Nullable Alarm trigger) {
    boolean holds = rule.expression().holds(this::state);
    Alarm.State state = holds ? Alarm.State.ALARM : Alarm.State.OK;
    if (alarm.standing.value() == state || alarm.evaluationState != null) {
      return false;
    }
    Alarm child = trigger == null ? newest(rule) : trigger;
    String reason =
        child == null
            ? "The rule is " + holds
            : AlarmEvents.arn(child.name)
                + " transitioned to "
                + child.standing.value()
                + " at "
                + child.standing.at();
    change(alarm, new Alarm.Standing(state, reason, data(child), clock.instant()));
    return true;
  }

  private Alarm.State state(String name) {
    Alarm alarm = alarms.get(name);
    return alarm == null ? Alarm.State.INSUFFICIENT_DATA : alarm.standing.value();
  }

  private @Nullable Alarm newest(Alarm.CompositeRule rule) {
    Alarm newest = null;
    for (String name : rule.expression().children()) {
      Alarm child = alarms.get(name);
      if (child != null
          && (newest == null || child.transitionedAt.isAfter(newest.transitionedAt))) {
        newest = child;
      }
    }
    return newest;
  }

  private static String data(@Nullable Alarm child) {
    ObjectNode data = new JsonMapper().createObjectNode();
    var triggering = data.putArray("triggeringAlarms");
    if (child != null) {
      ObjectNode node = triggering.addObject();
      node.put("arn", AlarmEvents.arn(child.name));
      ObjectNode state = node.putObject("state");
      state.put("value", child.standing.value().name());
      state.put("timestamp", AlarmEvents.stamp(child.standing.at()));
    }
    return data.toString();
  }

  private void change(Alarm alarm, Alarm.Standing next) {
    Alarm.Standing before = alarm.standing;
    if (before.value() == next.value()) {
      return;
    }
    Instant now = clock.instant();
    alarm.standing = next;
    alarm.updatedAt = now;
    alarm.transitionedAt = now;
    bus.send(events.stateChange(alarm, before, now));
  }

  private Alarm require(String name) {
    Alarm alarm = alarms.get(name);
    if (alarm == null) {
      throw new IllegalArgumentException("no alarm " + name);
    }
    return alarm;
  }
}
