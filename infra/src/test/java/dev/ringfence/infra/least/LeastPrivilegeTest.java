package dev.ringfence.infra.least;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.contract.CellFunction;
import dev.ringfence.infra.Synth;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the functions did in all of the lab's stories, and what their roles allow: the same. */
class LeastPrivilegeTest {
  /**
   * No story drills, and none has a stream of the table. Once a story runs one of these, the test
   * below fails and the function leaves this list.
   */
  private static final EnumSet<CellFunction> UNTOLD =
      EnumSet.of(CellFunction.DRILL_BEAT, CellFunction.TABLE_CHANGED);

  private static FunctionCalls calls = new FunctionCalls();

  @BeforeAll
  static void tellEveryStory() throws IOException {
    calls = Recording.ofAllStories();
  }

  @Test
  void eachFunction_isGrantedWhatItCallsAndNothingElse() {
    Map<String, Set<String>> called = new TreeMap<>(calls.actions());
    // The stage of a story puts the policy into the table before the first function runs.
    called.remove(FunctionCalls.NOBODY);
    Map<String, Set<String>> granted = new TreeMap<>();
    for (CellFunction function : EnumSet.complementOf(UNTOLD)) {
      granted.put(function.title(), Granted.to(Synth.cell(), function).ofItsOwnCalls());
    }
    assertEquals(lines(called), lines(granted));
  }

  @Test
  void functionsThatNoStoryRuns_areThoseThatAreListed() {
    for (CellFunction function : CellFunction.values()) {
      assertEquals(
          UNTOLD.contains(function),
          !calls.actions().containsKey(function.title()),
          function.title());
    }
  }

  @Test
  void nobody_isTheStageAndPutsThePolicy() {
    assertEquals(Set.of("dynamodb:PutItem"), calls.actions().get(FunctionCalls.NOBODY));
  }

  @Test
  void whatIsMade_carriesTheTagThatItsGrantAsksFor() {
    for (String action : Set.of("ec2:CreateSnapshots", "ec2:CreateReplaceRootVolumeTask")) {
      assertTrue(calls.tagsAskedBy(action).contains("ringfence:key"), action);
    }
  }

  private static String lines(Map<String, Set<String>> actions) {
    StringBuilder lines = new StringBuilder();
    actions.forEach((function, all) ->
        new TreeSet<>(all).forEach(action -> lines.append(function + " " + action + "\n")));
    return lines.toString();
  }
}
