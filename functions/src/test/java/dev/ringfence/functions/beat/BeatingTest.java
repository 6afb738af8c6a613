package dev.ringfence.functions.beat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringfence.engine.Beat;
import dev.ringfence.engine.Engine;
import dev.ringfence.functions.fakes.BlindWorld;
import dev.ringfence.functions.fakes.Calls;
import dev.ringfence.functions.fakes.MemoryStore;
import dev.ringfence.operation.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeatingTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");

  private static Beating answering(boolean over, Instant next) {
    return new Beating(
        Head.Kind.ROLLOUT,
        id -> new Beat(Head.Kind.ROLLOUT, id, "RUNNING", over, next),
        (id, wish) -> {
          throw new AssertionError("nothing is asked of " + id + " by an ordinary tick");
        },
        () -> NOW);
  }

  @Test
  void tick_comesBackWithWhatTheBeatSaid() {
    Beating beating = answering(false, Instant.parse("2026-11-01T12:00:30Z"));
    assertEquals(
        Calls.json(
            """
            {"kind": "ROLLOUT", "id": "r-1", "beats": 7, "function": "f", "phase": "RUNNING",
             "over": false, "next": "2026-11-01T12:00:30Z"}
            """),
        Calls.call(
            (in, out, context) -> beating.handle(in, out),
            """
            {"kind": "ROLLOUT", "id": "r-1", "beats": 7, "function": "f"}
            """));
  }

  @Test
  void lastCallOfAClockThatGaveUp_asksForAPersonAndDoesNotBeat() {
    List<String> asked = new ArrayList<>();
    Beating beating =
        new Beating(
            Head.Kind.ROLLOUT,
            id -> {
              throw new AssertionError("no beat after the clock gave up");
            },
            (id, wish) -> asked.add(id + " " + wish.wish() + " " + wish.evidence()),
            () -> NOW);
    Calls.call(
        (in, out, context) -> beating.handle(in, out),
        """
        {"kind": "ROLLOUT", "id": "r-1", "gaveUp": {"Error": "Boom", "Cause": "secret payload"}}
        """);
    assertEquals(List.of("r-1 PERSON its beat failed at every try: Boom"), asked);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-01T11:00:00Z,     2026-11-01T12:00:02Z",
    "2026-11-01T12:00:00.250Z, 2026-11-01T12:00:02Z",
    "2026-11-01T12:00:02Z,     2026-11-01T12:00:02Z",
    "2026-11-01T12:00:02.001Z, 2026-11-01T12:00:03Z",
    "2026-11-08T12:00:00Z,     2026-11-08T12:00:00Z"
  })
  void nextBeat_isAtLeastASecondAheadAndOnAWholeOne(Instant wanted, String told) {
    Beating beating = answering(false, wanted);
    assertEquals(
        told,
        Calls.call(
                (in, out, context) -> beating.handle(in, out),
                "{\"kind\":\"ROLLOUT\",\"id\":\"r-1\"}")
            .get("next")
            .textValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"id\":\"r-1\"}",
        "{\"kind\":\"RESTORE\",\"id\":\"r-1\"}",
        "{\"kind\":\"ROLLOUT\"}",
        "{\"kind\":\"ROLLOUT\",\"id\":\"\"}",
        "{\"kind\":\"ROLLOUT\",\"id\":\"r-1\",\"id\":\"r-2\"}"
      })
  void whatIsNoTickOfOurs_isNotBeatenFor(String payload) {
    Beating beating = answering(true, NOW);
    assertThrows(
        UnreadableTick.class,
        () -> Calls.call((in, out, context) -> beating.handle(in, out), payload));
  }

  @Test
  void operationThatDoesNotExist_isTheClocksToKnow() {
    Engine engine =
        new Engine(new MemoryStore(), new BlindWorld(() -> NOW), (kind, id) -> {}, () -> NOW);
    Engine.NoSuchOperation missing =
        assertThrows(
            Engine.NoSuchOperation.class,
            () ->
                Calls.call(
                    new RolloutBeatFunction(engine, () -> NOW),
                    "{\"kind\":\"ROLLOUT\",\"id\":\"r-1\"}"));
    assertEquals("there is no ROLLOUT r-1", missing.getMessage());
    assertThrows(
        Engine.NoSuchOperation.class,
        () ->
            Calls.call(
                new RestoreBeatFunction(engine, () -> NOW),
                "{\"kind\":\"RESTORE\",\"id\":\"r-1\"}"));
  }
}
