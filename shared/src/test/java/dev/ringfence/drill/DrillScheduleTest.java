package dev.ringfence.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.fleet.Build;
import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.DrillResult.Verdict;
import dev.ringfence.operation.Proofs;
import dev.ringfence.policy.Drills;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom a run of the schedule drills. */
class DrillScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-03T06:00:00Z");
  private static final Drills RULES = Drills.in("subnet-0123456789abcdef0", "sg-0123456789abcdef0");

  /** A class is taken up two runs of the schedule, twelve hours, before its week is over. */
  private static final Duration DUE_AFTER = Duration.ofDays(7).minusHours(12);

  private static final Machine A1 = machine("i-a1", "m7g");
  private static final Machine A2 = machine("i-a2", "m7g");
  private static final Machine B1 = machine("i-b1", "t3");
  private static final Machine C1 = machine("i-c1", "c5");

  static Machine machine(String id, String family) {
    return machine(id, family, "vol-" + id, true, Set.of());
  }

  private static Machine machine(
      String id, String family, String root, boolean online, Set<Unrestorable> obstacles) {
    return new Machine(
        id,
        "az-1",
        "Linux",
        family,
        "3.3",
        Map.of(),
        root.isEmpty() ? null : root,
        online,
        obstacles,
        new Build("ami-1", family + ".large", "uefi", "", "/dev/xvda"));
  }

  static String kind(String family) {
    return "Linux / " + family + " / uefi / not encrypted";
  }

  private static Proofs passed(Proofs before, String family, String machine, Duration ago) {
    Verdict verdict = new Verdict.Passed(Duration.ofMinutes(12), Duration.ofHours(3));
    return before.with(new DrillResult("d", machine, kind(family), NOW.minus(ago), verdict));
  }

  private static Proofs failed(
      Proofs before, String family, String machine, Duration ago, DrillFailure reason) {
    Verdict verdict = new Verdict.Failed(reason, "seen");
    return before.with(new DrillResult("d", machine, kind(family), NOW.minus(ago), verdict));
  }

  private static List<String> due(List<Machine> fleet, Proofs proofs) {
    return DrillSchedule.due(fleet, proofs, RULES, NOW).stream().map(Machine::id).toList();
  }

  @Test
  void classThatWasNeverProven_comesBeforeTheOldestProof() {
    Proofs proofs = passed(Proofs.NONE, "m7g", "i-a1", Duration.ofDays(8));
    proofs = passed(proofs, "c5", "i-c1", Duration.ofDays(9));
    assertEquals(List.of("i-b1", "i-c1", "i-a2"), due(List.of(A1, A2, B1, C1), proofs));
  }

  @Test
  void classIsDue_twoRunsBeforeItsProofExpires() {
    Proofs young = passed(Proofs.NONE, "t3", "i-b1", DUE_AFTER.minusSeconds(1));
    assertEquals(List.of(), due(List.of(B1), young));
    assertEquals(List.of("i-b1"), due(List.of(B1), passed(Proofs.NONE, "t3", "i-b1", DUE_AFTER)));
  }

  @Test
  void classWhoseDrillFailed_isTriedAgainTheNextDay() {
    DrillFailure reason = DrillFailure.DID_NOT_BOOT;
    Duration day = Duration.ofDays(1);
    Proofs today = failed(Proofs.NONE, "t3", "i-b1", day.minusSeconds(1), reason);
    assertEquals(List.of(), due(List.of(B1), today));
    assertEquals(List.of("i-b1"), due(List.of(B1), failed(Proofs.NONE, "t3", "i-b1", day, reason)));
  }

  @Test
  void failureThatRefutes_takesTheProofBack_andMissingCapacityDoesNot() {
    Proofs proven = passed(Proofs.NONE, "t3", "i-b1", Duration.ofDays(3));
    Duration twoDays = Duration.ofDays(2);
    Proofs refuted = failed(proven, "t3", "i-b1", twoDays, DrillFailure.DID_NOT_BOOT);
    Proofs untried = failed(proven, "t3", "i-b1", twoDays, DrillFailure.NO_CAPACITY);
    assertEquals(List.of("i-b1"), due(List.of(B1), refuted));
    assertEquals(List.of(), due(List.of(B1), untried));
  }

  @Test
  void ofAClass_theMachineIsTakenThatWasNotTriedForTheLongestTime() {
    Proofs proofs = passed(Proofs.NONE, "m7g", "i-a2", Duration.ofDays(20));
    proofs = failed(proofs, "m7g", "i-a1", Duration.ofDays(8), DrillFailure.NO_CAPACITY);
    assertEquals(List.of("i-a2"), due(List.of(A1, A2), proofs));
  }

  @Test
  void ofAClass_machinesThatCanBeRestoredAndAnswerComeFirst() {
    Machine rootless = machine("i-0", "m7g", "", true, Set.of());
    Machine hindered = machine("i-1", "m7g", "vol-1", true, Set.of(Unrestorable.HIBERNATION));
    Machine silent = machine("i-2", "m7g", "vol-2", false, Set.of());
    assertEquals(List.of("i-a1"), due(List.of(rootless, hindered, silent, A1), Proofs.NONE));
    assertEquals(List.of("i-2"), due(List.of(rootless, hindered, silent), Proofs.NONE));
    assertEquals(List.of("i-1"), due(List.of(rootless, hindered), Proofs.NONE));
  }

  @Test
  void hybridNodes_areNoClass() {
    Machine hybrid = machine("mi-1", "hybrid");
    assertEquals(List.of(), due(List.of(hybrid), Proofs.NONE));
    assertEquals(
        new Coverage(0, 0, 0, 0, null),
        DrillSchedule.coverage(List.of(hybrid), Proofs.NONE, RULES, NOW));
  }

  @Test
  void aRun_takesNoMoreThanThePolicyAllows() {
    List<Machine> fleet = new ArrayList<>();
    for (int i = 0; i < RULES.perRun() + 1; i++) {
      fleet.add(machine("i-" + i, "f" + i));
    }
    assertEquals(RULES.perRun(), due(fleet, Proofs.NONE).size());
  }

  @Test
  void theSameFleetInAnyOrder_givesTheSameChoice() {
    Proofs proofs = passed(Proofs.NONE, "m7g", "i-a1", Duration.ofDays(8));
    List<Machine> fleet = new ArrayList<>(List.of(A1, A2, B1, C1));
    List<String> choice = due(fleet, proofs);
    for (long seed = 0; seed < 20; seed++) {
      Collections.shuffle(fleet, new Random(seed));
      assertEquals(choice, due(fleet, proofs), "seed " + seed);
    }
  }

  @Test
  void coverage_countsClassesAndTheirMachines() {
    Proofs proofs = passed(Proofs.NONE, "m7g", "i-a1", Duration.ofDays(7));
    proofs = passed(proofs, "t3", "i-b1", Duration.ofDays(7).plusSeconds(1));
    Coverage coverage = DrillSchedule.coverage(List.of(A1, A2, B1, C1), proofs, RULES, NOW);
    assertEquals(new Coverage(3, 1, 4, 2, Duration.ofDays(7).plusSeconds(1)), coverage);
    assertEquals(50.0, coverage.percent());
    assertEquals(
        100.0, DrillSchedule.coverage(List.of(), Proofs.NONE, RULES, NOW).percent(), "of none");
  }
}
