package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.fleet.Machine;
import dev.ringfence.health.Check;
import dev.ringfence.health.Invocation;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Sight;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.WayBack;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Given;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.MemberPhase;
import dev.ringfence.rollout.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Random worlds that fail now and then in random ways: whatever is committed, no more machines are
 * at risk than every limit allows, and everything ends.
 */
class LimitsPropertyTest {
  private static final long SEED = 420;
  private static final int WORLDS = 60;
  private static final String GROUP = "group";

  private static Given given(Random random) {
    List<Machine> fleet = new ArrayList<>();
    int size = 20 + random.nextInt(80);
    for (int i = 0; i < size; i++) {
      Map<String, String> tags =
          random.nextInt(3) == 0 ? Map.of() : Map.of(GROUP, "asg-" + random.nextInt(4));
      fleet.add(Given.machine(i, "zone-" + random.nextInt(3), "f" + random.nextInt(3), tags));
    }
    return Given.content()
        .fleet(fleet)
        .with(Pace.GROUP, GROUP)
        .with(Pace.MAX_IN_FLIGHT, 3 + random.nextInt(40))
        .with(Pace.PER_ZONE_SHARE, 0.1 + random.nextInt(9) / 10.0)
        .with(Pace.PER_GROUP_SHARE, 0.1 + random.nextInt(9) / 10.0)
        .with(Pace.DEADLINE, Duration.ofMinutes(50))
        .with(Pace.OBSERVATION, Duration.ofMinutes(20))
        .with(WayBack.AFTERCARE, Duration.ofMinutes(20))
        .with(WayBack.RESTORES_AT_ONCE, 1 + random.nextInt(60))
        .with(
            WayBack.RECOVERY_TIME,
            random.nextBoolean() ? Duration.ofMinutes(10) : Duration.ofHours(1));
  }

  private static UnaryOperator<Sight> weather(Random random) {
    return switch (random.nextInt(14)) {
      case 0 -> Faults.machinesUnread();
      case 1 -> Faults.NO_INVOCATIONS;
      case 2 -> Faults.check(Faults.Of.SYSTEM, Check.IMPAIRED);
      case 3 -> some(random, Faults.check(Faults.Of.SYSTEM, Check.IMPAIRED));
      case 4 -> Faults.outcome(Invocation.Outcome.FAILED);
      case 5 -> Faults.readBack("version=" + Given.OLD_VERSION);
      case 6 -> Faults.check(Faults.Of.INSTANCE, Check.INSUFFICIENT_DATA);
      case 7 -> some(random, Faults.check(Faults.Of.INSTANCE, Check.IMPAIRED));
      default -> UnaryOperator.identity();
    };
  }

  /** The same fault for one machine in ten only. */
  private static UnaryOperator<Sight> some(Random random, UnaryOperator<Sight> fault) {
    int unlucky = random.nextInt(10);
    return sight -> {
      Map<String, dev.ringfence.health.Vitals> mixed = new HashMap<>(sight.vitals());
      fault
          .apply(sight)
          .vitals()
          .forEach((machine, seen) -> {
            if (Math.floorMod(machine.hashCode(), 10) == unlucky) {
              mixed.put(machine, seen);
            }
          });
      return Faults.replaced(sight, mixed);
    };
  }

  @Test
  void neverMoreAtRisk_thanEveryLimitAllows() {
    Map<String, Integer> ends = new TreeMap<>();
    System.out.println("LimitsPropertyTest seed " + SEED);
    for (int world = 0; world < WORLDS; world++) {
      Random random = new Random(SEED + world);
      Given given = given(random);
      Story story = new Story(given);
      story.world.oldPoints = random.nextBoolean();
      story.world.deadly = random.nextInt(4) == 0;
      String where = "seed " + (SEED + world);
      story.store.always(operation -> requireLimits(given, operation, story, where));
      story.begun();
      for (int beat = 0; beat < 5000 && story.step(); beat++) {
        if (random.nextInt(6) == 0) {
          story.world.through(weather(random));
        }
        boolean broken = random.nextInt(15) == 0;
        story.world.breaksWith(broken ? new IllegalStateException("throttled") : null);
        if (random.nextInt(1500) == 0) {
          story.ask(Given.halt());
        }
      }
      assertTrue(story.rollout().head().isFinal(), where + ": " + story.rollout().head().phase());
      ends.merge(story.rollout().head().phaseName(), 1, Integer::sum);
    }
    System.out.println("LimitsPropertyTest ends " + ends);
    assertTrue(ends.size() > 1, "the worlds are too much alike: " + ends);
  }

  /** Machines that fall ill by themselves may exceed a limit; but then nobody is sent anything. */
  private static void requireLimits(
      Given given, Operation<?, ?> operation, Story story, String where) {
    if (!(operation.head() instanceof Rollout head) || head.plan() == null) {
      return;
    }
    Map<String, Integer> inZone = new HashMap<>();
    Map<String, Integer> inGroup = new HashMap<>();
    Map<String, Integer> groupLimits = new HashMap<>();
    int atRisk = 0;
    boolean sends =
        operation.parts().stream()
            .map(part -> ((Batch) part).update())
            .anyMatch(u -> u != null && u.isOpen() && u.intended().equals(story.time.instant()));
    for (Object part : operation.parts()) {
      for (Member member : ((Batch) part).members()) {
        MemberPhase phase = member.phase();
        boolean broken =
            (phase instanceof MemberPhase.Lost lost
                    && lost.cause() != MemberPhase.Lost.Cause.TERMINATED)
                || phase instanceof MemberPhase.Hurt
                || phase instanceof MemberPhase.HandedOver;
        if (phase instanceof MemberPhase.Dispatched || (sends && broken)) {
          atRisk++;
          inZone.merge(member.zone(), 1, Integer::sum);
          if (member.group() != null) {
            inGroup.merge(String.valueOf(member.group()), 1, Integer::sum);
            groupLimits.put(String.valueOf(member.group()), member.groupLimit());
          }
        }
      }
    }
    int restorable = restorable(given.policy());
    require(
        atRisk <= Math.max(1, Math.min(given.policy().maxInFlight(), restorable)),
        where + ": " + atRisk + " at risk, " + restorable + " can be restored");
    head.plan()
        .zones()
        .forEach((zone, size) ->
            require(
                inZone.getOrDefault(zone, 0)
                    <= Math.max(1, (int) (given.policy().perZoneShare() * size)),
                where + ": " + zone + " " + inZone));
    inGroup.forEach((group, count) ->
        require(count <= groupLimits.getOrDefault(group, 0), where + ": " + inGroup));
  }

  /** One restore after the other on a table, as long as they end in time; ten minutes each. */
  private static int restorable(ChannelPolicy policy) {
    PriorityQueue<Long> slots = new PriorityQueue<>();
    int back = 0;
    while (true) {
      long start = Math.max(0, back + 1 - 25) * 400L;
      if (slots.size() == policy.restoresAtOnce()) {
        start = Math.max(start, slots.remove());
      }
      long end = start + Duration.ofMinutes(10).toMillis();
      if (end > policy.recoveryTime().toMillis()) {
        return back;
      }
      slots.add(end);
      back++;
    }
  }

  private static void require(boolean holds, String where) {
    if (!holds) {
      throw new AssertionError(where);
    }
  }
}
