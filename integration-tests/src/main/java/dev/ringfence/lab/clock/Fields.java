package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The fields of one object of a definition. Each that is asked for is ticked off, and {@link #end}
 * refuses what nobody asked for: a field that would be ignored is one that was misunderstood.
 */
final class Fields {
  private final String where;
  private final ObjectNode object;
  private final Set<String> asked = new HashSet<>();

  Fields(String where, JsonNode node) {
    this.where = where;
    if (!(node instanceof ObjectNode fields)) {
      throw new IllegalArgumentException(where + " must be an object");
    }
    this.object = fields;
    asked.add("Comment");
  }

  String where() {
    return where;
  }

  Optional<JsonNode> find(String name) {
    asked.add(name);
    return Optional.ofNullable(object.get(name));
  }

  boolean has(String name) {
    return object.has(name);
  }

  JsonNode get(String name) {
    return find(name).orElseThrow(() -> refused("needs the field " + name));
  }

  Optional<String> text(String name) {
    return find(name).map(node -> check(name, node, node.isTextual(), "a text").textValue());
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> refused("needs the field " + name));
  }

  Optional<Integer> integer(String name, int atLeast) {
    return find(name)
        .map(node ->
            check(
                    name,
                    node,
                    node.canConvertToInt() && node.isIntegralNumber() && node.intValue() >= atLeast,
                    "a whole number, at least " + atLeast)
                .intValue());
  }

  Optional<Double> number(String name, double atLeast) {
    return find(name)
        .map(node ->
            check(
                    name,
                    node,
                    node.isNumber() && node.doubleValue() >= atLeast,
                    "a number, at least " + atLeast)
                .doubleValue());
  }

  Optional<Duration> seconds(String name) {
    return integer(name, 1).map(Duration::ofSeconds);
  }

  List<String> texts(String name) {
    JsonNode array = get(name);
    check(name, array, array.isArray() && !array.isEmpty(), "a list of texts");
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(check(name, item, item.isTextual(), "of texts").textValue()));
    return List.copyOf(texts);
  }

  /** The elements of a list of objects; none when the field is not there. */
  <T> List<T> objects(String name, Function<Fields, T> read) {
    List<T> elements = new ArrayList<>();
    JsonNode array = find(name).orElse(null);
    if (array == null) {
      return elements;
    }
    check(name, array, array.isArray(), "a list");
    for (int i = 0; i < array.size(); i++) {
      elements.add(read.apply(new Fields(where + "." + name + "[" + i + "]", array.get(i))));
    }
    return List.copyOf(elements);
  }

  /** A path; the whole document when the field is not there, empty when it is null. */
  Optional<ReferencePath> path(String name) {
    JsonNode node = find(name).orElse(null);
    if (node == null) {
      return Optional.of(ReferencePath.ROOT);
    }
    return node.isNull() ? Optional.empty() : Optional.of(requiredPath(name));
  }

  ReferencePath requiredPath(String name) {
    return reading(name, () -> ReferencePath.parse(requiredText(name)));
  }

  Optional<Template> template(String name) {
    return find(name).map(node -> reading(name, () -> Template.parse(node)));
  }

  private <T> T reading(String name, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException unreadable) {
      throw refused(name + ": " + unreadable.getMessage());
    }
  }

  private JsonNode check(String name, JsonNode node, boolean fits, String wanted) {
    if (!fits) {
      throw refused(name + " must be " + wanted + " and is " + node);
    }
    return node;
  }

  IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(where + ": " + why);
  }

  /** To be called when everything that is understood has been asked for. */
  void end() {
    Set<String> unread = new TreeSet<>();
    object.fieldNames().forEachRemaining(unread::add);
    unread.removeAll(asked);
    if (!unread.isEmpty()) {
      throw refused("the lab does not know " + String.join(", ", unread) + " here");
    }
  }
}
