package dev.ringfence.functions.console;

import static dev.ringfence.functions.console.Rollouts.NOW;
import static dev.ringfence.functions.console.Rollouts.phase;
import static dev.ringfence.functions.console.Rollouts.queued;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.control.RolloutDesk;
import dev.ringfence.functions.fakes.BlindWorld;
import dev.ringfence.functions.fakes.Calls;
import dev.ringfence.functions.fakes.MemoryStore;
import dev.ringfence.operation.JournalEntry;
import dev.ringfence.operation.Lane;
import dev.ringfence.operation.Operation;
import dev.ringfence.release.Channel;
import dev.ringfence.rollout.RolloutPhase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutConsoleFunctionTest {
  private static final String ID = "falcon-7-1";
  private static final String REQUEST = "00000000-0000-4000-8000-000000000001";

  private final MemoryStore store = new MemoryStore();
  private final RolloutConsoleFunction function =
      new RolloutConsoleFunction(
          new RolloutDesk(store, Rollouts.engine(store), new BlindWorld(() -> NOW), () -> NOW));

  @BeforeEach
  void twoRollouts() {
    Rollouts.store(store, queued("falcon", "7.1"), queued("edge", "2.0"));
  }

  private JsonNode ask(String input) {
    JsonNode answer = Calls.call(function, input);
    assertEquals("answer", answer.fieldNames().next(), "the sentence comes first");
    return answer;
  }

  private String sentence(String input) {
    return ask(input).path("answer").asText();
  }

  /** Asks, and then confirms as the answer says. */
  private JsonNode confirmed(String input) {
    JsonNode shown = ask(input);
    assertTrue(shown.path("toConfirm").isObject(), shown.toPrettyString());
    return ask(shown.path("toConfirm").toString());
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "nonsense | input",
        "[] | input",
        "7 | input",
        "\"halt\" | input",
        "{\"action\":\"stop\"} | action",
        "{\"action\":7} | action",
        "{\"id\":\"falcon-7-1\"} | action",
        "{\"key1\":\"value1\",\"key2\":\"value2\"} | key1",
        "{\"action\":\"halt\",\"force\":true} | force",
        "{\"action\":\"halt\",\"id\":7} | id",
        "{\"action\":\"halt\",\"id\":\"\"} | id",
        "{\"action\":\"halt\",\"id\":\"no such\"} | id",
        "{\"action\":\"halt\",\"id\":\"nobody\"} | id",
        "{\"action\":\"halt\",\"id\":[\"falcon-7-1\"]} | id",
        "{\"action\":\"halt\",\"id\":\"arn:aws:states:eu-central-1:999999999999:execution:x:y\"} |"
            + " id",
        "{\"action\":\"halt\"} | id",
        "{\"action\":\"halt\",\"id\":\"falcon-7-1\",\"product\":\"falcon\"} | product",
        "{\"action\":\"halt\",\"product\":\"a b\"} | product",
        "{\"action\":\"status\",\"product\":\"falcon\",\"channel\":\"content\"} | channel",
        "{\"action\":\"status\",\"product\":\"falcon\",\"version\":\"-\"} | version",
        "{\"action\":\"status\",\"zone\":\"Mars/Olympus\"} | zone",
        "{\"action\":\"halt\",\"id\":\"falcon-7-1\",\"by\":\"a\\nb\"} | by",
        "{\"action\":\"halt\",\"id\":\"falcon-7-1\",\"reason\":\"\"} | reason",
        "{\"action\":\"abort\",\"id\":\"falcon-7-1\"} | reason",
        "{\"action\":\"resume\",\"id\":\"falcon-7-1\"} | reason",
        "{\"action\":\"approve\",\"id\":\"falcon-7-1\"} | reason",
        "{\"action\":\"skip-ring\",\"id\":\"falcon-7-1\"} | reason",
        "{\"action\":\"halt\",\"id\":\"falcon-7-1\",\"paths\":[\"A\"]} | paths",
        "{\"action\":\"abort\",\"id\":\"falcon-7-1\",\"reason\":\"x\",\"olderPoints\":true} |"
            + " olderPoints",
        "{\"action\":\"approve\",\"id\":\"falcon-7-1\",\"reason\":\"x\",\"paths\":[\"B\"]} | paths",
        "{\"action\":\"approve\",\"id\":\"falcon-7-1\",\"reason\":\"x\",\"paths\":[]} | paths",
        "{\"action\":\"approve\",\"id\":\"falcon-7-1\",\"reason\":\"x\",\"paths\":[\"C\"]} |"
            + " paths[0]",
        "{\"action\":\"approve\",\"id\":\"falcon-7-1\",\"reason\":\"x\",\"paths\":\"A\"} | paths",
        "{\"action\":\"approve\",\"id\":\"falcon-7-1\",\"reason\":\"x\",\"olderPoints\":\"no\"} |"
            + " olderPoints",
        "{\"action\":\"abort\",\"reason\":\"x\"} | id",
        "{\"action\":\"abort\",\"id\":\"falcon-7-1\",\"reason\":\"x\",\"confirm\":\"yes\"} |"
            + " confirm",
        "{\"action\":\"lift-quarantine\",\"reason\":\"x\"} | product",
        "{\"action\":\"lift-quarantine\",\"product\":\"falcon\",\"reason\":\"x\"} | version",
        "{\"action\":\"plan\"} | id",
        "{\"action\":\"plan\",\"product\":\"nothing\"} | product",
        "{\"action\":\"plan\",\"id\":\"nobody\"} | id",
        "{\"action\":\"status\",\"id\":\"nobody\"} | id"
      })
  void wrongInput_namesTheFieldAndChangesNothing(String input, String field) {
    Map<String, Operation<?, ?>> before = new HashMap<>(store.operations);
    JsonNode answer = ask(input);
    assertTrue(answer.path("answer").asText().startsWith("Nothing was changed"), input);
    assertEquals(field, answer.at("/problems/0/field").asText(), answer.toPrettyString());
    assertTrue(answer.path("usage").path("examples").size() > 3);
    assertEquals(before, store.operations);
    assertEquals(Map.of(), store.requests);
    assertTrue(store.journals.values().stream().allMatch(List::isEmpty));
  }

  @Test
  void nothingAtAll_answersWithUsageThatCanBePasted() {
    for (String input : List.of("{}", "", "null", "\"\"")) {
      JsonNode answer = ask(input);
      assertTrue(answer.path("answer").asText().contains("paste one of the examples"), input);
      for (JsonNode example : answer.at("/usage/examples")) {
        JsonNode reply = ask(example.toString());
        for (JsonNode problem : reply.path("problems")) {
          assertTrue(
              List.of("id", "product").contains(problem.path("field").asText()),
              "only what the example is about may be missing here: " + reply.toPrettyString());
        }
      }
    }
  }

  @Test
  void statusWithoutId_listsWhatIsUnderWay() {
    JsonNode answer = ask("{\"action\":\"status\"}");
    assertTrue(
        answer.path("answer").asText().startsWith("2 rollouts are under way: "), answer.toString());
    assertEquals(2, answer.path("underWay").size());
    assertEquals("2026-11-03 03:00:00 UTC, 10 min ago", answer.at("/underWay/0/since").asText());
  }

  @Test
  void status_tellsTimesInTheZoneThatIsAskedFor() {
    JsonNode answer =
        ask("{\"action\":\"status\",\"id\":\"" + ID + "\",\"zone\":\"Europe/Berlin\"}");
    assertEquals("2026-11-03 04:00:00 CET, 10 min ago", answer.path("since").asText());
    assertEquals(
        "falcon 7.1 is QUEUED: it waits for its first beat.", answer.path("answer").asText());
  }

  @Test
  void statusOfAProduct_isThatOfItsOneRollout() {
    assertEquals(ID, ask("{\"action\":\"status\",\"product\":\"falcon\"}").path("id").asText());
  }

  @Test
  void halt_haltsAtOnceAndSaysWhoAndWhy() {
    String halt = "{\"action\":\"halt\",\"id\":\"" + ID + "\",\"by\":\"anna\",\"reason\":\"slow\"}";
    JsonNode answer = ask(halt);
    assertTrue(answer.path("answer").asText().startsWith("falcon 7.1 is halted: "));
    assertEquals("HALTING", answer.path("phase").asText());
    assertEquals("HALTING", phase(store, ID));
    assertEquals("QUEUED", phase(store, "edge-2-0"));
    JournalEntry asked =
        new JournalEntry(NOW, "anna (request " + REQUEST + ")", "asked for a halt", "slow");
    assertTrue(store.journal(ID).contains(asked), store.journal(ID).toString());
    assertEquals(
        "anna (request " + REQUEST + "): slow",
        store.lane(new Lane.Id("falcon", Channel.CONTENT)).quarantined().get("7.1"));
  }

  @Test
  void haltPressedTwice_changesNothingMore() {
    String halt = "{\"action\":\"halt\",\"id\":\"" + ID + "\"}";
    ask(halt);
    List<JournalEntry> journal = List.copyOf(store.journal(ID));
    assertEquals("falcon 7.1 was not halted by this: it is being halted already.", sentence(halt));
    assertEquals(journal, store.journal(ID));
  }

  @Test
  void haltOfAProduct_haltsAllOfItAndNothingElse() {
    Rollouts.store(store, queued("falcon", "7.2"));
    String told = sentence("{\"action\":\"halt\",\"product\":\"falcon\"}");
    assertTrue(told.startsWith("2 of 2 rollouts of falcon are halted by this"), told);
    assertEquals("HALTING", phase(store, ID));
    assertEquals("HALTING", phase(store, "falcon-7-2"));
    assertEquals("QUEUED", phase(store, "edge-2-0"));
    assertEquals(
        "Nothing was halted: no rollout of nobody is under way.",
        sentence("{\"action\":\"halt\",\"product\":\"nobody\"}"));
  }

  @Test
  void haltOfTheOnlyOne_needsNoName() {
    store.operations.remove("edge-2-0");
    ask("{\"action\":\"halt\"}");
    assertEquals("HALTING", phase(store, ID));
  }

  @Test
  void abort_isShownFirstAndDoneWhenConfirmed() {
    String abort = "{\"action\":\"abort\",\"id\":\"" + ID + "\",\"reason\":\"wrong fleet\"}";
    JsonNode shown = ask(abort);
    assertEquals(shown, ask(abort), "pressing Test twice shows the same");
    assertEquals("QUEUED", phase(store, ID));
    JsonNode done = confirmed(abort);
    assertEquals("abort of falcon-7-1 is done; it is HALTING now.", done.path("answer").asText());
    assertEquals(Map.of(), store.lane(new Lane.Id("falcon", Channel.CONTENT)).quarantined());
    assertTrue(sentence(shown.path("toConfirm").toString()).startsWith("Nothing was changed"));
  }

  @Test
  void changedWorld_invalidatesWhatWasShown() {
    String abort = "{\"action\":\"abort\",\"id\":\"" + ID + "\",\"reason\":\"wrong fleet\"}";
    JsonNode shown = ask(abort);
    store.operations.remove(ID);
    Rollouts.store(store, Rollouts.moved(queued("falcon", "7.1"), new RolloutPhase.Planning(NOW)));
    JsonNode again = ask(shown.path("toConfirm").toString());
    assertTrue(
        again.path("answer").asText().startsWith("Nothing was changed, because the world has"),
        again.toString());
    assertFalse(again.path("confirm").equals(shown.path("confirm")));
    assertEquals("PLANNING", phase(store, ID));
  }

  @Test
  void whatAPhaseDoesNotTake_isRefusedWithItsReason() {
    assertEquals(
        "Nothing was changed: resume is not possible, because it has not begun, and nothing but"
            + " its turn is missing.",
        sentence("{\"action\":\"resume\",\"id\":\"" + ID + "\",\"reason\":\"x\"}"));
    assertEquals(Map.of(), store.requests);
  }

  @Test
  void liftedQuarantine_isOnRecord() {
    ask("{\"action\":\"halt\",\"id\":\"" + ID + "\",\"reason\":\"slow\"}");
    ObjectNode lift = (ObjectNode) Calls.json("{\"action\":\"lift-quarantine\",\"by\":\"anna\"}");
    lift.put("product", "falcon").put("version", "7.1").put("reason", "cleared, ticket 4711");
    ask(lift.toString());
    assertEquals(1, store.lane(new Lane.Id("falcon", Channel.CONTENT)).quarantined().size());
    confirmed(lift.toString());
    assertEquals(Map.of(), store.lane(new Lane.Id("falcon", Channel.CONTENT)).quarantined());
    JournalEntry line = store.journal("lane-falcon-CONTENT").getFirst();
    assertEquals("anna (request " + REQUEST + ")", line.by());
    assertEquals("lifts the quarantine of 7.1", line.what());
    assertTrue(line.evidence().startsWith("cleared, ticket 4711; it was quarantined because: "));
    assertTrue(sentence(lift.toString()).contains("is not quarantined"));
  }
}
