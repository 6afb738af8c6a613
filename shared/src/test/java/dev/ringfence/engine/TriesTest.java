package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.policy.WayBack;
import dev.ringfence.rollout.Given;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Effects that do not work at once: when they are tried again, and what the journal tells. */
class TriesTest {
  private static Story story() {
    Story story = new Story(Given.content().machines(60));
    story.world.oldPoints = true;
    story.begun().beat();
    return story;
  }

  private static boolean isUpdate(Effect effect) {
    return effect instanceof Effect.SendCommand c
        && c.purpose() == Effect.SendCommand.Purpose.UPDATE;
  }

  private static long attempts(Story story) {
    return story.world.asked.stream().filter(TriesTest::isUpdate).count();
  }

  private static List<String> told(Story story, String beginning) {
    return story.store.journal("falcon-1").stream()
        .filter(entry -> entry.what().startsWith(beginning))
        .map(entry -> entry.what() + ": " + entry.evidence())
        .toList();
  }

  /**
   * The first attempt is throttled; the second takes place, and its beat dies before it says so.
   */
  @Test
  void deathAfterASecondAttempt_isWaitedOutLikeOneAfterTheFirst() {
    Story story = story();
    story.world.breaksWith(new IllegalStateException("throttled"));
    story.beat();
    story.world.breaksWith(null);
    story.time.pass(Duration.ofMinutes(1));
    story.world.afterNextPerform(() -> {
      throw new Killed("after the second attempt");
    });
    assertThrows(Killed.class, story::beat);
    assertEquals(2, attempts(story));
    story.time.pass(Duration.ofSeconds(2));
    story.beat();
    assertEquals(2, attempts(story), "the list may not show it yet");
    story.time.pass(Acting.BEAT_DIES);
    story.beat();
    assertEquals(3, attempts(story));
    assertEquals(1, story.world.deeds.stream().filter(d -> isUpdate(d.effect())).count());
  }

  @Test
  void updateThatCannotBeSent_isToldOnceWithItsCodeAndWithoutItsPayload() {
    Story story = story();
    for (int beat = 0; beat < 5; beat++) {
      boolean even = beat % 2 == 0;
      story.world.breaksWith(
          even ? new IllegalStateException("secret=1") : new IllegalArgumentException("secret=2"));
      story.beat();
      story.time.pass(Duration.ofMinutes(1));
    }
    assertEquals(
        List.of(
            "could not send the update of batch 0: IllegalStateException in "
                + "TriesTest.updateThatCannotBeSent_isToldOnceWithItsCodeAndWithoutItsPayload",
            "could not send the update of batch 0: IllegalArgumentException in "
                + "TriesTest.updateThatCannotBeSent_isToldOnceWithItsCodeAndWithoutItsPayload"),
        told(story, "could not"));
  }

  @Test
  void restoreThatCannotBeStarted_isToldOnceAndStartedLater() {
    Story story =
        new Story(Given.content().machines(12).with(WayBack.AFTERCARE, Duration.ofMinutes(30)));
    story.world.deadly = true;
    story.begun();
    story.clocks.breaks(true);
    while (told(story, "could not start").isEmpty()) {
      assertTrue(story.step());
    }
    for (int beat = 0; beat < 3; beat++) {
      story.step();
    }
    assertEquals(
        List.of(
            "could not start restore falcon-1-r1: IllegalStateException in TestingClocks.start"),
        told(story, "could not start"));
    story.clocks.breaks(false);
    story.toTheEnd();
    assertEquals("DONE", story.restore("falcon-1-r1").head().phaseName());
  }

  @Test
  void restorePointsThatCannotBeAskedFor_areToldTogether() {
    Story story = new Story(Given.content().machines(60));
    story.world.breaksWith(new IllegalStateException("throttled"));
    story.begun().beat();
    story.time.pass(Duration.ofMinutes(1));
    story.beat();
    List<JournalEntry> told =
        story.store.journal("falcon-1").stream()
            .filter(entry -> entry.what().startsWith("could not ask for restore points of i-"))
            .toList();
    assertEquals(1, told.size(), told.toString());
  }
}
