package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened in an execution, in order, up to the service's hard limit. */
final class History {
  /**
   * The last event that a Standard execution can have.
   *
   * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step
   *     Functions service quotas</a>
   */
  static final int LIMIT = 25_000;

  /** There is no room left but for the event that says so. */
  static final class Full extends RuntimeException {}

  /**
   * One event.
   *
   * @param id counted from one
   * @param type such as {@code TaskStateEntered}
   * @param name of the state, where the event is of one
   * @param data input, output or {@code {"Error", "Cause"}}, by type
   */
  record Event(int id, String type, String name, JsonNode data, Instant at) {}

  private final List<Event> events = new ArrayList<>();

  void add(String type, String name, JsonNode data, Instant at) {
    if (events.size() >= LIMIT - 1) {
      throw new Full();
    }
    append(type, name, data, at);
  }

  /** The event that ends the execution; there is always room for it. */
  void end(String type, JsonNode data, Instant at) {
    append(type, "", data, at);
  }

  private void append(String type, String name, JsonNode data, Instant at) {
    events.add(new Event(events.size() + 1, type, name, data, at));
  }

  static JsonNode failure(AslError error) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Error", error.error())
        .put("Cause", error.cause());
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  int size() {
    return events.size();
  }
}
