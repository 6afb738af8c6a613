package dev.ringfence.lab.clock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a whole definition and checks that every transition leads somewhere. */
final class StateMachineReader {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StateMachineReader() {}

  static StateMachine read(String name, String definition) {
    Fields top = new Fields("State machine " + name, tree(name, definition));
    top.find("Version");
    jsonPathOnly(top);
    String startAt = top.requiredText("StartAt");
    Map<String, State> states = states(top.get("States"));
    StateMachine machine =
        new StateMachine(name, definition, startAt, states, top.seconds("TimeoutSeconds"));
    top.end();
    checkTarget("StartAt", startAt, states);
    states.forEach(
        (from, state) -> targets(state).forEach(to -> checkTarget("State " + from, to, states)));
    return machine;
  }

  static void jsonPathOnly(Fields fields) {
    String language = fields.text("QueryLanguage").orElse("JSONPath");
    if (!language.equals("JSONPath")) {
      throw fields.refused("the lab does not know the query language " + language);
    }
  }

  private static JsonNode tree(String name, String definition) {
    try {
      return JSON.readTree(definition);
    } catch (JsonProcessingException notJson) {
      throw new IllegalArgumentException(
          "State machine " + name + " is not JSON: " + notJson.getOriginalMessage(), notJson);
    }
  }

  private static Map<String, State> states(JsonNode node) {
    Map<String, State> states = new LinkedHashMap<>();
    node.properties()
        .forEach(e -> states.put(e.getKey(), StateReader.read(e.getKey(), e.getValue())));
    return Map.copyOf(states);
  }

  private static List<String> targets(State state) {
    return switch (state) {
      case State.Task task -> {
        List<String> targets = new ArrayList<>(task.next().stream().toList());
        task.catchers().forEach(catcher -> targets.add(catcher.next()));
        yield targets;
      }
      case State.Choice choice -> {
        List<String> targets = new ArrayList<>(choice.otherwise().stream().toList());
        choice.rules().forEach(rule -> targets.add(rule.next()));
        yield targets;
      }
      case State.Wait wait -> one(wait.next());
      case State.Pass pass -> one(pass.next());
      case State.Succeed succeed -> List.of();
      case State.Fail fail -> List.of();
    };
  }

  private static List<String> one(Optional<String> next) {
    return next.stream().toList();
  }

  private static void checkTarget(String from, String to, Map<String, State> states) {
    if (!states.containsKey(to)) {
      throw new IllegalArgumentException(from + " leads to " + to + ", which is not a state");
    }
  }
}
