package dev.ringfence.release.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private static final int LIMIT = 1_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{} {}",
        "{}x",
        "{\"a\":1,\"a\":1}",
        "{\"b\":{\"a\":1,\"a\":2}}",
        "{\"a\":1,\"\\u0061\":2}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "[1,]",
        "\ufeff{}",
        "/* c */ {}"
      })
  void whatTwoReadersCouldUnderstandDifferently_isRefused(String text) {
    assertEquals(Set.of("event"), Readings.refused(StrictJson.parse(text, LIMIT, "event")), text);
  }

  @Test
  void brokenUtf8_isRefused() {
    byte[] broken = {'{', '"', (byte) 0xC3, '"', ':', '1', '}'};
    assertEquals(refused("must be UTF-8"), StrictJson.parse(broken, LIMIT, "event"));
  }

  @Test
  void utf16_isRefused() {
    byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16);
    assertInstanceOf(Reading.Refused.class, StrictJson.parse(utf16, LIMIT, "event"));
  }

  @Test
  void oneByteTooMuch_isRefused() {
    String atLimit = "\"" + "ä".repeat(499) + "\"";
    assertInstanceOf(Reading.Accepted.class, StrictJson.parse(atLimit, LIMIT, "event"));
    assertEquals(
        refused("must be at most 1000 bytes, not 1001"),
        StrictJson.parse(atLimit + " ", LIMIT, "event"));
  }

  @Test
  void hostileNesting_isRefusedAndCostsNoStack() {
    String deep = "[".repeat(100_000);
    assertInstanceOf(Reading.Refused.class, StrictJson.parse(deep, 1_000_000, "event"));
  }

  @Test
  void hostileNames_cannotForgeLinesInALog() {
    String path = Path.member("policy", "x\n2026 ERROR all is lost");
    assertTrue(path.chars().noneMatch(c -> c < ' '), path);
    assertEquals("policy[\"x?2026 ERROR all is lost\"]", path);
  }

  private static Reading<JsonNode> refused(String message) {
    return new Reading.Refused<>(List.of(new Problem("event", message)));
  }
}
