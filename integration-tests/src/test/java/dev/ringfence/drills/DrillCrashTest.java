package dev.ringfence.drills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a function of a drill dies: nothing is left behind, and nothing else is touched. */
class DrillCrashTest {
  /** Beyond its second time a call is a poll like the one before. */
  private static final int OCCURRENCES = 2;

  @Test
  void nobodyDies_theDrillPassesAndLeavesNothing() {
    passesAndLeavesNothing(Death.none(), "nobody died");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deathAtWhateverCall_theDrillPassesAndLeavesNothing(boolean after) {
    List<String> calls = passesAndLeavesNothing(Death.none(), "nobody died");
    assertTrue(calls.contains("ec2.RunInstances") && calls.contains("ec2.TerminateInstances"));
    Map<String, Integer> seen = new HashMap<>();
    int deaths = 0;
    for (int at = 0; at < calls.size(); at++) {
      if (seen.merge(calls.get(at), 1, Integer::sum) <= OCCURRENCES) {
        String where = (after ? "after " : "before ") + at + " " + calls.get(at);
        passesAndLeavesNothing(new Death(at, after), where);
        deaths++;
      }
    }
    System.out.printf(
        "DrillCrashTest: %d deaths, each %s a call%n", deaths, after ? "after" : "before");
  }

  private static List<String> passesAndLeavesNothing(Death death, String where) {
    Rehearsed told = new Rehearsed(death).end();
    assertTrue(told.drill().head().isFinal(), where);
    assertTrue(
        Objects.requireNonNull(told.rehearsal().result()).passed(), () -> where + told.rehearsal());
    assertEquals(1, told.launched(), where);
    assertEquals(List.of(), told.leftovers(), where);
    assertEquals(List.of(), told.harmed(), where);
    return death.calls();
  }
}
