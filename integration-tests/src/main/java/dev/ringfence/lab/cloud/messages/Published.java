package dev.ringfence.lab.cloud.messages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.wire.AwsFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/** PutEvents and Publish: both keep what they were given, and deliver it to nobody. */
public final class Published {
  /** PutEvents takes ten entries at once. */
  private static final int ENTRIES_MOST = 10;

  /**
   * One event.
   *
   * @param detail JSON text
   */
  public record Event(String bus, String source, String detailType, String detail) {}

  /** One message to a topic. */
  public record Message(String topicArn, String subject, String text) {}

  private static final JsonMapper JSON = new JsonMapper();

  private final Chance chance;
  private final List<Event> events = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();

  public Published(Chance chance) {
    this.chance = chance;
  }

  public void open(Desk eventBridge, Desk sns) {
    eventBridge.open("PutEvents", PutEventsRequest::builder, this::putEvents);
    sns.open("Publish", PublishRequest::builder, this::publish);
  }

  /** All events that were put, in their order. */
  public List<Event> events() {
    return Collections.unmodifiableList(events);
  }

  /** All messages that were published, in their order. */
  public List<Message> messages() {
    return Collections.unmodifiableList(messages);
  }

  /** An entry that lacks something is refused by itself; the others are taken. */
  private PutEventsResponse putEvents(PutEventsRequest request) {
    if (request.entries().isEmpty() || request.entries().size() > ENTRIES_MOST) {
      throw new AwsFault("ValidationException", 400, "Between 1 and 10 entries are taken");
    }
    List<PutEventsResultEntry> results = request.entries().stream().map(this::put).toList();
    return PutEventsResponse.builder()
        .entries(results)
        .failedEntryCount(
            (int) results.stream().filter(result -> result.errorCode() != null).count())
        .build();
  }

  private PutEventsResultEntry put(PutEventsRequestEntry entry) {
    if (entry.source() == null || entry.detailType() == null || entry.detail() == null) {
      return PutEventsResultEntry.builder()
          .errorCode("InvalidArgument")
          .errorMessage("Parameter Source, DetailType and Detail must be given")
          .build();
    }
    if (!isObject(entry.detail())) {
      return PutEventsResultEntry.builder()
          .errorCode("MalformedDetail")
          .errorMessage("Detail is malformed.")
          .build();
    }
    String bus = Objects.requireNonNullElse(entry.eventBusName(), "default");
    events.add(new Event(bus, entry.source(), entry.detailType(), entry.detail()));
    return PutEventsResultEntry.builder().eventId(chance.uuid("event", events.size())).build();
  }

  private static boolean isObject(String detail) {
    try {
      return JSON.readTree(detail).isObject();
    } catch (JsonProcessingException malformed) {
      return false;
    }
  }

  private PublishResponse publish(PublishRequest request) {
    if (request.topicArn() == null || request.message() == null) {
      throw new AwsFault("InvalidParameter", 400, "TopicArn and Message are required");
    }
    messages.add(
        new Message(
            request.topicArn(),
            Objects.requireNonNullElse(request.subject(), ""),
            request.message()));
    return PublishResponse.builder().messageId(chance.uuid("message", messages.size())).build();
  }
}
