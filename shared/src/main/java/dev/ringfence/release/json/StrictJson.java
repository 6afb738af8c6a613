package dev.ringfence.release.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Parses JSON that two readers cannot understand differently: one document, UTF-8, and no key
 * twice. With a key twice, whoever signed and whoever acts may each see another value.
 */
public final class StrictJson {
  /** Ours is never deeper than ten; a limit keeps hostile nesting from costing stack. */
  private static final int MAX_DEPTH = 32;

  /** No number of ours needs more digits than a double holds. */
  private static final int MAX_NUMBER_CHARS = 40;

  /** Enough of a parser's complaint to act on, without echoing an input into a log. */
  private static final int MAX_COMPLAINT_CHARS = 160;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_CHARS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Parses a document.
   *
   * @param name what problems call the whole document
   */
  public static Reading<JsonNode> parse(byte[] utf8, int maxBytes, String name) {
    if (utf8.length > maxBytes) {
      return refused(name, "must be at most " + maxBytes + " bytes, not " + utf8.length);
    }
    try {
      return parseText(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString(), name);
    } catch (CharacterCodingException broken) {
      return refused(name, "must be UTF-8");
    }
  }

  /** As {@link #parse(byte[], int, String)}; the limit is on the text's UTF-8 form. */
  public static Reading<JsonNode> parse(String text, int maxBytes, String name) {
    if (text.length() > maxBytes) {
      return refused(name, "must be at most " + maxBytes + " bytes, not " + text.length());
    }
    return parse(text.getBytes(StandardCharsets.UTF_8), maxBytes, name);
  }

  private static Reading<JsonNode> parseText(String text, String name) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return tree.isMissingNode() ? refused(name, "is empty") : new Reading.Accepted<>(tree);
    } catch (JsonProcessingException malformed) {
      return refused(name, "is not JSON that can be trusted: " + complaint(malformed));
    }
  }

  private static String complaint(JsonProcessingException malformed) {
    String said = malformed.getOriginalMessage().replaceAll("[\\p{Cc}\\p{Cs}]", " ");
    String cut = said.substring(0, Math.min(said.length(), MAX_COMPLAINT_CHARS));
    JsonLocation at = malformed.getLocation();
    return at == null
        ? cut
        : cut + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }

  private static Reading<JsonNode> refused(String name, String message) {
    return new Reading.Refused<>(List.of(new Problem(name, message)));
  }
}
