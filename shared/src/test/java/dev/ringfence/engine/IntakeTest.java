package dev.ringfence.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Lane;
import dev.ringfence.release.Channel;
import dev.ringfence.rollout.Given;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Releases as they come in: twice, late, out of order, malformed. */
class IntakeTest {
  private static final Lane.Id LANE = new Lane.Id("falcon", Channel.CONTENT);
  private static final String SHA = "0123456789abcdef".repeat(4);

  private final TestingTime time = new TestingTime(Given.START);
  private final TestingStore store = new TestingStore();
  private final TestingClocks clocks = new TestingClocks(time);
  private final ReleaseIntake intake = new ReleaseIntake(store, clocks, time);

  private void policy(boolean signed) {
    store.putPolicy(
        "falcon",
        """
        {"product":"falcon","selector":{"ringfence:product":["falcon"]},
         "signing":{"required":%s,"keys":{}}}
        """
            .formatted(signed));
  }

  private static byte[] event(String version, String mode) {
    return """
    {"version":"0","id":"6a7e8feb-b491-4cf7-a9f1-bf3703467718","source":"ringfence.releases",
     "detail-type":"Release Published","account":"123456789012","region":"eu-central-1",
     "time":"2026-11-03T12:00:00Z","resources":[],
     "detail":{"manifest":{"product":"falcon","version":"%1$s","channel":"CONTENT",
      "document":{"name":"Falcon-Install","version":"3","sha256":"%2$s"},
      "parameters":{"mode":"%3$s"},"rebootExpected":false,
      "versionProbe":{"document":{"name":"Falcon-Probe","version":"1","sha256":"%2$s"}}}}}
    """
        .formatted(version, SHA, mode)
        .getBytes(StandardCharsets.UTF_8);
  }

  private List<String> fields(ReleaseIntake.Answer answer) {
    return switch (answer) {
      case ReleaseIntake.Answer.Started s -> throw new AssertionError("started " + s.id());
      case ReleaseIntake.Answer.Refused r -> r.problems().stream().map(p -> p.toString()).toList();
    };
  }

  private void assertRefused(byte[] event, String field, String journal) {
    int before = store.operations.size();
    List<String> problems = fields(intake.take(event));
    assertTrue(problems.stream().anyMatch(p -> p.contains(field)), field + " in " + problems);
    assertEquals(before, store.operations.size());
    assertEquals(before, clocks.clocks.size());
    assertTrue(
        store.journal(journal).getLast().evidence().contains(field), store.journals.toString());
    assertEquals("refused a release", store.journal(journal).getLast().what());
  }

  @Test
  void sameEventTenTimes_startsOneRollOut() {
    policy(false);
    for (int i = 0; i < 10; i++) {
      ReleaseIntake.Answer answer = intake.take(event("7.16.1", "quiet"));
      String id = store.operations.keySet().iterator().next();
      assertEquals(new ReleaseIntake.Answer.Started(id, i == 0), answer);
    }
    assertEquals(1, store.operations.size());
    assertEquals(1, clocks.clocks.size());
    assertEquals("7.16.1", store.lane(LANE).newest());
    assertEquals(1, store.journals.values().stream().mapToInt(List::size).sum());
  }

  @Test
  void deathAtEveryBoundary_isMadeGoodByTheSameEvent() {
    for (int at = 0; ; at++) {
      TestingTime later = new TestingTime(Given.START);
      TestingStore half = new TestingStore();
      TestingClocks ticking = new TestingClocks(later);
      half.putPolicy(
          "falcon",
          """
          {"product":"falcon","selector":{"ringfence:product":["falcon"]},
           "signing":{"required":false,"keys":{}}}
          """);
      ReleaseIntake mortal = new ReleaseIntake(half, ticking, later);
      half.boundaries(Boundaries.killAt(at));
      ticking.boundaries(Boundaries.unharmed());
      boolean killed = false;
      try {
        mortal.take(event("7.16.1", "quiet"));
      } catch (Killed death) {
        killed = true;
      }
      half.boundaries(Boundaries.unharmed());
      String newest = half.lane(LANE).newest();
      assertTrue(
          newest == null || !half.operations.isEmpty(),
          "announced " + newest + " and died before it was stored, at " + at);
      mortal.take(event("7.16.1", "quiet"));
      assertEquals(1, half.operations.size());
      assertEquals(1, ticking.clocks.size());
      assertEquals("7.16.1", half.lane(LANE).newest());
      if (!killed) {
        return;
      }
    }
  }

  @Test
  void malformedEvent_isRefused() {
    policy(false);
    assertRefused("{".getBytes(StandardCharsets.UTF_8), "", ReleaseIntake.UNKNOWN);
    assertRefused(
        new String(event("7.16.1", "quiet"), StandardCharsets.UTF_8)
            .replace("\"rebootExpected\":false", "\"rebootExpected\":\"no\"")
            .getBytes(StandardCharsets.UTF_8),
        "rebootExpected",
        ReleaseIntake.UNKNOWN);
  }

  @Test
  void unknownProduct_isRefused() {
    assertRefused(event("7.16.1", "quiet"), "manifest.product", "intake-falcon");
  }

  @Test
  void brokenPolicy_isRefusedWithItsField() {
    store.putPolicy("falcon", "{\"product\":\"falcon\",\"selector\":7}");
    assertRefused(event("7.16.1", "quiet"), "selector", "intake-falcon");
  }

  @Test
  void unsignedRelease_isRefused() {
    store.putPolicy("falcon", "{\"product\":\"falcon\",\"selector\":{\"a\":[\"b\"]}}");
    assertRefused(event("7.16.1", "quiet"), "signature", "intake-falcon");
  }

  @Test
  void olderReleaseThanTheInstalledOne_isRefused() {
    policy(false);
    store.lanes.put(LANE, new Lane(LANE, null, "7.17", "7.17", Map.of()));
    assertRefused(event("7.16.1", "quiet"), "manifest.version", "intake-falcon");
    assertRefused(event("7.17", "quiet"), "manifest.version", "intake-falcon");
    assertRefused(event("7.17.0", "quiet"), "manifest.version", "intake-falcon");
  }

  @Test
  void quarantinedRelease_isRefused() {
    policy(false);
    store.lanes.put(LANE, new Lane(LANE, null, null, null, Map.of("7.16.1", "harm")));
    assertRefused(event("7.16.1", "quiet"), "manifest.version", "intake-falcon");
  }

  @Test
  void otherBitsUnderTheSameVersion_areRefused() {
    policy(false);
    intake.take(event("7.16.1", "quiet"));
    assertRefused(event("7.16.1", "loud"), "manifest", "intake-falcon");
  }

  @Test
  void releaseThatIsOver_isNotStartedAgain() {
    Story story = new Story(Given.content().machines(1));
    story.world.oldPoints = true;
    story.begun().toTheEnd();
    int starts = story.clocks.starts;
    story.store.putPolicy("falcon", "{\"product\":\"falcon\",\"selector\":{\"a\":[\"b\"]}}");
    new ReleaseIntake(story.store, story.clocks, story.time).take(event("7.16.1", "quiet"));
    assertEquals(starts, story.clocks.starts);
  }
}
