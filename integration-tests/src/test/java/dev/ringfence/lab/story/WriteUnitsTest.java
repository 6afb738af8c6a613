package dev.ringfence.lab.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.functions.record.Units;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a rollout writes does not grow into what it costs to run the fleet. */
class WriteUnitsTest {
  private static final int MACHINES = 1_000;
  private static final long SEED = 20_240_719;

  /** A machine's whole way through a rollout, in DynamoDB write units of 1 KB. */
  private static final double UNITS_PER_MACHINE = 2;

  @Test
  void aHealthyContentRelease_takesAtMostTwoWriteUnitsAMachine() throws IOException {
    StoryInput input = new StoryInput(Scenario.HEALTHY, MACHINES, SEED, null, null);
    try (Story story = Story.open(input, new Silence())) {
      Report report = story.tell();
      Units.Tally tally = story.lab().units().tally();

      assertEquals(MACHINES, report.releases().getLast().updated(), () -> ReportText.of(report));
      double each = tally.writeUnits() / MACHINES;
      System.out.printf(
          "%,d machines: %.2f write and %.2f read units each%n",
          MACHINES, each, tally.readUnits() / MACHINES);
      assertTrue(
          each <= UNITS_PER_MACHINE,
          () -> each + " write units a machine; " + tally + " " + report.calls());
    }
  }
}
