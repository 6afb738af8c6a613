package dev.ringfence.lab.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A run can be repeated: nothing in a report depends on this machine or on chance. */
class SameSeedTest {
  private static final int MACHINES = 40;
  private static final long SEED = 7;

  @Test
  void theSameInput_givesTheSameReportToTheByte() throws IOException {
    assertEquals(told(SEED), told(SEED), "seed " + SEED);
  }

  @Test
  void anotherSeed_givesAnotherCourseOfEvents() throws IOException {
    String own = "\"seed\" : " + SEED;
    String others = "\"seed\" : " + (SEED + 1);

    assertNotEquals(told(SEED).replace(own, others), told(SEED + 1));
  }

  private static String told(long seed) throws IOException {
    StoryInput input = new StoryInput(Scenario.BLUE_SCREEN, MACHINES, seed, null, null);
    try (Story story = Story.open(input, new Silence())) {
      return story.tell().toJson();
    }
  }
}
