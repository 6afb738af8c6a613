package dev.ringfence.functions.console;

import static dev.ringfence.functions.console.Rollouts.NOW;
import static dev.ringfence.functions.console.Rollouts.queued;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.control.RestoreDesk;
import dev.ringfence.functions.fakes.BlindWorld;
import dev.ringfence.functions.fakes.Calls;
import dev.ringfence.functions.fakes.MemoryStore;
import dev.ringfence.operation.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreConsoleFunctionTest {
  private final MemoryStore store = new MemoryStore();
  private final RestoreConsoleFunction function =
      new RestoreConsoleFunction(
          new RestoreDesk(store, Rollouts.engine(store), new BlindWorld(() -> NOW), () -> NOW));

  @BeforeEach
  void oneRollout() {
    Rollouts.store(store, queued("falcon", "7.1"));
  }

  private JsonNode ask(String input) {
    JsonNode answer = Calls.call(function, input.replace('\'', '"'));
    assertEquals("answer", answer.fieldNames().next(), "the sentence comes first");
    return answer;
  }

  @ParameterizedTest(name = "{0} names {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "nonsense | input",
        "[] | input",
        "7 | input",
        "{'action':'mend'} | action",
        "{'action':7} | action",
        "{'rollout':'falcon-7-1'} | action",
        "{'action':'plan','force':true} | force",
        "{'action':'plan'} | machines",
        "{'action':'plan','machines':[]} | machines",
        "{'action':'plan','machines':'i-0123456789abcdef0'} | machines",
        "{'action':'plan','machines':{'i':1}} | machines",
        "{'action':'plan','machines':[7]} | machines[0]",
        "{'action':'plan','machines':['mi-0123456789abcdef0']} | machines[0]",
        "{'action':'plan','machines':['arn:aws:ec2:eu-central-1:999999999999:instance/i-0123456789abcdef0']}"
            + " | machines[0]",
        "{'action':'plan','machines':['i-0123456789abcdef0']} | machines[0]",
        "{'action':'plan','machines':['i-0123456789abcdef0'],'rollout':'falcon-7-1'} | machines[0]",
        "{'action':'plan','rollout':'nobody'} | rollout",
        "{'action':'plan','rollout':'falcon-7-1'} | rollout",
        "{'action':'plan','rollout':['falcon-7-1']} | rollout",
        "{'action':'plan','rollout':'falcon-7-1','point':'snap-0123456789abcdef0'} | point",
        "{'action':'plan','machines':['i-0123456789abcdef0'],'point':'latest'} | point",
        "{'action':'plan','rollout':'falcon-7-1','zone':'Mars/Olympus'} | zone",
        "{'action':'plan','rollout':'falcon-7-1','by':7} | by",
        "{'action':'plan','rollout':'falcon-7-1','reason':''} | reason",
        "{'action':'run','rollout':'falcon-7-1'} | confirm",
        "{'action':'run','rollout':'falcon-7-1','confirm':'yes'} | confirm",
        "{'action':'halt'} | id",
        "{'action':'halt','id':'falcon-7-1'} | id",
        "{'action':'status','id':'nobody'} | id"
      })
  void wrongInput_namesTheFieldAndChangesNothing(String input, String field) {
    Map<String, Operation<?, ?>> before = new HashMap<>(store.operations);
    JsonNode answer = ask(input);
    assertTrue(answer.path("answer").asText().startsWith("Nothing was changed"), input);
    assertEquals(field, answer.at("/problems/0/field").asText(), answer.toPrettyString());
    assertTrue(answer.path("usage").path("examples").size() > 3);
    assertEquals(before, store.operations);
    assertTrue(store.journals.values().stream().allMatch(List::isEmpty));
  }

  @Test
  void tenThousandMachines_areRefusedByTheirField() {
    String ids =
        String.join(",", IntStream.range(0, 10_000).mapToObj("'i-%017x'"::formatted).toList());
    JsonNode answer = ask("{'action':'plan','machines':[" + ids + "]}");
    assertEquals("machines", answer.at("/problems/0/field").asText());
    assertEquals(
        "must have 1 to 100 elements, not 10000", answer.at("/problems/0/message").asText());
  }

  @Test
  void nothingAtAll_answersWithUsageThatCanBePasted() {
    for (String input : List.of("{}", "", "null")) {
      JsonNode answer = ask(input);
      assertTrue(answer.path("answer").asText().contains("paste one of the examples"), input);
      for (JsonNode example : answer.at("/usage/examples")) {
        for (JsonNode problem : ask(example.toString()).path("problems")) {
          assertTrue(
              List.of("machines[0]", "rollout", "id").contains(problem.path("field").asText()),
              "only what the example is about may be missing here: " + problem);
        }
      }
    }
  }
}
