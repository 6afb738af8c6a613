package dev.ringfence.infra.least;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.CellFunction;
import dev.ringfence.lab.clock.LambdaTap;
import dev.ringfence.lab.plane.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Adds a Change Calendar, which is open, to the policy of whatever is published: no story of the
 * lab has one by itself.
 */
final class AsksCalendar implements LambdaTap {
  private static final String CALENDAR = "quiet-days";
  private static final JsonMapper JSON = new JsonMapper();

  private final Lab lab;

  AsksCalendar(Lab lab) {
    this.lab = lab;
    lab.cloud().calendar(CALENDAR, true, null);
  }

  @Override
  public void before(String function, JsonNode event) {
    if (!function.equals(CellFunction.RELEASE_PUBLISHED.title())) {
      return;
    }
    String product = event.at("/detail/manifest/product").asText();
    try {
      ObjectNode policy = (ObjectNode) JSON.readTree(lab.look().policy(product).orElseThrow());
      for (String channel : List.of("content", "capability")) {
        policy.withObjectProperty(channel).putArray("calendars").add(CALENDAR);
      }
      lab.look().putPolicy(product, policy.toString());
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }
}
