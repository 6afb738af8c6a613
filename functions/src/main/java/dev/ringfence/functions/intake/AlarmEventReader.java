package dev.ringfence.functions.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.contract.AlarmEvents;
import dev.ringfence.engine.AlarmIntake;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import dev.ringfence.release.json.StrictJson;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads CloudWatch's events. Only the alarm's name and its new state are insisted on: whatever else
 * is missing or has changed its shape, an alarm must still halt.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html">
 *     Alarm events and EventBridge</a>
 */
final class AlarmEventReader {
  /** EventBridge takes entries of less than 256 KB (PutEvents); a larger one is not from there. */
  private static final int EVENT_BYTES_MAX = 256 * 1024;

  private static final List<String> STATES = List.of("ALARM", "OK", "INSUFFICIENT_DATA");

  /** What is put into a log line of a foreign event's type: EventBridge takes no longer one. */
  private static final int TYPE_CHARS_MAX = 128;

  /** {@code 2026-11-01T11:59:59.000+0000}, as the user guide's events have it. */
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXX", Locale.ROOT);

  private AlarmEventReader() {}

  /** An event of CloudWatch, or of somebody else who is not listened to. */
  sealed interface Read {
    record Changed(AlarmIntake.Change change) implements Read {}

    /** Of another type, such as the one that tells of a single contributor. */
    record Other(String source, String type) implements Read {}
  }

  /**
   * Reads an event as it was delivered, UTF-8.
   *
   * @throws MalformedAlarmEvent naming the field
   */
  static Read read(byte[] utf8) {
    JsonNode event =
        switch (StrictJson.parse(utf8, EVENT_BYTES_MAX, "event")) {
          case Reading.Accepted<JsonNode>(JsonNode tree) -> tree;
          case Reading.Refused<JsonNode>(List<Problem> problems) ->
              throw new MalformedAlarmEvent(
                  problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        };
    String source = required(event, "", "source");
    String type = required(event, "", "detail-type");
    if (!source.equals(AlarmEvents.SOURCE) || !type.equals(AlarmEvents.STATE_CHANGE)) {
      return new Read.Other(printable(source), printable(type));
    }
    return new Read.Changed(change(event.path("detail")));
  }

  private static AlarmIntake.Change change(JsonNode detail) {
    JsonNode state = detail.path("state");
    String alarm = required(detail, "detail.", "alarmName");
    String value = required(state, "detail.state.", "value");
    if (!STATES.contains(value)) {
      throw new MalformedAlarmEvent("event.detail.state.value must be one of " + STATES);
    }
    return new AlarmIntake.Change(
        alarm,
        value,
        text(state, "timestamp").flatMap(AlarmEventReader::instant).orElse(null),
        text(state, "reason").orElse("no reason given"),
        silenced(detail));
  }

  private static Optional<Instant> instant(String timestamp) {
    try {
      return Optional.of(STAMP.parse(timestamp, Instant::from));
    } catch (DateTimeParseException unknown) {
      // When it went off is then not known, and it halts all the same.
      return Optional.empty();
    }
  }

  /** Muted by a mute rule, or suppressed as a composite alarm can be; each only when it applies. */
  private static String silenced(JsonNode detail) {
    JsonNode mute = detail.path("muteDetail");
    if (mute.isObject()) {
      return "muted"
          + text(mute, "mutedByArn").map(rule -> " by " + rule).orElse("")
          + text(mute, "muteWindowEnd").map(end -> " until " + end).orElse("");
    }
    return text(detail.path("state"), "actionsSuppressedBy")
        .map(by -> "actions suppressed by " + by)
        .orElse("");
  }

  private static String required(JsonNode parent, String path, String field) {
    return text(parent, field)
        .orElseThrow(() ->
            new MalformedAlarmEvent("event." + path + field + " must be a text that is not empty"));
  }

  private static Optional<String> text(JsonNode parent, String field) {
    return Optional.ofNullable(parent.path(field).textValue()).filter(text -> !text.isBlank());
  }

  private static String printable(String text) {
    String cut = text.substring(0, Math.min(text.length(), TYPE_CHARS_MAX));
    return cut.replaceAll("[^ -~]", "?");
  }
}
