package dev.ringfence.engine;

import dev.ringfence.health.AlarmSight;
import dev.ringfence.health.Check;
import dev.ringfence.health.Invocation;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.Sight;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Ways in which evidence fails to be evidence, as a change to what a beat sees. */
final class Faults {
  /** Far older than any patience. */
  static final Duration STALE = Duration.ofDays(1);

  static final UnaryOperator<Sight> NO_INVOCATIONS =
      sight ->
          with(sight, sight.vitals(), Map.of(), sight.alarms(), sight.alarmsRead(), open(sight));

  private Faults() {}

  private static @Nullable Boolean open(Sight sight) {
    return sight.calendarOpen();
  }

  private static Sight with(
      Sight sight,
      Map<String, Vitals> vitals,
      Map<String, Map<String, Invocation>> invocations,
      Map<String, AlarmSight> alarms,
      boolean alarmsRead,
      @Nullable Boolean calendarOpen) {
    return sight
        .again()
        .vitals(vitals)
        .invocations(invocations)
        .alarms(alarms, alarmsRead)
        .calendarOpen(calendarOpen)
        .seen();
  }

  /** Another look at each machine; null means that it was not seen. */
  interface Look {
    @Nullable Vitals at(Vitals seen);
  }

  static UnaryOperator<Sight> vitals(Look look) {
    return sight -> {
      Map<String, Vitals> next = new HashMap<>();
      sight
          .vitals()
          .forEach((machine, seen) -> {
            Vitals other = look.at(seen);
            if (other != null) {
              next.put(machine, other);
            }
          });
      return with(
          sight, next, sight.invocations(), sight.alarms(), sight.alarmsRead(), open(sight));
    };
  }

  static Sight replaced(Sight sight, Map<String, Vitals> vitals) {
    return with(
        sight, vitals, sight.invocations(), sight.alarms(), sight.alarmsRead(), open(sight));
  }

  static UnaryOperator<Sight> noPing() {
    return vitals(v -> new Vitals(v.at(), v.ec2(), new Vitals.Agent(null)));
  }

  static UnaryOperator<Sight> oldPing() {
    return vitals(v -> new Vitals(v.at(), v.ec2(), new Vitals.Agent(v.at().minus(STALE))));
  }

  static UnaryOperator<Sight> pingsUnread() {
    return vitals(v -> new Vitals(v.at(), v.ec2(), null));
  }

  static UnaryOperator<Sight> checksUnread() {
    return vitals(v -> new Vitals(v.at(), null, v.agent()));
  }

  static UnaryOperator<Sight> machinesUnread() {
    return vitals(v -> null);
  }

  /** Which of EC2's three checks. */
  enum Of {
    INSTANCE,
    SYSTEM,
    EBS
  }

  static UnaryOperator<Sight> check(Of of, Check word) {
    return vitals(v -> {
      Check instance = of == Of.INSTANCE ? word : Check.OK;
      Check system = of == Of.SYSTEM ? word : Check.OK;
      Check ebs = of == Of.EBS ? word : Check.OK;
      return new Vitals(v.at(), new Vitals.Ec2("running", instance, system, ebs), v.agent());
    });
  }

  static UnaryOperator<Sight> state(String state) {
    return vitals(
        v -> new Vitals(v.at(), new Vitals.Ec2(state, Check.OK, Check.OK, Check.OK), v.agent()));
  }

  /** Everything that a version probe says is something else; installers print nothing. */
  static UnaryOperator<Sight> readBack(String output) {
    return sight -> {
      Map<String, Map<String, Invocation>> next = new HashMap<>();
      sight
          .invocations()
          .forEach((command, answers) -> {
            Map<String, Invocation> changed = new HashMap<>(answers);
            changed.replaceAll((machine, i) ->
                i.output().isEmpty()
                    ? i
                    : new Invocation(i.outcome(), i.finishedAt(), output, i.details()));
            next.put(command, changed);
          });
      return with(sight, sight.vitals(), next, sight.alarms(), sight.alarmsRead(), open(sight));
    };
  }

  /** Every answered command ended like this; the version cannot be read therefore. */
  static UnaryOperator<Sight> outcome(Invocation.Outcome outcome) {
    return sight -> {
      Map<String, Map<String, Invocation>> next = new HashMap<>();
      sight
          .invocations()
          .forEach((command, answers) -> {
            Map<String, Invocation> changed = new HashMap<>(answers);
            changed.replaceAll((machine, i) ->
                new Invocation(outcome, i.finishedAt(), i.output(), outcome.name()));
            next.put(command, changed);
          });
      return with(sight, sight.vitals(), next, sight.alarms(), sight.alarmsRead(), open(sight));
    };
  }

  static UnaryOperator<Sight> alarms(Map<String, AlarmSight> alarms, boolean read) {
    return sight -> with(sight, sight.vitals(), sight.invocations(), alarms, read, open(sight));
  }

  static UnaryOperator<Sight> calendar(@Nullable Boolean said) {
    return sight ->
        with(sight, sight.vitals(), sight.invocations(), sight.alarms(), sight.alarmsRead(), said);
  }

  static UnaryOperator<Sight> blind() {
    return sight -> Sight.blind(sight.at());
  }
}
