package dev.ringfence.record;

import dev.ringfence.operation.Course;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Form;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Part;
import dev.ringfence.operation.Settled;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An operation of no particular kind, to try stores with. */
final class Trial {
  static final Instant START = Instant.parse("2026-11-01T08:00:00Z");

  /** The store never asks the course anything. */
  private static final Course<TrialHead, TrialPart> NO_COURSE =
      new Course<>() {
        @Override
        public Watch watch(Operation<TrialHead, TrialPart> operation, Instant now) {
          throw new AssertionError("a store does not watch");
        }

        @Override
        public Decision<TrialHead, TrialPart> decide(
            Operation<TrialHead, TrialPart> operation, Sight sight, Instant now) {
          throw new AssertionError("a store does not decide");
        }

        @Override
        public List<Effect> open(Operation<TrialHead, TrialPart> operation) {
          throw new AssertionError("a store has no effects");
        }

        @Override
        public Settled<TrialHead, TrialPart> settle(
            Operation<TrialHead, TrialPart> operation, List<Outcome> outcomes, Instant now) {
          throw new AssertionError("a store does not settle");
        }
      };

  static final Form<TrialHead, TrialPart> FORM =
      new Form<>(Head.Kind.ROLLOUT, TrialHead.class, TrialPart.class, NO_COURSE);
  static final Form<TrialHead, TrialPart> RESTORE =
      new Form<>(Head.Kind.RESTORE, TrialHead.class, TrialPart.class, NO_COURSE);

  private Trial() {}

  record TrialHead(
      String id,
      Phase phase,
      Duration bake,
      @Nullable Instant deadline,
      Map<String, Integer> tally,
      Set<String> alarms)
      implements Head {
    @Override
    public Kind kind() {
      return Kind.ROLLOUT;
    }

    @Override
    public String phaseName() {
      return phase.getClass().getSimpleName();
    }

    @Override
    public boolean isFinal() {
      return phase instanceof Phase.Ended;
    }

    TrialHead in(Phase next) {
      return new TrialHead(id, next, bake, deadline, tally, alarms);
    }

    TrialHead watching(String... names) {
      return new TrialHead(id, phase, bake, deadline, tally, new TreeSet<>(Set.of(names)));
    }
  }

  sealed interface Phase {
    record Waiting() implements Phase {}

    record Running(int ring, @Nullable String note) implements Phase {}

    record Ended(String reason) implements Phase {}
  }

  record TrialPart(int number, List<TrialMachine> machines) implements Part {
    TrialPart all(Health health) {
      return new TrialPart(
          number, machines.stream().map(m -> new TrialMachine(m.id(), m.zone(), health)).toList());
    }
  }

  record TrialMachine(String id, String zone, Health health) {}

  sealed interface Health {
    record Untouched() implements Health {}

    record Updating(String command, Instant since, Instant deadline) implements Health {}

    record Proven(Instant at, String version, String snapshot) implements Health {}
  }

  static TrialHead head(String id) {
    return new TrialHead(
        id,
        new Phase.Waiting(),
        Duration.ofMinutes(30),
        null,
        Map.of("canary", 5, "wave 1", 45),
        Set.of());
  }

  static TrialHead running(String id, int ring) {
    return head(id).in(new Phase.Running(ring, null));
  }

  static TrialHead ended(String id) {
    return head(id).in(new Phase.Ended("done"));
  }

  /** A full part of machines that nothing was done to. */
  static TrialPart part(int number) {
    return new TrialPart(
        number,
        IntStream.range(0, Part.MACHINES_MAX)
            .mapToObj(i -> new TrialMachine(machine(number, i), zone(i), new Health.Untouched()))
            .toList());
  }

  static List<TrialPart> parts(int count) {
    return IntStream.range(0, count).mapToObj(Trial::part).toList();
  }

  static Health updating(String command) {
    return new Health.Updating(command, START, START.plus(Duration.ofMinutes(20)));
  }

  /** Ids as EC2 gives them: 17 hexadecimal digits that have nothing in common. */
  static String machine(int part, int index) {
    long mixed = (part * 1_000L + index + 1) * 0x9E37_79B9_7F4A_7C15L;
    return "i-0" + "%016x".formatted(mixed);
  }

  private static String zone(int index) {
    return "eu-central-1" + (char) ('a' + index % 3);
  }
}
