package dev.ringfence.functions.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.contract.CellEvents;
import dev.ringfence.notice.Herald;
import dev.ringfence.notice.Notice;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * Puts news on the cell's bus; a rule hands the sentence for people on to the topic. PutEvents
 * takes no token, so what timed out after its effect is told twice.
 */
public final class EventBridgeHerald implements Herald {
  private static final JsonMapper JSON = new JsonMapper();

  private final EventBridgeClient events;
  private final String bus;

  /**
   * @param bus the name of the cell's bus
   */
  public EventBridgeHerald(EventBridgeClient events, String bus) {
    this.events = events;
    this.bus = bus;
  }

  /**
   * {@inheritDoc}
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when the call failed
   * @throws IllegalStateException when EventBridge answered that it did not take the event
   */
  @Override
  public void tell(Notice notice) {
    String detail = json(notice);
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .eventBusName(bus)
            .source(CellEvents.SOURCE)
            .detailType(notice.type())
            .detail(detail)
            .build();
    PutEventsResponse answer = events.putEvents(all -> all.entries(entry));
    if (answer.failedEntryCount() > 0) {
      // A call that answers 200 may have refused every entry in it (API reference, PutEvents).
      throw new IllegalStateException(
          "EventBridge did not take the event: " + answer.entries().getFirst().errorCode());
    }
  }

  private static String json(Notice notice) {
    try {
      return JSON.writeValueAsString(notice.detail());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a map of texts is always JSON", impossible);
    }
  }
}
