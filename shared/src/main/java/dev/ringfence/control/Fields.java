package dev.ringfence.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ringfence.contract.ClockDefinition;
import dev.ringfence.release.json.Kind;
import dev.ringfence.release.json.Kinds;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import dev.ringfence.release.json.StrictJson;
import java.time.ZoneId;
import java.util.List;

/** The fields that all console functions have in common. */
final class Fields {
  /**
   * Ten thousand machines by id are some 220 KB and shall be refused by the field's own limit;
   * Lambda itself would carry 6 MB (Lambda quotas).
   */
  static final int INPUT_BYTES_MAX = 1024 * 1024;

  static final ZoneId UTC = ZoneId.of("UTC");

  /** A sentence or two; longer ones belong into a ticket. */
  private static final int REASON_CHARS_MAX = 500;

  private static final int BY_CHARS_MAX = 64;

  static final Kind<String> OPERATION =
      Kinds.text(
          "id",
          "[A-Za-z0-9_-]{1," + ClockDefinition.ID_CHARS_MAX + "}",
          "an id as status lists it: letters, digits, _ and - only, and no ARN");

  static final Kind<String> REASON =
      Kinds.text(
          "sentence",
          "[^\\p{Cc}\\p{Cs}]{1," + REASON_CHARS_MAX + "}",
          "a sentence of at most " + REASON_CHARS_MAX + " characters on one line");

  static final Kind<String> BY =
      Kinds.text(
          "name",
          "[^\\p{Cc}\\p{Cs}]{1," + BY_CHARS_MAX + "}",
          "a name of at most " + BY_CHARS_MAX + " characters on one line");

  static final Kind<String> CONFIRM =
      Kinds.text(
          "hash",
          "[0-9a-f]{" + Confirm.CHARS + "}",
          "the " + Confirm.CHARS + " hexadecimal digits that the plan showed");

  static final Kind<ZoneId> ZONE =
      Kinds.parsed(
          "zone",
          Kinds.schemaOf("string"),
          "a time zone such as UTC or Europe/Berlin",
          ZoneId::of,
          ZoneId::getId);

  private Fields() {}

  /** The input as it came; an empty one and {@code null} are asked for nothing, like {@code {}}. */
  static Reading<JsonNode> parse(byte[] utf8) {
    if (utf8.length == 0) {
      return new Reading.Accepted<>(Json.object());
    }
    return StrictJson.parse(utf8, INPUT_BYTES_MAX, "input")
        .then(tree -> {
          if (tree.isNull() || (tree instanceof TextNode text && text.textValue().isEmpty())) {
            return new Reading.Accepted<>(Json.object());
          }
          return tree.isObject()
              ? new Reading.Accepted<>(tree)
              : new Reading.Refused<>(
                  List.of(new Problem("input", "must be a JSON object, such as {}")));
        });
  }
}
