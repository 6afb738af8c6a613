package dev.ringfence.lab.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What an alarm's event says, for the screen. */
record AlarmLine(String alarm, String state) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static AlarmLine of(String event) {
    try {
      JsonNode detail = JSON.readTree(event).path("detail");
      return new AlarmLine(
          detail.path("alarmName").asText(), detail.path("state").path("value").asText());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  boolean fires() {
    return state.equals("ALARM");
  }
}
