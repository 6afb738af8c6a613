package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringfence.contract.CellEvents;
import dev.ringfence.notice.Notice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

class HeraldTest {
  private static final Notice NOTICE =
      new Notice(
          CellEvents.RESTORE_ENDED,
          "falcon-1-r1",
          "falcon",
          "7.16.1",
          "It has ended.",
          Map.of("restored", "5", "needPerson", "0"));

  private final Script script = new Script();
  private final EventBridgeHerald herald =
      new EventBridgeHerald(
          new EventBridgeClient() {
            @Override
            public PutEventsResponse putEvents(PutEventsRequest request) {
              return script.answer(request, PutEventsResponse.class);
            }

            @Override
            public String serviceName() {
              return SERVICE_NAME;
            }

            @Override
            public void close() {}
          },
          "ringfence-bus");

  @Test
  void news_isOneEventOnTheCellsBus() {
    script.on(
        PutEventsRequest.class, asked -> PutEventsResponse.builder().failedEntryCount(0).build());
    herald.tell(NOTICE);
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .eventBusName("ringfence-bus")
            .source("ringfence")
            .detailType("Restore Ended")
            .detail(
                "{\"operation\":\"falcon-1-r1\",\"product\":\"falcon\",\"version\":\"7.16.1\","
                    + "\"message\":\"It has ended.\",\"needPerson\":\"0\",\"restored\":\"5\"}")
            .build();
    assertEquals(
        List.of(PutEventsRequest.builder().entries(entry).build()),
        script.all(PutEventsRequest.class));
  }

  @Test
  void anAnswerThatTookNothing_isAFailure() {
    script.on(
        PutEventsRequest.class,
        asked ->
            PutEventsResponse.builder()
                .failedEntryCount(1)
                .entries(PutEventsResultEntry.builder().errorCode("InternalFailure").build())
                .build());
    assertThrows(IllegalStateException.class, () -> herald.tell(NOTICE));
  }
}
