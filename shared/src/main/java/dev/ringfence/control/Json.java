package dev.ringfence.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.release.json.Problem;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes that answers are made of. */
final class Json {
  /** As many rows as a person reads; a row more says how many there are besides. */
  static final int ROWS_MAX = 20;

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An answer; its sentence comes first. */
  static ObjectNode answer(String sentence) {
    return object().put("answer", sentence);
  }

  /** What a person can paste: fields and their values in turn; fields without a value are not. */
  static ObjectNode of(@Nullable String... fieldsAndValues) {
    ObjectNode object = object();
    for (int i = 0; i < fieldsAndValues.length; i += 2) {
      String value = fieldsAndValues[i + 1];
      if (value != null) {
        object.put(fieldsAndValues[i], value);
      }
    }
    return object;
  }

  /** The first rows, and how many more there are. */
  static <T> ArrayNode rows(List<T> all, Function<T, JsonNode> row) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    all.stream().limit(ROWS_MAX).map(row).forEach(rows::add);
    if (all.size() > ROWS_MAX) {
      rows.add("and " + (all.size() - ROWS_MAX) + " more");
    }
    return rows;
  }

  static ArrayNode texts(List<String> all) {
    return rows(all, JsonNodeFactory.instance::textNode);
  }

  /** Nothing was changed, and this is why, field by field. */
  static ObjectNode refusal(List<Problem> problems, ObjectNode usage) {
    Problem first = problems.getFirst();
    ObjectNode answer = answer("Nothing was changed: " + first + ".");
    answer.set(
        "problems",
        rows(
            problems,
            problem -> object().put("field", problem.field()).put("message", problem.message())));
    answer.set("usage", usage);
    return answer;
  }
}
