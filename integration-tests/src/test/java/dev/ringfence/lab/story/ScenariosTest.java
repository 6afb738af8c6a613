package dev.ringfence.lab.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each story of the lab ends as it must, and every promise is kept on the way. */
class ScenariosTest {
  /** Enough that every kind of machine that a story breaks is there. */
  private static final int MACHINES = 60;

  private static final long SEED = 20_240_719;

  /** How much longer than the quotas allow it may take until everybody is back. */
  private static final double TIMES_BOUND = 1.3;

  /** How the ids of hybrid nodes begin; they have no snapshot to go back to. */
  private static final String HYBRID = "mi-";

  @ParameterizedTest
  @EnumSource
  void eachStory_endsAsItMustAndKeepsEveryPromise(Scenario scenario) throws IOException {
    Report report = told(scenario);

    List<Report.Promise> broken =
        report.promises().stream().filter(promise -> !promise.held()).toList();
    assertEquals(List.of(), broken, () -> explained(report));
    assertTrue(report.kept(), () -> explained(report));
    endsAsItMust(scenario, report);
  }

  private static void endsAsItMust(Scenario scenario, Report report) {
    String phase = report.releases().getLast().phase();
    switch (scenario) {
      case HEALTHY, AZ_OUTAGE -> {
        assertEquals("SUCCEEDED", phase, () -> explained(report));
        assertEquals(MACHINES, report.releases().getLast().updated(), () -> explained(report));
      }
      case BLUE_SCREEN, BOOT_LOOP_IN_ONE_STRATUM, SLOW_LEAK, AGENT_KILLER -> {
        assertEquals("HALTED", phase, () -> explained(report));
        everyHurtMachineIsCaredFor(report);
      }
      case DRILL -> {
        assertEquals("SUCCEEDED", phase, () -> explained(report));
        whoseSnapshotsDoNotBootIsHeld(report);
      }
      case RESTORE_STORM -> {
        assertEquals("HALTED", phase, () -> explained(report));
        everybodyIsBackInTime(report);
      }
      case PARTIAL -> {
        assertTrue(List.of("SUCCEEDED", "NEEDS_PERSON").contains(phase), () -> explained(report));
        assertEquals(0, report.harm().hurt(), () -> explained(report));
      }
    }
  }

  private static void everyHurtMachineIsCaredFor(Report report) {
    Report.Harm harm = report.harm();
    assertTrue(harm.hurt() > 0, () -> "nothing was broken, so nothing is shown: " + harm);
    assertTrue(
        harm.restored() + harm.leftAlone() + harm.needPerson().size() >= harm.hurt(),
        () -> explained(report));
    assertTrue(
        harm.needPerson().keySet().stream().allMatch(machine -> machine.startsWith(HYBRID)),
        () -> explained(report));
  }

  /** The drills that failed are those of the broken kind, and the plan says so of its machines. */
  private static void whoseSnapshotsDoNotBootIsHeld(Report report) {
    Report.DrillsTold drills = Objects.requireNonNull(report.drills());
    List<String> failed =
        drills.machines().stream()
            .filter(drill -> !drill.passed())
            .map(Report.DrillTold::restoreClass)
            .toList();
    assertTrue(drills.passed() > 0, () -> explained(report));
    assertTrue(!failed.isEmpty(), () -> explained(report));
    assertTrue(failed.stream().allMatch(kind -> kind.contains(" / t3 / ")), failed::toString);
    assertEquals(0, drills.leftovers(), () -> explained(report));
    Map<String, Integer> leftOut = report.releases().getLast().leftOut();
    for (String kind : failed) {
      assertTrue(
          leftOut.keySet().stream()
              .anyMatch(why -> why.contains(kind) && why.contains("showed no life")),
          () -> kind + " in " + leftOut);
    }
  }

  private static void everybodyIsBackInTime(Report report) {
    Report.Storm storm = Objects.requireNonNull(report.storm());
    System.out.printf(
        "%d hurt at once: %.1f min to everybody restored, the bound is %.1f min, %.2f times%n",
        storm.hurt(), storm.minutesToAllRestored(), storm.minutesBound(), storm.timesBound());
    assertEquals(MACHINES, storm.hurt(), () -> explained(report));
    assertEquals(MACHINES, storm.restored(), () -> explained(report));
    assertTrue(storm.timesBound() >= 1, () -> explained(report));
    assertTrue(storm.timesBound() <= TIMES_BOUND, () -> explained(report));
  }

  private static Report told(Scenario scenario) throws IOException {
    StoryInput input = new StoryInput(scenario, MACHINES, SEED, null, null);
    try (Story story = Story.open(input, new Silence())) {
      return story.tell();
    }
  }

  private static String explained(Report report) {
    return "seed " + SEED + "\n" + ReportText.of(report);
  }
}
