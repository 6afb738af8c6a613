package dev.ringfence.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.RestoreClass;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Proofs;
import dev.ringfence.policy.Pace;
import dev.ringfence.policy.WayBack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private static final Duration TEN = Duration.ofMinutes(10);
  private static final Instant NOW = Given.START;

  @Test
  void machines_comeBackInRoundsOfAsManyAsAreAllowedAtOnce() {
    Recovery five = new Recovery(5, TEN);
    assertEquals(Duration.ZERO, five.of(0));
    assertEquals(TEN, five.of(5));
    assertEquals(Duration.ofMinutes(20), five.of(6));
    assertEquals(30, five.within(Duration.ofHours(1)));
    assertEquals(0, five.within(TEN.minusMillis(1)));
    assertEquals(5, five.within(TEN));
  }

  @Test
  void manyAtOnce_waitForEc2sRateOfCalls() {
    Recovery all = new Recovery(100_000, TEN);
    assertEquals(TEN, all.of(25));
    assertEquals(TEN.plusMillis(400), all.of(26));
    assertEquals(25 + 50 * 60 * 5 / 2, all.within(Duration.ofHours(1)));
  }

  /** Against one restore after the other on a table, for any numbers. */
  @Test
  void recovery_isThatOfASchedule() {
    Random random = new Random(77);
    for (int i = 0; i < 300; i++) {
      Recovery recovery =
          new Recovery(1 + random.nextInt(400), Duration.ofSeconds(1 + random.nextInt(900)));
      int machines = 1 + random.nextInt(3000);
      assertEquals(scheduled(recovery, machines), recovery.of(machines), recovery + " " + machines);
      assertTrue(recovery.of(machines).compareTo(recovery.of(machines + 1)) <= 0);
    }
  }

  private static Duration scheduled(Recovery recovery, int machines) {
    PriorityQueue<Long> slots = new PriorityQueue<>();
    long last = 0;
    for (int i = 0; i < machines; i++) {
      long start = Math.max(0, i + 1 - 25) * 400L;
      if (slots.size() == recovery.atOnce()) {
        start = Math.max(start, slots.remove());
      }
      slots.add(start + recovery.one().toMillis());
      last = Math.max(last, start + recovery.one().toMillis());
    }
    return Duration.ofMillis(last);
  }

  @Test
  void nobodyMoreIsSentAnything_thanCouldBeRestoredInTime() {
    Given given =
        Given.content()
            .machines(400)
            .with(WayBack.RESTORES_AT_ONCE, 3)
            .with(WayBack.RECOVERY_TIME, Duration.ofMinutes(40))
            .with(Pace.PER_GROUP_SHARE, 1.0);
    Operation<Rollout, Batch> running = given.running();
    Limits limits = new Limits(given.policy(), running.head().planned(), List.of());
    List<Member> members =
        running.parts().stream().flatMap(batch -> batch.members().stream()).toList();
    assertTrue(limits.allow(members.subList(0, 12)));
    assertTrue(!limits.allow(members.subList(0, 13)), "12 are back after 40 minutes");
    assertTrue(
        running.parts().stream().allMatch(batch -> batch.members().size() <= 12), "no batch fits");
  }

  @Test
  void growth_leavesAsManyHurtAsCanBeRestoredInTime() {
    Given given = Given.content().machines(5000);
    assertEquals(List.of(3, 95, 882, 4020), sizes(given));
    // 15 are back after ten minutes, so a wave is 15 / 4.73 as large as all before it.
    given.with(WayBack.RECOVERY_TIME, TEN).with(WayBack.RESTORES_AT_ONCE, 15);
    assertEquals(List.of(3, 95, 290, 1150, 3462), sizes(given));
  }

  private static List<Integer> sizes(Given given) {
    return given.running().head().planned().rings().stream().map(Plan.Ring::machines).toList();
  }

  private static Proofs measured(Machine machine, Duration took) {
    DrillResult.Verdict verdict = new DrillResult.Verdict.Passed(took, Duration.ofHours(1));
    return Proofs.NONE.with(
        new DrillResult("drill-1", "i-9", RestoreClass.of(machine).name(), NOW, verdict));
  }

  private static Admission admission(Given given, Proofs proofs) {
    return Objects.requireNonNull(Admission.of(given.policy(), proofs, NOW));
  }

  @Test
  void drillsMeasure_whatOneRestoreTakes() {
    Given given = Given.content();
    Machine known = given.fleet().getFirst();
    Machine other = Given.machine(99, "zone-a", "c7g", Map.of());
    Admission slow = admission(given, measured(known, Duration.ofMinutes(23)));
    Admission fast = admission(given, measured(known, Duration.ofMinutes(4)));
    assertEquals(Duration.ofMinutes(23), slow.oneRestore(List.of(known, other)));
    assertEquals(Duration.ofMinutes(4), fast.oneRestore(List.of(known)));
    assertEquals(TEN, fast.oneRestore(List.of(known, other)), "a class that was never measured");
    assertEquals(TEN, Admission.OF_ALL.oneRestore(given.fleet()));
  }

  @Test
  void journal_tellsWhatTheLossOfAWholeRingTakes() {
    Given given =
        Given.content()
            .machines(200)
            .with(WayBack.RESTORES_AT_ONCE, 10)
            .with(WayBack.RECOVERY_TIME, Duration.ofMinutes(45));
    Machine any = given.fleet().getFirst();
    var planning = given.in(new RolloutPhase.Planning(NOW));
    var sight =
        Sights.at(NOW)
            .fleet(given.fleet())
            .lane(Lane.free(planning.head().lane()))
            .seen()
            .with(measured(any, Duration.ofMinutes(15)));
    List<String> told = new ArrayList<>();
    for (JournalEntry entry : Scenes.decide(planning, sight, NOW).journal()) {
      if (entry.what().equals("recovery")) {
        told.add(entry.evidence());
      }
    }
    assertEquals(
        List.of(
            "if all 160 machines of ring wave 1 are lost, they are back after PT4H, longer than the"
                + " recovery time PT45M (PT15M each, 10 at once); at most 30 in flight; a fault"
                + " that shows is expected to hurt 48 at most"),
        told);
  }
}
