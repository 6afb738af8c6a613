package dev.ringfence.policy;

import dev.ringfence.release.json.Path;
import dev.ringfence.release.json.Problems;
import dev.ringfence.release.json.Values;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Settings that are fine by themselves and cannot work together. */
final class ChannelChecks {
  /** From the pilot to the canary and from there to the rest: no plan has fewer gaps. */
  private static final int FEWEST_GAPS = 2;

  /** {@code longer} must not be below {@code shorter}, because of {@code why}. */
  private record Order(Setting<Duration> longer, Setting<Duration> shorter, String why) {}

  private static final List<Order> ORDERS =
      List.of(
          new Order(
              Pace.OBSERVATION,
              Pace.BAKE,
              "the last wave deserves to be watched as long as the others"),
          new Order(
              Proof.PROOF_OF_LIFE,
              Proof.HEARTBEAT_SILENCE,
              "before that, a silent machine cannot be told from one between two pings"),
          new Order(
              Proof.PROOF_OF_LIFE,
              Proof.DELIVERY_TIMEOUT,
              "before that, the machine may not even have been handed the command"),
          new Order(
              Proof.HOLD_LIMIT,
              Proof.ALARM_HOLD,
              "the hold must become a halt before a person is asked about it"),
          new Order(
              Proof.HOLD_LIMIT,
              Proof.DELIVERY_HOLD,
              "the hold must become a halt before a person is asked about it"),
          new Order(
              WayBack.AFTERCARE,
              Proof.HEARTBEAT_SILENCE,
              "a machine that dies at the halt is not noticed sooner"));

  private ChannelChecks() {}

  static void check(Values values, String path, Problems problems) {
    for (Order order : ORDERS) {
      Duration shorter = values.get(order.shorter);
      if (values.get(order.longer).compareTo(shorter) < 0) {
        problems.add(
            Path.member(path, order.longer.name()),
            "must not be below " + order.shorter.name() + " (" + shorter + "): " + order.why);
      }
    }
    checkGap(values, path, problems);
    checkRingNames(values, path, problems);
    checkScripts(values, path, problems);
  }

  /** Whoever stops an application says how it goes on. */
  private static void checkScripts(Values values, String path, Problems problems) {
    boolean before = values.get(Quiescence.BEFORE_SNAPSHOT).isEmpty();
    boolean after = values.get(Quiescence.AFTER_SNAPSHOT).isEmpty();
    if (before != after) {
      Setting<?> missing = before ? Quiescence.BEFORE_SNAPSHOT : Quiescence.AFTER_SNAPSHOT;
      Setting<?> there = before ? Quiescence.AFTER_SNAPSHOT : Quiescence.BEFORE_SNAPSHOT;
      problems.add(
          Path.member(path, missing.name()), "must not be empty when there is " + there.name());
    }
  }

  /** A wave that starts before the last one's dead can be seen is no wave. */
  private static void checkGap(Values values, String path, Problems problems) {
    Duration gap = values.get(Pace.DISPATCH).plus(values.get(Pace.BAKE));
    Duration silence = values.get(Proof.HEARTBEAT_SILENCE);
    if (gap.compareTo(silence) <= 0) {
      problems.add(
          Path.member(path, Pace.BAKE.name()),
          "must, with dispatch, be above heartbeatSilence ("
              + silence
              + "): else the next wave starts before a dead machine can be noticed");
    }
    if (values.get(Pace.DEADLINE).compareTo(gap.multipliedBy(FEWEST_GAPS)) < 0) {
      problems.add(
          Path.member(path, Pace.DEADLINE.name()),
          "must be at least twice dispatch + bake ("
              + gap
              + "): else there is no time for a pilot, a canary and the rest");
    }
  }

  private static void checkRingNames(Values values, String path, Problems problems) {
    Set<String> seen = new HashSet<>();
    List<RingRule> rings = values.get(Pace.RINGS);
    for (int i = 0; i < rings.size(); i++) {
      if (!seen.add(rings.get(i).name())) {
        String ring = Path.element(Path.member(path, Pace.RINGS.name()), i);
        problems.add(Path.member(ring, "name"), "is another ring's name already");
      }
    }
  }
}
