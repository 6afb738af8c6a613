package dev.ringfence.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Operation;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.RingRule;
import dev.ringfence.policy.WayBack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Plans of random fleets under random policies, and of a few that were hard once. */
class PlannerTest {
  private static final long SEED = 20261103;
  private static final int FLEETS = 150;
  private static final String GROUP = "group";

  private static Given random(Random random) {
    int size = 1 + random.nextInt(random.nextBoolean() ? 30 : 900);
    int zones = 1 + random.nextInt(4);
    int families = 1 + random.nextInt(6);
    List<Machine> fleet = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Map<String, String> tags = new HashMap<>();
      if (random.nextInt(5) == 0) {
        tags.put("env", random.nextBoolean() ? "dev" : "staging");
      }
      if (random.nextBoolean()) {
        tags.put(GROUP, "asg-" + random.nextInt(5));
      }
      Machine plain =
          Given.machine(i, "zone-" + random.nextInt(zones), "f" + random.nextInt(families), tags);
      fleet.add(random.nextInt(12) == 0 ? spoiled(plain, random) : plain);
    }
    Given given = random.nextBoolean() ? Given.content() : Given.capability();
    return given
        .fleet(fleet)
        .with(Pace.RINGS, ChannelPolicy.defaults(dev.ringfence.release.Channel.CONTENT).rings())
        .with(Pace.GROUP, GROUP)
        .with(Pace.GROWTH, 1.25 + random.nextInt(12))
        .with(Pace.MAX_IN_FLIGHT, 1 + random.nextInt(200))
        .with(Pace.PER_ZONE_SHARE, 0.05 + random.nextInt(19) / 20.0)
        .with(Pace.PER_GROUP_SHARE, 0.05 + random.nextInt(19) / 20.0)
        .with(WayBack.UPDATE_WITHOUT_RESTORE, List.of(Unrestorable.SPOT));
  }

  private static Machine spoiled(Machine m, Random random) {
    Set<Unrestorable> obstacles =
        switch (random.nextInt(3)) {
          case 0 -> Set.of(Unrestorable.SPOT, Unrestorable.BARE_METAL);
          case 1 -> Set.of(Unrestorable.SPOT, Unrestorable.HIBERNATION);
          default -> Set.of();
        };
    return new Machine(
        m.id(),
        m.zone(),
        m.platform(),
        m.family(),
        m.agentVersion(),
        m.tags(),
        m.rootVolume(),
        !obstacles.isEmpty() && random.nextBoolean(),
        obstacles);
  }

  private static boolean eligible(Machine machine) {
    return machine.online() && !machine.obstacles().contains(Unrestorable.HIBERNATION);
  }

  private static List<String> ids(List<Batch> batches) {
    return batches.stream().flatMap(b -> b.members().stream()).map(Member::machine).toList();
  }

  @Test
  void randomFleets_arePlannedWithinEveryLimit() {
    Random random = new Random(SEED);
    System.out.println("PlannerTest seed " + SEED);
    for (int i = 0; i < FLEETS; i++) {
      Given given = random(random);
      Planner.Planned planned = Planner.plan(given.queued(), given.fleet(), Admission.OF_ALL);
      String where = "seed " + SEED + ", fleet " + i;
      assertEverybodyOnce(given, planned, where);
      assertLimits(given, planned, where);
      assertRings(given, planned, where);
      assertFirstWaves(planned, where);
    }
  }

  private static void assertEverybodyOnce(Given given, Planner.Planned planned, String where) {
    List<String> ids = ids(planned.batches());
    Set<String> wanted =
        given.fleet().stream()
            .filter(PlannerTest::eligible)
            .map(Machine::id)
            .collect(Collectors.toSet());
    assertEquals(wanted, new HashSet<>(ids), where);
    assertEquals(wanted.size(), ids.size(), where);
    int leftOut = planned.plan().leftOut().values().stream().mapToInt(n -> n).sum();
    assertEquals(given.fleet().size() - wanted.size(), leftOut, where);
    assertEquals(wanted.size(), planned.plan().machines(), where);
    for (Batch batch : planned.batches()) {
      for (Member member : batch.members()) {
        boolean spot =
            given.fleet().stream()
                .anyMatch(m -> m.id().equals(member.machine()) && !m.obstacles().isEmpty());
        assertEquals(spot, member.rootVolume() == null, where);
      }
    }
  }

  private static void assertLimits(Given given, Planner.Planned planned, String where) {
    ChannelPolicy policy = given.policy();
    for (Batch batch : planned.batches()) {
      assertTrue(batch.members().size() <= Math.min(50, policy.maxInFlight()), where);
      assertTrue(
          new Limits(policy, planned.plan(), List.of()).allow(batch.members()),
          where + ": batch " + batch.number() + " can never be sent");
    }
    Map<String, Integer> groups = new HashMap<>();
    planned.batches().stream()
        .flatMap(b -> b.members().stream())
        .filter(m -> m.group() != null)
        .forEach(m -> groups.merge(String.valueOf(m.group()), 1, Integer::sum));
    for (Batch batch : planned.batches()) {
      for (Member member : batch.members()) {
        if (member.group() != null) {
          int most =
              (int) Math.floor(policy.perGroupShare() * groups.getOrDefault(member.group(), 0));
          assertEquals(Math.max(1, most), member.groupLimit(), where);
        }
      }
    }
  }

  private static void assertRings(Given given, Planner.Planned planned, String where) {
    Map<String, Machine> byId =
        given.fleet().stream().collect(Collectors.toMap(Machine::id, m -> m));
    List<String> expected = List.of("dev", "test");
    int next = 0;
    for (int ring = 0; ring < planned.plan().rings().size(); ring++) {
      Plan.Ring each = planned.plan().rings().get(ring);
      List<Batch> batches = planned.batches().subList(next, next + each.batches());
      assertEquals(next, each.firstBatch(), where);
      next += each.batches();
      assertEquals(each.machines(), ids(batches).size(), where);
      for (Batch batch : batches) {
        assertEquals(ring, batch.ring(), where);
        for (Member member : batch.members()) {
          Machine machine = Objects.requireNonNull(byId.get(member.machine()), where);
          String env = machine.tags().getOrDefault("env", "");
          String named = env.equals("dev") ? "dev" : env.equals("staging") ? "test" : "";
          assertEquals(named.isEmpty(), !expected.contains(each.name()), where);
          assertTrue(named.isEmpty() || named.equals(each.name()), where);
        }
      }
    }
    assertEquals(planned.batches().size(), next, where);
  }

  /** The pilot has one of every stratum and the canary two, as far as their sizes allow. */
  private static void assertFirstWaves(Planner.Planned planned, String where) {
    Map<String, Integer> rest = new HashMap<>();
    Map<String, Integer> pilot = new HashMap<>();
    Map<String, Integer> canary = new HashMap<>();
    int toPilot = 0;
    int toCanary = 0;
    for (Batch batch : planned.batches()) {
      String ring = planned.plan().rings().get(batch.ring()).name();
      if (ring.equals("dev") || ring.equals("test")) {
        continue;
      }
      for (Member member : batch.members()) {
        rest.merge(member.stratum(), 1, Integer::sum);
        if (ring.equals("pilot")) {
          pilot.merge(member.stratum(), 1, Integer::sum);
          toPilot++;
        }
        if (ring.equals("pilot") || ring.equals("canary")) {
          canary.merge(member.stratum(), 1, Integer::sum);
          toCanary++;
        }
      }
    }
    assertTrue(pilot.size() >= Math.min(rest.size(), toPilot), where + ": pilot " + pilot);
    int needed = rest.values().stream().mapToInt(n -> Math.min(2, n)).sum();
    if (toCanary >= needed) {
      rest.forEach((stratum, all) ->
          assertTrue(
              canary.getOrDefault(stratum, 0) >= Math.min(2, all), where + ": canary " + canary));
    }
  }

  @Test
  void sameFleet_givesTheSamePlanInWhateverOrderItIsListed() {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < FLEETS; i++) {
      Given given = random(random);
      List<Machine> shuffled = new ArrayList<>(given.fleet());
      Collections.shuffle(shuffled, random);
      assertEquals(
          Planner.plan(given.queued(), given.fleet(), Admission.OF_ALL),
          Planner.plan(given.queued(), shuffled, Admission.OF_ALL),
          "seed " + (SEED + 1) + ", fleet " + i);
    }
  }

  @Test
  void machineThatIsListedTwice_isPlannedOnce() {
    List<Machine> fleet = new ArrayList<>(Given.fleet(20));
    fleet.addAll(Given.fleet(3));
    assertEquals(
        Planner.plan(Given.content().queued(), Given.fleet(20), Admission.OF_ALL),
        Planner.plan(Given.content().queued(), fleet, Admission.OF_ALL));
  }

  @Test
  void anotherRollOut_beginsWithOtherMachines() {
    Given given = Given.content().machines(300);
    Rollout one = given.queued();
    Rollout other =
        new Rollout(
            "falcon-2",
            one.mark(),
            one.acceptedAt(),
            one.release(),
            one.digest(),
            one.selector(),
            one.policy(),
            null,
            null,
            one.phase(),
            List.of(),
            null);
    assertNotEquals(
        ids(Planner.plan(one, given.fleet(), Admission.OF_ALL).batches()).subList(0, 20),
        ids(Planner.plan(other, given.fleet(), Admission.OF_ALL).batches()).subList(0, 20));
  }

  /** Spearman's rank correlation; of 5,000 random ranks it stays below 0.05 in 99.9 %. */
  @Test
  void orderWithinAStratum_isNotTheOrderOfIds() {
    Given given = Given.content().machines(5000);
    List<String> order =
        ids(Planner.plan(given.queued(), given.fleet(), Admission.OF_ALL).batches());
    List<String> sorted = order.stream().sorted().toList();
    Map<String, Integer> rank = new HashMap<>();
    sorted.forEach(id -> rank.put(id, rank.size()));
    double squares = 0;
    for (int i = 0; i < order.size(); i++) {
      double apart = i - rank.getOrDefault(order.get(i), 0);
      squares += apart * apart;
    }
    double n = order.size();
    double correlation = 1 - 6 * squares / (n * (n * n - 1));
    assertTrue(Math.abs(correlation) < 0.05, "correlation " + correlation);
  }

  @Test
  void machineWithoutARootVolume_isLeftOutThoughNobodySaysWhy() {
    Machine m = Given.machine(1, "zone-a", "m7g", Map.of());
    Machine rootless =
        new Machine(
            m.id(),
            m.zone(),
            m.platform(),
            m.family(),
            m.agentVersion(),
            m.tags(),
            null,
            true,
            Set.of());
    Given given = Given.capability().fleet(List.of(rootless));
    assertEquals(
        Map.of("NO_RESTORE_POINT", 1),
        Planner.plan(given.queued(), given.fleet(), Admission.OF_ALL).plan().leftOut());
    given.with(WayBack.UPDATE_WITHOUT_RESTORE, List.of(Unrestorable.NO_RESTORE_POINT));
    assertEquals(
        1, Planner.plan(given.queued(), given.fleet(), Admission.OF_ALL).plan().machines());
  }

  @Test
  void policyTighterThanAnyPlan_isPlannedAsFastAsAPlanCanBe() {
    Given given =
        Given.content()
            .machines(500)
            .with(Pace.DEADLINE, Duration.ofMinutes(30))
            .with(Pace.GROWTH, 1.25);
    Plan plan = Planner.plan(given.queued(), given.fleet(), Admission.OF_ALL).plan();
    assertEquals(
        List.of("pilot", "canary", "wave 1"), plan.rings().stream().map(Plan.Ring::name).toList());
    assertEquals(Duration.ofMinutes(15), plan.rings().getFirst().gap());
  }

  @Test
  void fleetBeyondEveryPlan_asksAPerson() {
    Operation<Rollout, Batch> planning = Given.content().in(new RolloutPhase.Planning(Given.START));
    List<Machine> million =
        Collections.nCopies(1_000_001, Given.machine(1, "zone-a", "m7g", Map.of()));
    assertInstanceOf(
        RolloutPhase.NeedsPerson.class,
        Scenes.decide(planning, Sights.at(Given.START).fleet(million).seen(), Given.START)
            .head()
            .phase());
  }

  @Test
  void hundredThousandMachines_arePlanned() {
    List<Machine> fleet = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      fleet.add(Given.machine(i, "zone-" + i % 6, "f" + i % 8, Map.of(GROUP, "asg-" + i % 900)));
    }
    Given given = Given.content().fleet(fleet).with(Pace.GROUP, GROUP);
    long begun = System.nanoTime();
    Planner.Planned planned = Planner.plan(given.queued(), given.fleet(), Admission.OF_ALL);
    System.out.printf(
        "plan of 100,000 machines: %d ms, %d batches, %s%n",
        (System.nanoTime() - begun) / 1_000_000,
        planned.batches().size(),
        planned.plan().rings().stream().map(r -> r.name() + " " + r.machines()).toList());
    assertEquals(100_000, planned.plan().machines());
    assertTrue(planned.batches().size() < 4000, "batches " + planned.batches().size());
  }

  @Test
  void namedRings_comeFirstInThePolicysOrder() {
    List<Machine> fleet = new ArrayList<>(Given.fleet(20));
    fleet.add(Given.machine(100, "zone-a", "m7g", Map.of("tier", "lab")));
    fleet.add(Given.machine(101, "zone-a", "m7g", Map.of("tier", "desk", "env", "dev")));
    Given given =
        Given.content()
            .fleet(fleet)
            .with(
                Pace.RINGS,
                List.of(
                    new RingRule("desks", Map.of("env", List.of("dev"))),
                    new RingRule("lab", Map.of("tier", List.of("lab", "desk")))));
    Plan plan = Planner.plan(given.queued(), given.fleet(), Admission.OF_ALL).plan();
    assertEquals(
        List.of("desks", "lab"), plan.rings().subList(0, 2).stream().map(Plan.Ring::name).toList());
    assertEquals(1, plan.rings().getFirst().machines());
  }
}
