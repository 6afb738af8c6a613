package dev.ringfence.engine;

import dev.ringfence.fleet.Machine;
import dev.ringfence.health.AlarmSight;
import dev.ringfence.health.Check;
import dev.ringfence.health.Invocation;
import dev.ringfence.health.Vitals;
import dev.ringfence.operation.DrillEffect;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.MachineEffect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.QuietEffect;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A small world: machines that take an update within a minute and live or die by it, snapshots that
 * take two, root replacements that take three. It remembers by key what really took place, and does
 * a thing twice when it is told twice without a look.
 */
final class TestingWorld implements World {
  static final Duration INSTALL = Duration.ofSeconds(30);
  static final Duration DIES = Duration.ofSeconds(60);
  static final Duration SNAPSHOT = Duration.ofMinutes(2);
  static final Duration REPLACEMENT = Duration.ofMinutes(3);

  /** How the names of snapshots begin that were there before. */
  static final String OLD = "old-";

  /** One thing that took place. */
  record Deed(String id, String key, Instant at, List<String> machines, Effect effect) {}

  /** What a machine is at some moment. */
  static final class Guest {
    final Machine machine;
    String version;
    Instant booted;
    @Nullable Instant diedAt;
    final Map<String, String> snapshots = new HashMap<>();

    Guest(Machine machine, String version, Instant booted) {
      this.machine = machine;
      this.version = version;
      this.booted = booted;
    }
  }

  final Map<String, Guest> guests = new TreeMap<>();
  final List<Deed> deeds = new ArrayList<>();
  final Set<String> cancelled = new HashSet<>();
  final Map<String, AlarmSight> alarms = new HashMap<>();

  /** How machines hold still. */
  final TestingRest rest = new TestingRest();

  /** Snapshots that somebody deleted. */
  final Set<String> gone = new HashSet<>();

  final List<Effect> asked = new ArrayList<>();
  final List<Boolean> looks = new ArrayList<>();
  boolean deadly;
  boolean reboots;
  boolean oldPoints;
  int observed;
  private final TestingTime time;
  private Boundaries boundaries = Boundaries.unharmed();
  private @Nullable Runnable beforePerform;
  private @Nullable Runnable afterPerform;
  private @Nullable RuntimeException broken;
  private Predicate<Effect> lost = effect -> false;
  private UnaryOperator<Sight> lens = UnaryOperator.identity();

  TestingWorld(TestingTime time, List<Machine> fleet, String version) {
    this.time = time;
    Instant booted = time.instant().minus(Duration.ofDays(3));
    fleet.forEach(machine -> guests.put(machine.id(), new Guest(machine, version, booted)));
  }

  void boundaries(Boundaries next) {
    boundaries = next;
  }

  void beforeNextPerform(Runnable interference) {
    beforePerform = interference;
  }

  /** Something happens right after the next effect was performed, before anybody knows. */
  void afterNextPerform(Runnable interference) {
    afterPerform = interference;
  }

  void breaksWith(@Nullable RuntimeException failure) {
    broken = failure;
  }

  Guest guest(String machine) {
    return Objects.requireNonNull(guests.get(machine), machine);
  }

  /** How often what this key names took place. */
  long times(String key) {
    return deeds.stream().filter(deed -> deed.key().equals(key)).count();
  }

  @Override
  public Sight observe(Watch watch) {
    return boundaries.cross("observe", () -> lens.apply(look(watch)));
  }

  /** Of these effects nobody hears the answer, though they take place. */
  void losesAnswer(Predicate<Effect> which) {
    lost = which;
  }

  /** Everything that is seen from now on is seen through this. */
  void through(UnaryOperator<Sight> next) {
    lens = next;
  }

