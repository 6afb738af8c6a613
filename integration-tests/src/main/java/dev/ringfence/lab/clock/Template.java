package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A payload template: Parameters or ResultSelector, read once and filled at each use. */
sealed interface Template {
  JsonNode fill(JsonNode data, JsonNode context);

  /** Reads a template; {@link IllegalArgumentException} for an expression that is not known. */
  static Template parse(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> Fields.parse(object);
      case ArrayNode array -> {
        List<Template> items = new ArrayList<>();
        array.forEach(item -> items.add(parse(item)));
        yield new Items(List.copyOf(items));
      }
      default -> new Constant(node);
    };
  }

  record Constant(JsonNode value) implements Template {
    @Override
    public JsonNode fill(JsonNode data, JsonNode context) {
      return value;
    }
  }

  record Computed(Intrinsic expression) implements Template {
    @Override
    public JsonNode fill(JsonNode data, JsonNode context) {
      return expression.evaluate(data, context);
    }
  }

  record Items(List<Template> items) implements Template {
    @Override
    public JsonNode fill(JsonNode data, JsonNode context) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
      items.forEach(item -> array.add(item.fill(data, context)));
      return array;
    }
  }

  record Fields(Map<String, Template> fields) implements Template {
    /** Marks a field whose value is computed. */
    private static final String COMPUTED = ".$";

    static Fields parse(ObjectNode object) {
      Map<String, Template> fields = new LinkedHashMap<>();
      object
          .properties()
          .forEach(entry -> {
            String name = entry.getKey();
            if (name.endsWith(COMPUTED)) {
              fields.put(
                  name.substring(0, name.length() - COMPUTED.length()),
                  new Computed(Intrinsic.parse(entry.getValue().asText())));
            } else {
              fields.put(name, Template.parse(entry.getValue()));
            }
          });
      return new Fields(fields);
    }

    @Override
    public JsonNode fill(JsonNode data, JsonNode context) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      fields.forEach((name, template) -> object.set(name, template.fill(data, context)));
      return object;
    }
  }
}
