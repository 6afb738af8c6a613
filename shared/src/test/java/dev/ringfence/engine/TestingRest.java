package dev.ringfence.engine;

import dev.ringfence.health.Invocation;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.QuietEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Machines that hold still when they are told to, by a script whose first line says for how long at
 * the most, and Windows machines that make their snapshots themselves. It remembers who was frozen
 * when, and what is written on which set.
 */
final class TestingRest {
  /** From a command to what it does; its answer comes with it. */
  static final Duration TAKES = Duration.ofSeconds(2);

  /** One freeze: from when, and until when by its own timer or a thaw. */
  static final class Hold {
    final String machine;
    final Instant from;
    final Instant limit;
    Instant until;
    boolean thawed;

    Hold(String machine, Instant from, Instant limit) {
      this.machine = machine;
      this.from = from;
      this.limit = limit;
      this.until = limit;
    }
  }

  final Map<String, Hold> holds = new HashMap<>();
  final Map<String, String> marks = new HashMap<>();

  /** Machines on which the commands of before fail. */
  final Set<String> restless = new HashSet<>();

  /** Machines whose agents do not hear a thaw. */
  final Set<String> deaf = new HashSet<>();

  /** Machines whose VSS makes snapshots that it does not vouch for. */
  final Set<String> unvouched = new HashSet<>();

  /** Machines whose VSS makes none. */
  final Set<String> shadowless = new HashSet<>();

  private final Set<String> closed = new HashSet<>();
  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, Instant> shadows = new HashMap<>();
  private final List<String> poor = new ArrayList<>();

  /** What a command does to its machine. */
  void change(QuietEffect effect, Instant now) {
    switch (effect) {
      case QuietEffect.Freeze f -> freeze(f, now);
      case QuietEffect.Thaw t -> thaw(t, now);
      case QuietEffect.TakeShadows s -> shadows(s, now);
      case QuietEffect.FindShadows f -> {}
      case QuietEffect.MarkSnapshots m -> {}
    }
  }

  private void freeze(QuietEffect.Freeze freeze, Instant now) {
    Instant from = now.plus(TAKES);
    boolean late = closed.contains(freeze.key());
    if (late || restless.contains(freeze.machine())) {
      answers.put(freeze.key(), late ? "ringfence=late" : "ringfence=failed");
      return;
    }
    long limit = Long.parseLong(freeze.script().getFirst().split(" ", -1)[4]);
    holds.put(freeze.key(), new Hold(freeze.machine(), from, from.plusSeconds(limit)));
    answers.put(freeze.key(), "ringfence=frozen");
  }

  private void thaw(QuietEffect.Thaw thaw, Instant now) {
    if (deaf.contains(thaw.machine())) {
      return;
    }
    String key = thaw.key().substring(0, thaw.key().indexOf("-thaw"));
    Hold hold = holds.get(key);
    Instant at = now.plus(TAKES);
    if (hold == null) {
      closed.add(key);
      answers.put(thaw.key(), "ringfence=never");
    } else if (!hold.thawed && at.isBefore(hold.limit)) {
      hold.thawed = true;
      hold.until = at;
      answers.put(thaw.key(), "ringfence=held");
    } else {
      answers.put(thaw.key(), "ringfence=expired");
    }
  }

  private void shadows(QuietEffect.TakeShadows take, Instant now) {
    if (!shadowless.contains(take.machine())) {
      shadows.put(take.key(), now.plus(TAKES));
      if (unvouched.contains(take.machine())) {
        poor.add(take.key());
      }
    }
    answers.put(take.key(), "");
  }

  /** What Systems Manager tells of a command. */
  Invocation answer(Effect effect, Instant sent, Instant now) {
    String said = answers.get(effect.key());
    if (said == null || now.isBefore(sent.plus(TAKES))) {
      return new Invocation(Invocation.Outcome.RUNNING, null, "", "InProgress");
    }
    boolean failed = said.endsWith("failed") || said.endsWith("late");
    return new Invocation(
        failed ? Invocation.Outcome.FAILED : Invocation.Outcome.SUCCESS,
        sent.plus(TAKES),
        said,
        failed ? "Failed" : "Success");
  }

  /** The root's snapshot of a set that Windows made, by the time at which it was taken. */
  Outcome find(QuietEffect.FindShadows find) {
    Instant at = shadows.get(find.of());
    return at == null
        ? new Outcome.Refused(find.key(), Effect.FindCommand.NOT_FOUND, "none")
        : new Outcome.Done(find.key(), shadow(find.of()), at);
  }

  static String shadow(String key) {
    return "shadow-of-" + key;
  }

  /** When a snapshot that Windows made was taken; null when it is none. */
  @Nullable Instant shadowTaken(String snapshot) {
    return snapshot.startsWith("shadow-of-")
        ? shadows.get(snapshot.substring("shadow-of-".length()))
        : null;
  }

  Outcome mark(QuietEffect.MarkSnapshots mark, Instant now) {
    boolean vouched = !mark.shadows() || !poor.contains(mark.of());
    String tag = vouched ? mark.achieved().tag() : "crash";
    marks.put(mark.of(), tag);
    return new Outcome.Done(mark.key(), tag, now);
  }

  /** Whether a machine was frozen at a moment. */
  boolean wasFrozen(String machine, Instant at) {
    return holds.values().stream()
        .anyMatch(hold ->
            hold.machine.equals(machine) && !at.isBefore(hold.from) && at.isBefore(hold.until));
  }
}
