package dev.ringfence.infra.least;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.contract.CellFunction;
import dev.ringfence.infra.Synth;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the functions did in all of the lab's stories, for people and in drills, and what their
 * roles allow: the same.
 */
class LeastPrivilegeTest {
  private static FunctionCalls calls = new FunctionCalls();

  @BeforeAll
  static void recordEverything() throws IOException {
    calls = Recording.ofEverything();
  }

  @Test
  void eachFunction_isGrantedWhatItCallsAndNothingElse() {
    Map<String, Set<String>> called = new TreeMap<>(calls.actions());
    // The stage of a story puts the policy into the table before the first function runs.
    called.remove(FunctionCalls.NOBODY);
    Map<String, Set<String>> granted = new TreeMap<>();
    for (CellFunction function : CellFunction.values()) {
      granted.put(function.title(), Granted.to(Synth.cell(), function).ofItsOwnCalls());
    }
    assertEquals(lines(called), lines(granted));
  }

  @Test
  void nobody_isTheStageAndPutsThePolicy() {
    assertEquals(Set.of("dynamodb:PutItem"), calls.actions().get(FunctionCalls.NOBODY));
  }

  @Test
  void whatDrillsMake_carriesTheirTag() {
    for (String action : Set.of("ec2:RunInstances", "ec2:CreateVolume")) {
      assertTrue(calls.tagsAskedBy(action).contains("ringfence:drill"), action);
    }
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
