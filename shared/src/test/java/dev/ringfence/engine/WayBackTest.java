package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Effect;
import dev.ringfence.rollout.Given;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole rollouts whose restore points somebody takes away. */
class WayBackTest {
  private static List<TestingWorld.Deed> deeds(Story story, Class<? extends Effect> kind) {
    return story.world.deeds.stream().filter(deed -> kind.isInstance(deed.effect())).toList();
  }

  private static boolean isUpdate(TestingWorld.Deed deed) {
    return deed.effect() instanceof Effect.SendCommand c
        && c.purpose() == Effect.SendCommand.Purpose.UPDATE;
  }

  @Test
  void restorePointsThatAreDeletedAfterTheyWereFound_areTakenAnewBeforeAnybodyIsUpdated() {
    Given given = Given.content().machines(12);
    Story story = new Story(given);
    story.world.oldPoints = true;
    given.fleet().forEach(m -> story.world.gone.add(TestingWorld.OLD + m.rootVolume()));
    story.begun().toTheEnd();
    assertEquals("SUCCEEDED", story.rollout().head().phaseName());
    List<TestingWorld.Deed> taken = deeds(story, Effect.TakeSnapshots.class);
    assertEquals(12, taken.size());
    story.world.deeds.stream()
        .filter(WayBackTest::isUpdate)
        .forEach(update ->
            update
                .machines()
                .forEach(machine ->
                    assertTrue(
                        taken.stream()
                            .filter(deed -> deed.machines().contains(machine))
                            .anyMatch(deed ->
                                !update.at().isBefore(deed.at().plus(TestingWorld.SNAPSHOT))),
                        machine + " was updated without a way back")));
  }
}
