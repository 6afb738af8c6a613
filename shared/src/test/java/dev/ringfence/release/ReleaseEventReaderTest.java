package dev.ringfence.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.release.json.JsonMutations;
import dev.ringfence.release.json.Problem;
import dev.ringfence.release.json.Reading;
import dev.ringfence.release.json.Readings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleaseEventReaderTest {
  private static final int MUTATIONS = 5_000;
  private static final String SIGNATURE = "A".repeat(86) + "==";

  @Test
  void anEvent_becomesAReleaseWithItsSignature() throws GeneralSecurityException {
    ObjectNode event = event();
    Manifest manifest = read(event).manifest();
    String signature = Manifests.sign(Manifests.ALICE_SECRET, manifest.canonical());
    detail(event).put("signature", signature).put("keyId", "alice");

    ReleaseEvent read = read(event);
    assertEquals(
        new ReleaseEvent(
            "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
            "falcon.publisher",
            "111122223333",
            "eu-central-1",
            Instant.parse("2026-11-01T12:00:00Z"),
            manifest,
            new DetachedSignature("alice", signature)),
        read);
    assertEquals(
        new SignatureVerdict.Verified("alice"),
        SignatureVerdict.of(read.manifest(), read.signature(), Map.of("alice", Manifests.ALICE)));
  }

  @Test
  void whatAwsAddsToTheEnvelope_isTolerated() {
    assertEquals(read(event()), read(event().put("replay-name", "again")));
  }

  @Test
  void whatOthersAddToTheDetail_isRefused() {
    ObjectNode event = event();
    detail(event).put("force", true);
    assertEquals(Set.of("force"), fields(event));
  }

  @Test
  void halfASignature_isNotUnsigned() {
    ObjectNode event = event();
    detail(event).put("signature", SIGNATURE);
    assertEquals(Set.of("keyId"), fields(event));
    detail(event).put("keyId", "alice").remove("signature");
    assertEquals(Set.of("signature"), fields(event));
  }

  @Test
  void anEmptySignature_isNotUnsigned() {
    ObjectNode event = event();
    detail(event).put("signature", "").put("keyId", "alice");
    assertEquals(Set.of("signature"), fields(event));
  }

  @Test
  void problemsOfEnvelopeAndManifest_areToldAtOnce() {
    ObjectNode event = event().put("detail-type", "Release published").put("account", "12");
    ((ObjectNode) detail(event).get("manifest").get("document")).put("sha256", "x");
    assertEquals(
        Set.of("event.detail-type", "event.account", "manifest.document.sha256"), fields(event));
  }

  @Test
  void anEventWithoutDetail_isRefused() {
    ObjectNode event = event();
    event.put("detail", Manifests.TEXT);
    assertEquals(Set.of("event.detail"), fields(event));
  }

  @Test
  void aKeyTwice_isRefused() {
    String twice = event().toString().replace("\"manifest\":", "\"manifest\":{},\"manifest\":");
    assertEquals(Set.of("event"), Readings.refused(ReleaseEventReader.read(twice)));
  }

  @Test
  void anEventBeyond256KB_isRefusedBeforeItIsParsed() {
    byte[] huge = new byte[ReleaseEventReader.MAX_EVENT_BYTES + 1];
    assertEquals(
        new Reading.Refused<ReleaseEvent>(
            List.of(new Problem("event", "must be at most 262144 bytes, not 262145"))),
        ReleaseEventReader.read(huge));
  }

  @Test
  void randomMutations_areAcceptedOrRefused_neverThrown() {
    long seed = 409;
    ObjectNode valid = event();
    detail(valid).put("signature", SIGNATURE).put("keyId", "alice");
    for (int i = 0; i < MUTATIONS; i++) {
      JsonMutations mutations = new JsonMutations(seed + i);
      String mutated =
          i % 2 == 0 ? mutations.ofTree(valid).toString() : mutations.ofText(valid.toString());
      try {
        ReleaseEventReader.read(mutated);
        ReleaseEventReader.read(mutated.getBytes(StandardCharsets.UTF_8));
      } catch (RuntimeException thrown) {
        throw new AssertionError("seed " + (seed + i) + ": " + mutated, thrown);
      }
    }
  }

  private static ObjectNode event() {
    ObjectNode event =
        Manifests.tree(
            """
            {"version":"0","id":"6a7e8feb-b491-4cf7-a9f1-bf3703467718",
             "detail-type":"Release Published","source":"falcon.publisher",
             "account":"111122223333","time":"2026-11-01T12:00:00Z","region":"eu-central-1",
             "resources":[],"detail":{}}
            """);
    detail(event).set("manifest", Manifests.valid());
    return event;
  }

  private static ObjectNode detail(ObjectNode event) {
    return (ObjectNode) event.get("detail");
  }

  private static Set<String> fields(ObjectNode event) {
    return Readings.refused(ReleaseEventReader.read(event.toString()));
  }

  private static ReleaseEvent read(ObjectNode event) {
    return Readings.accepted(ReleaseEventReader.read(event.toString()));
  }
}
