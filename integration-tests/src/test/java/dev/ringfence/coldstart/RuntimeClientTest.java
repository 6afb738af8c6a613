package dev.ringfence.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringfence.contract.CellFunction;
import dev.ringfence.rollout.RolloutCourse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stack deploys is started and called by Lambda's own runtime client. */
class RuntimeClientTest {
  private static final InstantSource TIME = InstantSource.system();
  private static final JsonMapper JSON = new JsonMapper();

  /** Nobody beats, so no machine is ever looked at. */
  private static final int MACHINES = 2;

  @TempDir private static Path folder;

  private static LoopbackCell cell;

  @BeforeAll
  static void open() throws IOException {
    cell = LoopbackCell.open(MACHINES, TIME.instant());
  }

  @AfterAll
  static void close() {
    cell.close();
  }

  private static Instance start(Instance.Start start) throws IOException {
    Instance.Code code =
        new Instance.Code(
            folder,
            CellFunction.RELEASE_PUBLISHED.className() + "::handleRequest",
            System.getProperty("java.class.path"),
            cell.environment(),
            List.of());
    return Instance.start(code, start, TIME);
  }

  @Test
  void publishedRelease_becomesARollout_andARefusedOneAnErrorThatNamesTheField()
      throws IOException {
    String event = cell.newRelease("falcon-code");
    try (Instance instance = start(Instance.Start.ON_DEMAND)) {
      instance.await(RuntimeApi.Kind.READY);
      JsonNode first = JSON.readTree(instance.call(event).body());
      JsonNode again = JSON.readTree(instance.call(event).body());
      assertTrue(first.path("new").booleanValue(), first.toString());
      assertEquals(
          JSON.createObjectNode().put("id", first.path("id").textValue()).put("new", false), again);
      String id = first.path("id").textValue();
      assertEquals(
          "falcon-code",
          cell.alone(() -> cell.lab().look().load(RolloutCourse.FORM, id).orElseThrow())
              .head()
              .release()
              .product());

      instance.api().invoke("{\"detail\": 7}");
      JsonNode refused = JSON.readTree(instance.await(RuntimeApi.Kind.FAILED).body());
      assertEquals(
          "dev.ringfence.functions.intake.ReleaseRefused",
          refused.path("errorType").textValue(),
          refused.toString());
      assertTrue(refused.path("errorMessage").asText().contains("detail"), refused.toString());
    }
  }

  @Test
  void instanceOfASnapshot_waitsForItsRestore_andThenAnswers() throws IOException {
    try (Instance instance = start(Instance.Start.SNAP_START)) {
      instance.await(RuntimeApi.Kind.AT_CHECKPOINT);
      instance.api().restore();
      instance.await(RuntimeApi.Kind.READY);
      JsonNode answer = JSON.readTree(instance.call(cell.newRelease("falcon-snap")).body());
      assertTrue(answer.path("new").booleanValue(), answer.toString());
    }
  }
}