  private Sight look(Watch watch) {
    observed++;
    Instant now = time.instant();
    Map<String, Vitals> vitals = new HashMap<>();
    watch.machines().forEach(id -> vitals.put(id, vitals(guest(id), now)));
    Map<String, Map<String, Invocation>> invocations = new HashMap<>();
    Map<String, Sight.Snapshot> snapshots = new HashMap<>();
    Map<String, Sight.Replacement> replacements = new HashMap<>();
    for (Deed deed : deeds) {
      if (watch.commands().contains(deed.id())) {
        invocations.put(deed.id(), invocations(deed, now));
      }
      if (watch.snapshots().contains(deed.id())) {
        boolean pending = now.isBefore(deed.at().plus(SNAPSHOT));
        snapshots.put(deed.id(), pending ? Sight.Snapshot.PENDING : Sight.Snapshot.COMPLETED);
      }
      if (watch.replacements().contains(deed.id())) {
        replacements.put(deed.id(), replaced(deed, now));
      }
    }
    watch.snapshots().stream()
        .filter(id -> id.startsWith(OLD))
        .forEach(id -> snapshots.put(id, Sight.Snapshot.COMPLETED));
    for (String id : watch.snapshots()) {
      Instant taken = rest.shadowTaken(id);
      if (taken != null) {
        boolean pending = now.isBefore(taken.plus(SNAPSHOT));
        snapshots.put(id, pending ? Sight.Snapshot.PENDING : Sight.Snapshot.COMPLETED);
      }
    }
    snapshots.keySet().stream()
        .filter(gone::contains)
        .forEach(id -> snapshots.put(id, Sight.Snapshot.FAILED));
    Map<String, RestorePoint> points = new HashMap<>();
    if (oldPoints) {
      watch.points().forEach(v -> points.put(v, new RestorePoint(OLD + v, now.minusSeconds(60))));
    }
    return Sight.look(now)
        .fleet(watch.fleet() == null ? null : guests.values().stream().map(g -> g.machine).toList())
        .vitals(vitals)
        .invocations(invocations)
        .alarms(Map.copyOf(alarms), true)
        .calendarOpen(true)
        .snapshots(snapshots)
        .points(points, true)
        .replacements(replacements)
        .seen();
  }

  private static Vitals vitals(Guest guest, Instant now) {
    boolean dead = guest.diedAt != null && !now.isBefore(guest.diedAt);
    Instant ping = dead ? guest.diedAt : now;
    return new Vitals(
        now,
        new Vitals.Ec2("running", dead ? Check.IMPAIRED : Check.OK, Check.OK, Check.OK),
        new Vitals.Agent(ping));
  }

  private Map<String, Invocation> invocations(Deed deed, Instant now) {
    if (deed.effect() instanceof QuietEffect) {
      return Map.of(deed.machines().getFirst(), rest.answer(deed.effect(), deed.at(), now));
    }
    Map<String, Invocation> answers = new HashMap<>();
    Effect.SendCommand command = (Effect.SendCommand) deed.effect();
    boolean probe = command.purpose() == Effect.SendCommand.Purpose.READ_VERSION;
    Instant ends = deed.at().plus(probe ? Duration.ofSeconds(5) : INSTALL);
    for (String id : deed.machines()) {
      Guest guest = guest(id);
      boolean dead = guest.diedAt != null && !ends.isBefore(guest.diedAt);
      boolean runs = now.isBefore(ends) || dead;
      String output = "version=" + guest.version + "\nbooted=" + guest.booted + "\n";
      answers.put(
          id,
          runs
              ? new Invocation(Invocation.Outcome.RUNNING, null, "", "InProgress")
              : new Invocation(Invocation.Outcome.SUCCESS, ends, probe ? output : "", "Success"));
    }
    return answers;
  }

  private Sight.Replacement replaced(Deed deed, Instant now) {
    Instant ends = deed.at().plus(REPLACEMENT);
    if (now.isBefore(ends)) {
      return new Sight.Replacement(Sight.Progress.UNDER_WAY, null);
    }
    return new Sight.Replacement(Sight.Progress.SUCCEEDED, ends);
  }

