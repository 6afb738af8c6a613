package dev.ringfence.functions.beat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.engine.Beat;
import dev.ringfence.operation.Head;
import dev.ringfence.operation.Request;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import dev.ringfence.release.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Translates between the clock and one beat. The clock sends {@code {"kind", "id", …}} and gets the
 * same back with {@code "phase", "over", "next"}: what else it carries, such as its count of beats,
 * is its own affair.
 */
final class Beating {
  /** A tick is some hundred bytes; Step Functions would carry 256 KiB. */
  private static final int TICK_BYTES_MAX = 16 * 1024;

  /** However soon a beat wants the next one, the clock must not spin. */
  private static final Duration SOONEST = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Beating.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Head.Kind kind;
  private final Function<String, Beat> beats;
  private final BiConsumer<String, Request> wishes;
  private final InstantSource time;

  /**
   * @param beats one beat of the operation of this id
   * @param wishes lets something be asked of the operation of this id
   */
  Beating(
      Head.Kind kind,
      Function<String, Beat> beats,
      BiConsumer<String, Request> wishes,
      InstantSource time) {
    this.kind = kind;
    this.beats = beats;
    this.wishes = wishes;
    this.time = time;
  }

  void handle(InputStream in, OutputStream out) throws IOException {
    ObjectNode tick = read(in.readAllBytes());
    if (tick.has("gaveUp")) {
      giveUp(tick);
      JSON.writeValue(out, tick);
      return;
    }
    Beat beat = beats.apply(tick.path("id").asText());
    Instant next = wholeSecond(beat.next(), time.instant());
    LOG.info("{} {}, next beat {}", beat.id(), beat.phase(), beat.over() ? "never" : next);
    tick.put("phase", beat.phase()).put("over", beat.over()).put("next", next.toString());
    JSON.writeValue(out, tick);
  }

  /** The clock's last call: nobody beats for this operation any more. */
  private void giveUp(ObjectNode tick) {
    String id = tick.path("id").asText();
    String error = tick.path("gaveUp").path("Error").asText("unknown error");
    LOG.error("{} is given up by its clock: {}", id, error);
    wishes.accept(
        id,
        new Request(
            Request.Wish.PERSON,
            "its clock",
            "its beat failed at every try: " + error,
            time.instant()));
  }

  private ObjectNode read(byte[] utf8) {
    JsonNode tick =
        switch (StrictJson.parse(utf8, TICK_BYTES_MAX, "tick")) {
          case Reading.Accepted<JsonNode>(JsonNode tree) -> tree;
          case Reading.Refused<JsonNode>(List<Problem> problems) ->
              throw new UnreadableTick(
                  problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        };
    if (!(tick instanceof ObjectNode object)) {
      throw new UnreadableTick("tick must be an object");
    }
    if (!kind.name().equals(object.path("kind").textValue())) {
      throw new UnreadableTick("tick.kind must be " + kind);
    }
    if (object.path("id").asText().isBlank()) {
      throw new UnreadableTick("tick.id must be the id of an operation");
    }
    return object;
  }

  /** Rounded up, since a beat that comes early finds nothing to do and asks for another. */
  private static Instant wholeSecond(Instant wanted, Instant now) {
    Instant soonest = now.plus(SOONEST);
    Instant next = wanted.isBefore(soonest) ? soonest : wanted;
    Instant floor = next.truncatedTo(ChronoUnit.SECONDS);
    return floor.equals(next) ? floor : floor.plusSeconds(1);
  }
}
