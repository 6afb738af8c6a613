package dev.ringfence.lab.story;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringfence.contract.CellEvents;
import dev.ringfence.lab.cloud.messages.Published;
import dev.ringfence.lab.plane.DeployedPlane;
import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the cell's bus hears of a story, by way of the table's stream. */
class NewsTest {
  private static final int MACHINES = 40;
  private static final long SEED = 7;

  /** Throttles the first calls of PutEvents, more often than the SDK tries one by itself. */
  private static final class Throttled implements WireTap {
    private int left = 10;

    @Override
    public void before(WireCall call) {
      if (call.operation().equals("PutEvents") && left > 0) {
        left--;
        throw new AwsFault("ThrottlingException", 400, "Rate exceeded");
      }
    }
  }

  @Test
  void newsThatIsThrottledAtFirst_isToldOnceAndInOrder() throws IOException {
    StoryInput input = new StoryInput(Scenario.BLUE_SCREEN, MACHINES, SEED, null, null);
    try (Story story = Story.open(input, new Silence())) {
      story.lab().wire().tap(new Throttled());

      Report report = story.tell();

      String good = report.releases().getFirst().rollout();
      String bad = report.releases().getLast().rollout();
      assertEquals(
          List.of(
              new Told("Rollout Succeeded", good, "has reached every ring"),
              new Told("Rollout Halted", bad, "HALTED"),
              new Told("Restore Started", bad + "-r1", "are being restored"),
              new Told("Restore Ended", bad + "-r1", "0 restored, 1 need a person"),
              new Told("Person Needed", bad + "-r1", "could not be restored")),
          story.lab().cloud().published().events().stream().map(NewsTest::told).toList());
    }
  }

  /**
   * An event as far as it is compared.
   *
   * @param says the first of the phrases looked for that its message holds
   */
  private record Told(String type, String operation, String says) {}

  private static final List<String> PHRASES =
      List.of(
          "has reached every ring",
          "HALTED",
          "are being restored",
          "0 restored, 1 need a person",
          "could not be restored");

  private static Told told(Published.Event event) {
    assertEquals(DeployedPlane.BUS, event.bus());
    assertEquals(CellEvents.SOURCE, event.source());
    JsonNode detail = json(event.detail());
    String message = detail.path(CellEvents.MESSAGE).asText();
    return new Told(
        event.detailType(),
        detail.path("operation").asText(),
        PHRASES.stream().filter(message::contains).findFirst().orElse(message));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
