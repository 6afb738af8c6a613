package dev.ringfence.functions.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.functions.fakes.Calls;
import dev.ringfence.functions.fakes.MemoryStore;
import dev.ringfence.operation.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleasePublishedFunctionTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final String EVENT =
      """
      {"version": "0", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
       "detail-type": "Release Published", "source": "releases", "account": "111122223333",
       "time": "2026-11-01T11:59:58Z", "region": "eu-central-1", "resources": [],
       "detail": {"manifest": {
         "product": "sensor", "version": "7.16.1", "channel": "CAPABILITY",
         "document": {"name": "Sensor-Install", "version": "3", "sha256": "%1$s"},
         "parameters": {"mode": "quiet"}, "rebootExpected": true,
         "versionProbe": {
           "document": {"name": "Sensor-Probe", "version": "1", "sha256": "%1$s"}}}}}
      """
          .formatted(HASH);
  private static final String POLICY =
      """
      {"product": "sensor", "selector": {"ringfence:product": ["sensor"]},
       "signing": {"required": false}}
      """;

  private final MemoryStore store = new MemoryStore();
  private final List<String> started = new ArrayList<>();
  private final ReleasePublishedFunction function =
      new ReleasePublishedFunction(
          new ReleaseIntake(store, (kind, id) -> started.add(kind + " " + id), () -> NOW));

  @Test
  void release_startsOneRolloutHoweverOftenItsEventComes() {
    store.policies.put("sensor", POLICY);

    JsonNode first = Calls.call(function, EVENT);
    JsonNode second = Calls.call(function, EVENT);

    String id = first.path("id").textValue();
    assertEquals(Calls.json("{\"id\":\"" + id + "\",\"new\":true}"), first);
    assertEquals(Calls.json("{\"id\":\"" + id + "\",\"new\":false}"), second);
    assertEquals(Set.of(id), store.operations.keySet());
    assertEquals(Set.of("ROLLOUT " + id), Set.copyOf(started));
  }

  @Test
  void refusal_isJournalledAndFailsSoThatTheEventIsKept() {
    String why = "manifest.product is unknown: there is no policy for sensor";

    ReleaseRefused refused = assertThrows(ReleaseRefused.class, () -> Calls.call(function, EVENT));

    assertEquals(why, refused.getMessage());
    assertEquals(0, refused.getStackTrace().length);
    assertEquals(
        List.of(new JournalEntry(NOW, "intake", "refused a release", why)),
        store.journal("intake-sensor"));
  }

  @Test
  void refusalThatLambdaAsksForThrice_startsNothingAndSaysTheSame() {
    List<String> said = new ArrayList<>();
    for (int attempt = 0; attempt < 3; attempt++) {
      said.add(
          String.valueOf(
              assertThrows(ReleaseRefused.class, () -> Calls.call(function, EVENT)).getMessage()));
    }
    assertEquals(1, Set.copyOf(said).size());
    assertEquals(Set.of(), store.operations.keySet());
    assertEquals(List.of(), started);
    assertEquals(1, Set.copyOf(store.journal("intake-sensor")).size());
  }

  @Test
  void everyProblemOfAnEvent_isInTheMessageUpToALimit() {
    String noTime = EVENT.replace("\"time\"", "\"thyme\"").replace(HASH, "abc");
    String message =
        String.valueOf(
            assertThrows(ReleaseRefused.class, () -> Calls.call(function, noTime)).getMessage());
    assertTrue(message.contains("event.time"), message);
    assertTrue(message.contains("manifest.document.sha256"), message);

    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      many.append("\"unknown").append(i).append("\":1,");
    }
    String flood = EVENT.replace("\"product\"", many + "\"product\"");
    String cut =
        String.valueOf(
            assertThrows(ReleaseRefused.class, () -> Calls.call(function, flood)).getMessage());
    assertTrue(cut.length() <= 4000, "length " + cut.length());
  }
}
