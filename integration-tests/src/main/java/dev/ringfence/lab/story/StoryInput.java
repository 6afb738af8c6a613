package dev.ringfence.lab.story;

import dev.ringfence.lab.cloud.FleetSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a story is told about.
 *
 * @param machines how many the fleet has
 * @param release a Release Published event as JSON, taken for the story's release; null for the
 *     lab's own
 * @param policy a policy as JSON; null for the lab's own
 */
public record StoryInput(
    Scenario scenario, int machines, long seed, @Nullable String release, @Nullable String policy) {
  /** The most that a policy may restore at once. */
  private static final int RESTORES_MAX = 1_000;

  /** The fleet that it is told of. In a storm nobody is beyond a restore, so that all count. */
  FleetSpec fleet() {
    FleetSpec usual = FleetSpec.of(machines, seed);
    return scenario == Scenario.RESTORE_STORM ? usual.withHybridShare(0).withSpotShare(0) : usual;
  }

  /** How many are restored at once when all are hurt. */
  int storm() {
    return Math.min(machines, RESTORES_MAX);
  }
}
