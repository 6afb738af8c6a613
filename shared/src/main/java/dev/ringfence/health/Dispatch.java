package dev.ringfence.health;

import java.time.Instant;

/**
 * Machines that the release was sent to at one instant.
 *
 * @param at when they were dispatched, not when they answered
 * @param machines how many, at least 1
 */
public record Dispatch(Instant at, int machines) {
  public Dispatch {
    if (machines < 1) {
      throw new IllegalArgumentException("machines must be at least 1, got " + machines);
    }
  }
}
