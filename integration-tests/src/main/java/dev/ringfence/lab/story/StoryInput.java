package dev.ringfence.lab.story;

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
    Scenario scenario,
    int machines,
    long seed,
    @Nullable String release,
    @Nullable String policy) {}
