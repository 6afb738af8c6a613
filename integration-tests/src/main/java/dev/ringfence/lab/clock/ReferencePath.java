package dev.ringfence.lab.clock;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSONPath that names one node: {@code $.a.b[0]}, {@code $['a b']}, or the same into the context
 * object with {@code $$}. Wildcards, slices and filters are refused.
 *
 * @param text as it was written
 * @param ofContext whether it starts at the context object
 */
record ReferencePath(String text, boolean ofContext, List<String> steps) {
  static final ReferencePath ROOT = new ReferencePath("$", false, List.of());

  private static final Pattern STEP =
      Pattern.compile("\\.(?<name>[A-Za-z_][\\w-]*)|\\[(?<index>\\d+)\\]|\\['(?<quoted>[^']+)'\\]");

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException for anything but a reference path
   */
  static ReferencePath parse(String text) {
    boolean ofContext = text.startsWith("$$");
    int at = ofContext ? 2 : 1;
    if (!text.startsWith("$")) {
      throw new IllegalArgumentException("'" + text + "' is not a path: it does not start with $");
    }
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    while (at < text.length()) {
      if (!step.find(at) || step.start() != at) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a reference path that the lab reads");
      }
      steps.add(nameOf(step));
      at = step.end();
    }
    return new ReferencePath(text, ofContext, List.copyOf(steps));
  }

  private static String nameOf(Matcher step) {
    return Optional.ofNullable(step.group("name"))
        .or(() -> Optional.ofNullable(step.group("index")))
        .orElseGet(() -> step.group("quoted"));
  }

  /** The node; missing when there is none. */
  JsonNode find(JsonNode data, JsonNode context) {
    JsonNode node = ofContext ? context : data;
    for (String step : steps) {
      node = node.at(JsonPointer.empty().appendProperty(step));
    }
    return node;
  }

  /** The node. */
  JsonNode read(JsonNode data, JsonNode context, String errorIfMissing) {
    JsonNode node = find(data, context);
    if (node.isMissingNode()) {
      throw new AslError(
          errorIfMissing, "The JSONPath '" + text + "' could not be found in the input");
    }
    return node;
  }

  /** A copy of the data with the value at this path, making objects on the way where needed. */
  JsonNode insert(JsonNode data, JsonNode value) {
    if (steps.isEmpty()) {
      return value;
    }
    JsonNode copy = data.deepCopy();
    ObjectNode parent = object(copy);
    for (String step : steps.subList(0, steps.size() - 1)) {
      JsonNode child = parent.get(step);
      parent = child == null ? parent.putObject(step) : object(child);
    }
    parent.set(steps.getLast(), value);
    return copy;
  }

  private ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new AslError(
        "States.ResultPathMatchFailure", "Unable to apply ResultPath " + text + " to the input");
  }

  static JsonNode emptyObject() {
    return JsonNodeFactory.instance.objectNode();
  }
}
