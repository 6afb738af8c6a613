package dev.ringfence.drills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Wherever a function of a drill dies or is not answered: nothing is left behind, nothing else is
 * touched, and only what booted is proven.
 */
class DrillCrashTest {
  /** Beyond its second time a call is a poll like the one before. */
  private static final int POLLED = 2;

  /** Where only the case is new, the first time of each call will do. */
  private static final int ONCE = 1;

  private static final Rehearsed.Case WELL = Rehearsed.Case.WELL;
  private static final Rehearsed.Case LATE = new Rehearsed.Case(false, true, List.of(), null);
  private static final Rehearsed.Case TORN = new Rehearsed.Case(true, false, List.of(), null);

  @ParameterizedTest
  @EnumSource(names = {"DIES_BEFORE", "DIES_AFTER", "ANSWERS_LOST"})
  void mishapAtWhateverCall_theDrillPassesAndLeavesNothing(Mishap.Kind kind) {
    atEachCall(kind, WELL, POLLED, DrillCrashTest::passed);
  }

  @ParameterizedTest
  @EnumSource(names = {"DIES_AFTER", "ANSWERS_LOST"})
  void mishapWhileListsLagBehind_theDrillPassesAndLeavesNothing(Mishap.Kind kind) {
    atEachCall(kind, LATE, ONCE, DrillCrashTest::passed);
  }

  @ParameterizedTest
  @EnumSource(names = "DIES_AFTER")
  void mishapInTheDrillOfADiskThatDoesNotBoot_provesNothing(Mishap.Kind kind) {
    atEachCall(kind, TORN, ONCE, DrillCrashTest::refuted);
  }

  @ParameterizedTest
  @EnumSource(names = {"DIES_AFTER", "ANSWERS_LOST"})
  void mishapInADrillThatReadsTheVersion_readsItAllTheSame(Mishap.Kind kind) {
    atEachCall(
        kind,
        new Rehearsed.Case(false, false, List.of(), "falcon CAPABILITY 1.0.0"),
        ONCE,
        (told, where) ->
            assertTrue(
                Objects.requireNonNull(told.rehearsal().result()).verdict()
                        instanceof Verdict.Passed passed
                    && passed.shows().equals("boots and runs version 1.0.0"),
                () -> where + told.rehearsal()));
  }

  @Test
  void theDrill_makesAndRemovesAClone() {
    List<String> calls = told(Mishap.none(), WELL, "nothing happened", DrillCrashTest::passed);
    assertTrue(calls.contains("ec2.RunInstances") && calls.contains("ec2.TerminateInstances"));
  }

  private interface Expected {
    void of(Rehearsed told, String where);
  }

  private static void atEachCall(
      Mishap.Kind kind, Rehearsed.Case how, int occurrences, Expected expected) {
    List<String> calls = told(Mishap.none(), how, "nothing happened", expected);
    Map<String, Integer> seen = new HashMap<>();
    int mishaps = 0;
    for (int at = 0; at < calls.size(); at++) {
      if (seen.merge(calls.get(at), 1, Integer::sum) <= occurrences) {
        told(new Mishap(kind, at), how, kind + " " + at + " " + calls.get(at), expected);
        mishaps++;
      }
    }
    System.out.printf("DrillCrashTest: %s, %s at %d calls%n", how, kind, mishaps);
  }

  private static List<String> told(
      Mishap mishap, Rehearsed.Case how, String where, Expected expected) {
    Rehearsed told = new Rehearsed(mishap, how).end();
    assertTrue(told.drill().head().isFinal(), where);
    assertEquals(1, told.launched(), where);
    assertEquals(List.of(), told.leftovers(), where);
    assertEquals(List.of(), told.harmed(), where);
    expected.of(told, where);
    return mishap.calls();
  }

  private static void passed(Rehearsed told, String where) {
    assertTrue(
        Objects.requireNonNull(told.rehearsal().result()).passed(), () -> where + told.rehearsal());
    assertEquals(told.rehearsal().result(), told.proof().standing().orElseThrow(), where);
  }

  private static void refuted(Rehearsed told, String where) {
    Verdict verdict = Objects.requireNonNull(told.rehearsal().result()).verdict();
    assertEquals(
        DrillFailure.DID_NOT_BOOT,
        verdict instanceof Verdict.Failed failed ? failed.reason() : null,
        () -> where + verdict);
    assertTrue(told.proof().standing().isEmpty(), where);
  }
}
