package dev.ringfence.functions.widget;

import static dev.ringfence.functions.console.Rollouts.NOW;
import static dev.ringfence.functions.console.Rollouts.moved;
import static dev.ringfence.functions.console.Rollouts.phase;
import static dev.ringfence.functions.console.Rollouts.queued;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.control.RestoreDesk;
import dev.ringfence.control.RolloutDesk;
import dev.ringfence.functions.console.Rollouts;
import dev.ringfence.functions.fakes.BlindWorld;
import dev.ringfence.functions.fakes.Calls;
import dev.ringfence.functions.fakes.MemoryStore;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.DrillResult;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.rollout.RolloutPhase;
import dev.ringfence.widget.Widget;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WidgetFunctionTest {
  private static final String ID = "falcon-7-1";
  private static final String LOOK =
      "{\"widgetContext\":{\"dashboardName\":\"ops\",\"widgetId\":\"widget-1\",\"theme\":\"light\","
          + "\"timezone\":{\"label\":\"UTC\",\"offsetISO\":\"+00:00\",\"offsetInMinutes\":0},"
          + "\"forms\":{\"all\":{}},\"params\":{},\"width\":588,\"height\":369}}";

  /** Every markup that the widget may print: known elements, and attributes in double quotes. */
  private static final Pattern MARKUP =
      Pattern.compile(
          "</?(div|section|h2|h3|h4|p|span|strong|ul|ol|li|details|summary|button|cwdb-action|svg"
              + "|polyline|figure|figcaption|form|label|input|style)"
              + "( (class|role|lang|open|type|name|style|points|fill|stroke|action|display|endpoint"
              + "|confirmation|autocomplete|viewBox|preserveAspectRatio|stroke-width"
              + "|stroke-dasharray|vector-effect|aria-label|aria-hidden)=\"[^\"<>]*\")*>");

  private final MemoryStore store = new MemoryStore();
  private final RolloutDesk rollouts =
      new RolloutDesk(store, Rollouts.engine(store), new BlindWorld(() -> NOW), () -> NOW);
  private final RestoreDesk restores =
      new RestoreDesk(store, Rollouts.engine(store), new BlindWorld(() -> NOW), () -> NOW);
  private final WidgetFunction function =
      new WidgetFunction(new Widget(rollouts, restores, store, () -> NOW));

  private String call(String event) {
    JsonNode answer = Calls.call(function, event);
    assertTrue(answer.isTextual(), "CloudWatch takes HTML as a JSON string");
    return answer.asText();
  }

  private static void assertOnlyOurMarkup(String page) {
    Matcher markup = MARKUP.matcher(page);
    for (int at = page.indexOf('<'); at >= 0; at = page.indexOf('<', at + 1)) {
      markup.region(at, page.length());
      assertTrue(markup.lookingAt(), page.substring(at, Math.min(page.length(), at + 120)));
    }
  }

  @Test
  void emptyCell_saysSo() {
    String page = call(LOOK);
    assertTrue(page.contains("No rollout is under way"), page);
    assertTrue(page.contains("No drill ran"), page);
    assertFalse(page.contains("Halt"), "there is nothing to halt");
    assertOnlyOurMarkup(page);
  }

  @Test
  void describe_answersWithMarkdown() {
    String documentation = call("{\"describe\":true}");
    assertTrue(documentation.startsWith("## Ringfence"), documentation);
    assertFalse(documentation.contains("<"), "no HTML");
  }

  @Test
  void haltButton_haltsByTheSameDeskAsTheConsole() {
    Rollouts.store(store, queued("falcon", "7.1"));
    String page = call(LOOK);
    String payload = payload(page, "Halt");
    assertEquals("{\"rollout\":{\"action\":\"halt\",\"id\":\"falcon-7-1\"}}", payload);
    assertTrue(page.contains("confirmation=\"Halt falcon 7.1 for good?"), page);
    assertTrue(
        page.contains("endpoint=\"arn:aws:lambda:eu-central-1:000000000000:function:function\""));

    String halted =
        call(
            payload.substring(0, payload.length() - 1)
                + ",\"widgetContext\":{\"theme\":\"dark\",\"forms\":{\"all\":"
                + "{\"reason\":\" checkout is slow \",\"by\":\"anna\"}}}}");
    assertEquals("HALTING", phase(store, ID));
    assertTrue(halted.contains("falcon 7.1 is halted"), halted);
    assertOnlyOurMarkup(halted);
    JournalEntry asked = store.journal(ID).getLast();
    assertEquals("checkout is slow", asked.evidence());
    assertEquals("anna (request 00000000-0000-4000-8000-000000000001)", asked.by());
  }

  @Test
  void abort_isToldFirst_andDoneByItsConfirmation() {
    Rollouts.store(store, queued("falcon", "7.1"));
    String shown = call(payload(call(LOOK), "Abort without blame …"));
    assertEquals("QUEUED", phase(store, ID));
    assertTrue(shown.contains("Confirm it below"), shown);
    assertFalse(shown.contains("press Test"), "there is no Test tab on a dashboard");
    call(payload(shown, "Confirm abort"));
    assertEquals("HALTING", phase(store, ID));
  }

  /**
   * A dashboard that holds a wish would make it at every refresh, with nobody pressing anything.
   */
  @Test
  void wishInTheDashboardItself_isNotCarriedOut() {
    Rollouts.store(store, queued("falcon", "7.1"));
    String wish = "\"rollout\":{\"action\":\"halt\",\"id\":\"falcon-7-1\"}";
    String page = call("{" + wish + ",\"widgetContext\":{\"params\":{" + wish + "}}}");
    assertEquals("QUEUED", phase(store, ID));
    assertTrue(page.contains("Nothing was changed: this wish stands in the dashboard"), page);
  }

  @Test
  void whatSomebodyWrote_isNeverMarkup() {
    String evil =
        "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;\u202Egnp.exe\u0007`";
    RolloutPhase asks = new RolloutPhase.NeedsPerson(evil, NOW);
    Rollouts.store(store, moved(queued(evil, evil), asks), moved(queued("edge", "2.0"), asks));
    store.note("edge-2-0", new JournalEntry(NOW, evil, evil, evil));
    DrillResult.Verdict failed = new DrillResult.Verdict.Failed(DrillFailure.DID_NOT_BOOT, evil);
    store.prove(new DrillResult(evil, evil, evil, NOW, failed));
    for (String event :
        List.of(
            LOOK,
            "{\"show\":\"edge-2-0\"}",
            "{\"show\":" + json(evil) + "}",
            "{\"rollout\":{\"action\":" + json(evil) + "}}",
            "{\"restore\":{\"action\":\"plan\",\"rollout\":" + json(evil) + "}}",
            "{\"rollout\":{" + json(evil) + ":1}}")) {
      String page = call(event);
      assertOnlyOurMarkup(page);
      assertFalse(page.contains("\u202E"), "the direction of writing is not turned");
    }
    String page = call(LOOK);
    assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), page);
    assertTrue(page.contains("[U+202E]gnp.exe[U+0007]"), "who looks sees that something is hidden");
  }

  @Test
  void inputThatIsNoEvent_changesNothing() {
    for (String event :
        List.of("[]", "7", "null", "\"halt\"", "{\"rollout\":7}", "{\"show\":[1]}")) {
      assertOnlyOurMarkup(call(event));
    }
  }

  @Test
  void darkTheme_andZoneOfTheDashboard_areTaken() {
    String light = call(LOOK);
    String dark =
        call(
            "{\"widgetContext\":{\"theme\":\"dark\",\"timezone\":{\"offsetInMinutes\":120},"
                + "\"params\":{\"show\":\"x\"}}}");
    assertTrue(light.contains("--rf-ground:#ffffff"), light);
    assertTrue(dark.contains("--rf-ground:#10151c"), dark);
    assertTrue(dark.contains("2026-11-03 05:10:00 +02:00"), dark);
  }

  @Test
  void passedDrill_isShownWithItsRecoveryTime() {
    DrillResult.Verdict passed =
        new DrillResult.Verdict.Passed(Duration.ofMinutes(6), Duration.ofHours(3));
    store.prove(new DrillResult("drill-1", "i-1", "Ubuntu / m5 / uefi", NOW, passed));
    String page = call(LOOK);
    assertTrue(page.contains("Ubuntu / m5 / uefi"), page);
    assertTrue(page.contains("restored in 6 min"), page);
  }

  private static String json(String text) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }

  /** What a press on the button of this label sends. */
  private static String payload(String page, String label) {
    Matcher button =
        Pattern.compile(Pattern.quote(">" + label + "</button><cwdb-action ") + "[^>]*>([^<]*)<")
            .matcher(page);
    assertTrue(button.find(), label + " in " + page);
    return button.group(1);
  }
}