  @Override
  public Outcome perform(Effect effect, boolean lookFirst) {
    Runnable interference = beforePerform;
    if (interference != null) {
      beforePerform = null;
      interference.run();
    }
    String name = effect.getClass().getSimpleName();
    Outcome done = boundaries.cross(name, () -> act(effect, lookFirst));
    Outcome outcome = lost.test(effect) ? new Outcome.Unsettled(effect.key(), "no answer") : done;
    Runnable death = afterPerform;
    if (death != null) {
      afterPerform = null;
      death.run();
    }
    return outcome;
  }

  private Outcome act(Effect effect, boolean lookFirst) {
    asked.add(effect);
    looks.add(lookFirst);
    if (broken != null) {
      throw broken;
    }
    return switch (effect) {
      case Effect.SendCommand c -> once(c, c.machines(), "cmd-", lookFirst);
      case Effect.TakeSnapshots t -> once(t, List.of(t.machine()), "snap-", lookFirst);
      // Its key is a client token, so EC2 itself looks first.
      case Effect.ReplaceRoot r -> once(r, List.of(r.machine()), "task-", true);
      case Effect.FindCommand f ->
          deeds.stream()
              .filter(deed -> deed.key().equals(f.lost()))
              .findFirst()
              .<Outcome>map(deed -> new Outcome.Done(f.key(), deed.id(), deed.at()))
              .orElse(new Outcome.Refused(f.key(), Effect.FindCommand.NOT_FOUND, "never sent"));
      case Effect.CancelCommand c -> {
        cancelled.add(c.commandId());
        yield new Outcome.Done(c.key(), "", time.instant());
      }
      case QuietEffect.FindShadows f -> rest.find(f);
      case QuietEffect.MarkSnapshots m -> rest.mark(m, time.instant());
      case QuietEffect.Freeze f -> once(f, List.of(f.machine()), "cmd-", lookFirst);
      case QuietEffect.Thaw t -> once(t, List.of(t.machine()), "cmd-", lookFirst);
      case QuietEffect.TakeShadows s -> once(s, List.of(s.machine()), "cmd-", lookFirst);
      case DrillEffect d -> once(d, List.of(), "clone-", true);
      case MachineEffect m -> once(m, List.of(m.machine()), "deed-", true);
      case Effect.StartRestore s -> throw new IllegalStateException("the engine's own: " + s);
      case Effect.WritePointers w -> throw new IllegalStateException("the engine's own: " + w);
    };
  }

  private Outcome once(Effect effect, List<String> machines, String prefix, boolean lookFirst) {
    if (lookFirst) {
      for (Deed deed : deeds) {
        if (deed.key().equals(effect.key())) {
          return new Outcome.Done(effect.key(), deed.id(), deed.at());
        }
      }
    }
    String id = prefix + (deeds.size() + 1);
    deeds.add(new Deed(id, effect.key(), time.instant(), machines, effect));
    machines.forEach(machine -> change(guest(machine), id, effect));
    if (effect instanceof QuietEffect quiet) {
      rest.change(quiet, time.instant());
    }
    return new Outcome.Done(effect.key(), id, time.instant());
  }

  private void change(Guest guest, String id, Effect effect) {
    Instant now = time.instant();
    if (effect instanceof Effect.SendCommand c
        && c.purpose() == Effect.SendCommand.Purpose.UPDATE
        && guest.diedAt == null) {
      guest.version = dev.ringfence.rollout.Given.VERSION;
      guest.booted = reboots ? now.plus(INSTALL) : guest.booted;
      guest.diedAt = deadly ? now.plus(DIES) : null;
    } else if (effect instanceof Effect.TakeSnapshots) {
      guest.snapshots.put(id, guest.version);
    } else if (effect instanceof Effect.ReplaceRoot r) {
      guest.version =
          guest.snapshots.getOrDefault(r.snapshot(), dev.ringfence.rollout.Given.OLD_VERSION);
      guest.booted = now.plus(REPLACEMENT);
      guest.diedAt = null;
    }
  }
}
