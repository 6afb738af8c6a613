package dev.ringfence.release.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Kinds of lists and maps; each has a limit, because each becomes calls or bytes somewhere. */
public final class Groups {
  private Groups() {}

  /** A list of different values, of {@code least} to {@code most} elements. */
  public static <T> Kind<List<T>> listOf(Kind<T> element, int least, int most) {
    return new ListKind<>(element, least, most, true);
  }

  /** A list in which a value may come twice, as the arguments of a command may. */
  public static <T> Kind<List<T>> repeatingListOf(Kind<T> element, int least, int most) {
    return new ListKind<>(element, least, most, false);
  }

  /** A list that may be written as its only element: {@code "a"} for {@code ["a"]}. */
  public static <T> Kind<List<T>> oneOrMany(Kind<List<T>> list) {
    return new OneOrMany<>(list);
  }

  /** A map from free names to values; sorted by name, so that it always prints alike. */
  public static <V> Kind<Map<String, V>> mapOf(
      Kind<String> name, Kind<V> value, int least, int most) {
    return new MapKind<>(name, value, least, most);
  }

  /** An unmodifiable copy, sorted by name, of a map of lists. */
  public static Map<String, List<String>> frozen(Map<String, List<String>> map) {
    Map<String, List<String>> copy = new TreeMap<>();
    map.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return Collections.unmodifiableMap(copy);
  }

  private record ListKind<T>(Kind<T> element, int least, int most, boolean different)
      implements Kind<List<T>> {
    @Override
    public @Nullable List<T> read(JsonNode node, String path, Problems problems) {
      if (!node.isArray()) {
        problems.add(path, "must be a list of " + element.label());
        return null;
      }
      if (node.size() < least || node.size() > most) {
        problems.add(path, "must have " + least + " to " + most + " elements, not " + node.size());
        return null;
      }
      int before = problems.count();
      List<T> values = new ArrayList<>();
      Set<T> seen = new HashSet<>();
      for (int i = 0; i < node.size(); i++) {
        T value = element.read(node.get(i), Path.element(path, i), problems);
        if (value != null && different && !seen.add(value)) {
          problems.add(Path.element(path, i), "is in the list already");
        } else if (value != null) {
          values.add(value);
        }
      }
      return problems.count() == before ? List.copyOf(values) : null;
    }

    @Override
    public JsonNode write(List<T> value) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      value.forEach(one -> array.add(element.write(one)));
      return array;
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = Kinds.schemaOf("array").put("minItems", least).put("maxItems", most);
      if (different) {
        schema.put("uniqueItems", true);
      }
      schema.set("items", element.schema());
      return schema;
    }

    @Override
    public String label() {
      return "list of " + element.label();
    }
  }

  private record OneOrMany<T>(Kind<List<T>> list) implements Kind<List<T>> {
    @Override
    public @Nullable List<T> read(JsonNode node, String path, Problems problems) {
      JsonNode many = node.isTextual() ? JsonNodeFactory.instance.arrayNode().add(node) : node;
      return list.read(many, path, problems);
    }

    @Override
    public JsonNode write(List<T> value) {
      return list.write(value);
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = JsonNodeFactory.instance.objectNode();
      ObjectNode many = list.schema();
      schema.putArray("anyOf").add(many.get("items")).add(many);
      return schema;
    }

    @Override
    public String label() {
      return list.label() + ", or one";
    }
  }

  private record MapKind<V>(Kind<String> name, Kind<V> value, int least, int most)
      implements Kind<Map<String, V>> {
    @Override
    public @Nullable Map<String, V> read(JsonNode node, String path, Problems problems) {
      if (!(node instanceof ObjectNode object)) {
        problems.add(path, "must be an object: " + label());
        return null;
      }
      if (object.size() < least || object.size() > most) {
        problems.add(path, "must have " + least + " to " + most + " fields, not " + object.size());
        return null;
      }
      int before = problems.count();
      Map<String, V> values = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        String at = Path.member(path, entry.getKey());
        name.read(JsonNodeFactory.instance.textNode(entry.getKey()), at, problems);
        V read = value.read(entry.getValue(), at, problems);
        if (read != null) {
          values.put(entry.getKey(), read);
        }
      }
      return problems.count() == before ? Collections.unmodifiableMap(values) : null;
    }

    @Override
    public JsonNode write(Map<String, V> map) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      map.forEach((key, held) -> object.set(key, value.write(held)));
      return object;
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = Kinds.schemaOf("object");
      schema.put("minProperties", least).put("maxProperties", most);
      schema.set("propertyNames", name.schema());
      schema.set("additionalProperties", value.schema());
      return schema;
    }

    @Override
    public String label() {
      return "map from " + name.label() + " to " + value.label();
    }
  }
}
