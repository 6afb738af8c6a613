package dev.ringfence.release.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of single values; lists and maps of them are in {@link Groups}. */
public final class Kinds {
  private Kinds() {}

  /**
   * A string.
   *
   * @param pattern must match the whole string; it is also the pattern in the schema
   * @param rule says the same in words, to be read after "must be"
   */
  public static Kind<String> text(String label, String pattern, String rule) {
    Pattern compiled = Pattern.compile(pattern, Pattern.DOTALL);
    ObjectNode schema = schemaOf("string").put("pattern", "^" + pattern + "$");
    return parsed(
        label,
        schema,
        rule,
        text -> compiled.matcher(text).matches() ? text : null,
        Function.identity());
  }

  /**
   * A string that stands for a value.
   *
   * @param parse gives null, or throws {@link DateTimeException}, when it does not
   */
  public static <T> Kind<T> parsed(
      String label,
      ObjectNode schema,
      String rule,
      Function<String, @Nullable T> parse,
      Function<T, String> print) {
    return new Simple<>(
        label,
        schema,
        rule,
        node -> fromText(node, parse),
        value -> TextNode.valueOf(print.apply(value)));
  }

  private static <T> @Nullable T fromText(JsonNode node, Function<String, @Nullable T> parse) {
    if (!node.isTextual()) {
      return null;
    }
    try {
      return parse.apply(node.textValue());
    } catch (DateTimeException notThat) {
      return null;
    }
  }

  public static Kind<Boolean> flag() {
    return new Simple<>(
        "true or false",
        schemaOf("boolean"),
        "true or false",
        node -> node.isBoolean() ? node.booleanValue() : null,
        BooleanNode::valueOf);
  }

  /** A whole number from {@code least} to {@code most}. */
  public static Kind<Integer> count(int least, int most) {
    return new Simple<>(
        "count",
        schemaOf("integer").put("minimum", least).put("maximum", most),
        "a whole number from " + least + " to " + most,
        node ->
            node.isIntegralNumber()
                    && node.canConvertToInt()
                    && node.intValue() >= least
                    && node.intValue() <= most
                ? node.intValue()
                : null,
        IntNode::valueOf);
  }

  /** A number between two limits, both included. */
  public static Kind<Double> numberFrom(double least, double most) {
    return new Simple<>(
        "number",
        schemaOf("number").put("minimum", least).put("maximum", most),
        "a number from " + least + " to " + most,
        node -> doubleIf(node, value -> value >= least && value <= most),
        DoubleNode::valueOf);
  }

  /** A share of something: above 0 and at most 1. */
  public static Kind<Double> share() {
    return new Simple<>(
        "share",
        schemaOf("number").put("exclusiveMinimum", 0).put("maximum", 1),
        "a share above 0 and at most 1",
        node -> doubleIf(node, value -> value > 0 && value <= 1),
        DoubleNode::valueOf);
  }

  /** A probability that is neither never nor always. */
  public static Kind<Double> probability() {
    return new Simple<>(
        "probability",
        schemaOf("number").put("exclusiveMinimum", 0).put("exclusiveMaximum", 1),
        "a probability above 0 and below 1",
        node -> doubleIf(node, value -> value > 0 && value < 1),
        DoubleNode::valueOf);
  }

  private static @Nullable Double doubleIf(JsonNode node, DoublePredicate allowed) {
    return node.isNumber() && allowed.test(node.doubleValue()) ? node.doubleValue() : null;
  }

  /** One constant of an enum, by its name. */
  public static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
    Map<String, E> byName = new TreeMap<>();
    for (E constant : type.getEnumConstants()) {
      byName.put(constant.name(), constant);
    }
    return named(byName, Enum::name);
  }

  /** One of some values that have names. */
  public static <T> Kind<T> named(Map<String, T> byName, Function<T, String> print) {
    String names = String.join(", ", byName.keySet());
    ObjectNode schema = schemaOf("string");
    ArrayNode allowed = schema.putArray("enum");
    byName.keySet().forEach(allowed::add);
    return parsed(
        String.join(" or ", byName.keySet()), schema, "one of " + names, byName::get, print);
  }

  /** The schema of a JSON type, to add to. */
  public static ObjectNode schemaOf(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  /** A kind whose only problem is not being one. */
  private record Simple<T>(
      String label,
      ObjectNode form,
      String rule,
      Function<JsonNode, @Nullable T> take,
      Function<T, JsonNode> give)
      implements Kind<T> {
    @Override
    public @Nullable T read(JsonNode node, String path, Problems problems) {
      T value = take.apply(node);
      if (value == null) {
        problems.add(path, "must be " + rule);
      }
      return value;
    }

    @Override
    public JsonNode write(T value) {
      return give.apply(value);
    }

    @Override
    public ObjectNode schema() {
      return form.deepCopy();
    }
  }
}
