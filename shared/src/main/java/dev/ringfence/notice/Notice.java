package dev.ringfence.notice;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One piece of news.
 *
 * @param type the event's {@code detail-type}, one of {@link dev.ringfence.contract.CellEvents}
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
    detail.put(dev.ringfence.contract.CellEvents.MESSAGE, message);
    facts.keySet().stream().sorted().forEach(name -> detail.put(name, facts.get(name)));
    return detail;
  }
}
