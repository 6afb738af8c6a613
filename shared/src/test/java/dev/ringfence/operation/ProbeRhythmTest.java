package dev.ringfence.operation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When machines are asked for their version. */
class ProbeRhythmTest {
  private static final Instant SENT = Instant.parse("2026-11-03T12:00:00Z");

  private static Instant at(long minutes) {
    return SENT.plus(Duration.ofMinutes(minutes));
  }

  private static boolean due(
      @Nullable Sending last, int probes, List<String> readable, int underWay, Instant now) {
    return ProbeRhythm.isDue(last, probes, readable, underWay, SENT, now);
  }

  @Test
  void nobody_isNotAsked() {
    assertFalse(due(null, 0, List.of(), 2, at(60)));
  }

  @Test
  void everybodyTogether_isAskedAtOnce() {
    assertTrue(due(null, 0, List.of("a", "b"), 2, at(1)));
  }

  @Test
  void some_areAskedOnceAPingPeriodIsOver() {
    assertFalse(due(null, 0, List.of("a"), 2, at(5)));
    assertTrue(due(null, 0, List.of("a"), 2, at(6)));
  }

  @Test
  void whoWasAsked_isGivenTimeToAnswerThatGrows() {
    Sending probe = Sending.intent("read", at(6), List.of("a", "b"));
    assertFalse(due(probe, 1, List.of("a"), 1, at(7)));
    assertTrue(due(probe, 1, List.of("a"), 1, at(8)));
    assertFalse(due(probe, 4, List.of("a"), 1, at(13)));
    assertTrue(due(probe, 4, List.of("a"), 1, at(14)));
    assertTrue(due(probe, 400, List.of("a"), 1, at(16)));
  }

  @Test
  void whoWasNotAskedYet_doesNotWaitForTheOthers() {
    Sending probe = Sending.intent("read", at(6), List.of("a"));
    assertTrue(due(probe, 1, List.of("a", "b"), 2, at(7)));
  }

  @Test
  void whereMinutesCount_whoLivesIsAskedWithoutTheOthers() {
    assertFalse(ProbeRhythm.isDueAtOnce(null, 0, List.of(), at(1)));
    assertTrue(ProbeRhythm.isDueAtOnce(null, 0, List.of("a"), at(1)));
  }

  @Test
  void whereMinutesCount_thoseOfTheLastProbeAreHeardBeforeTheNext() {
    Sending probe = Sending.intent("read", at(6), List.of("a", "b"));
    assertFalse(ProbeRhythm.isDueAtOnce(probe, 1, List.of("b", "c"), at(6)));
    assertTrue(ProbeRhythm.isDueAtOnce(probe, 1, List.of("c"), at(6)));
    assertTrue(ProbeRhythm.isDueAtOnce(probe, 1, List.of("b", "c"), at(7)));
    assertFalse(ProbeRhythm.isDueAtOnce(probe, 1, List.of("b"), at(7)));
    assertTrue(ProbeRhythm.isDueAtOnce(probe, 1, List.of("b"), at(8)));
  }
}
