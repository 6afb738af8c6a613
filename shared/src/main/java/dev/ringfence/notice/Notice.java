package dev.ringfence.notice;

import dev.ringfence.contract.CellEvents;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One piece of news.
 *
 * @param type the event's {@code detail-type}, one of {@link CellEvents}
 * @param operation the operation's id
 * @param message what happened and what to do, for somebody who was woken by it
 * @param facts what else a machine that reads it may want, by name
 */
public record Notice(
    String type,
    String operation,
    String product,
    String version,
    String message,
    Map<String, String> facts) {
  public Notice {
    facts = Map.copyOf(facts);
  }

  /** The detail of the event: its fixed members first, then the facts. */
  public Map<String, String> detail() {
    Map<String, String> detail = new LinkedHashMap<>();
    detail.put("operation", operation);
    detail.put("product", product);
    detail.put("version", version);
    detail.put(CellEvents.MESSAGE, message);
    detail.putAll(new TreeMap<>(facts));
    return detail;
  }
}
