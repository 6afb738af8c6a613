package dev.ringfence.lab.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run can be repeated: nothing in a report depends on this machine or on chance. */
class SameSeedTest {
  private static final int MACHINES = 40;
  private static final long SEED = 7;

  @ParameterizedTest
  @EnumSource(names = {"BLUE_SCREEN", "DRILL", "RESTORE_STORM"})
  void theSameInput_givesTheSameReportToTheByte(Scenario scenario) throws IOException {
    assertEquals(told(scenario, SEED), told(scenario, SEED), "seed " + SEED);
  }

  @Test
  void anotherSeed_givesAnotherCourseOfEvents() throws IOException {
    String own = "\"seed\" : " + SEED;
    String others = "\"seed\" : " + (SEED + 1);

    assertNotEquals(
        told(Scenario.BLUE_SCREEN, SEED).replace(own, others),
        told(Scenario.BLUE_SCREEN, SEED + 1));
  }

  private static String told(Scenario scenario, long seed) throws IOException {
    StoryInput input = new StoryInput(scenario, MACHINES, seed, null, null);
    try (Story story = Story.open(input, new Silence())) {
      return story.tell().toJson();
    }
  }
}
