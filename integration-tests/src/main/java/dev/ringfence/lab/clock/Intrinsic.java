package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;

/**
 * What may stand right of a {@code "name.$":} field: a path, or one of the intrinsic functions
 * {@code States.Format} and {@code States.MathAdd}, whose arguments are the same or literals.
 */
sealed interface Intrinsic {
  String FAILURE = "States.IntrinsicFailure";

  JsonNode evaluate(JsonNode data, JsonNode context);

  /** Reads an expression; {@link IllegalArgumentException} for a function that is not known. */
  static Intrinsic parse(String text) {
    return IntrinsicReader.read(text);
  }

  record Path(ReferencePath path) implements Intrinsic {
    @Override
    public JsonNode evaluate(JsonNode data, JsonNode context) {
      return path.read(data, context, "States.ParameterPathFailure");
    }
  }

  record Numeral(BigDecimal value) implements Intrinsic {
    @Override
    public JsonNode evaluate(JsonNode data, JsonNode context) {
      return JsonNodeFactory.instance.numberNode(value);
    }
  }

  /**
   * A quoted text.
   *
   * @param raw with its backslashes, because a template also escapes braces with them
   */
  record Text(String raw) implements Intrinsic {
    @Override
    public JsonNode evaluate(JsonNode data, JsonNode context) {
      return TextNode.valueOf(raw.replaceAll("\\\\(.)", "$1"));
    }
  }

  record MathAdd(Intrinsic left, Intrinsic right) implements Intrinsic {
    @Override
    public JsonNode evaluate(JsonNode data, JsonNode context) {
      return JsonNodeFactory.instance.numberNode(
          Math.addExact(number(left, data, context), number(right, data, context)));
    }

    private static int number(Intrinsic argument, JsonNode data, JsonNode context) {
      JsonNode value = argument.evaluate(data, context);
      if (!value.isNumber()) {
        throw new AslError(FAILURE, "States.MathAdd: " + value + " is not a number");
      }
      return (int) Math.round(value.doubleValue());
    }
  }

  /** Fills each {@code {}} of the template with the next argument; a backslash escapes. */
  record Format(Intrinsic template, List<Intrinsic> arguments) implements Intrinsic {
    @Override
    public JsonNode evaluate(JsonNode data, JsonNode context) {
      String pattern =
          template instanceof Text text ? text.raw() : scalar(template.evaluate(data, context));
      StringBuilder filled = new StringBuilder();
      int used = 0;
      for (int i = 0; i < pattern.length(); i++) {
        if (pattern.charAt(i) == '\\' && i + 1 < pattern.length()) {
          i++;
          filled.append(pattern.charAt(i));
        } else if (pattern.startsWith("{}", i)) {
          i++;
          filled.append(scalar(argument(used).evaluate(data, context)));
          used++;
        } else {
          filled.append(pattern.charAt(i));
        }
      }
      if (used != arguments.size()) {
        throw new AslError(FAILURE, "States.Format: more arguments than {} in " + pattern);
      }
      return TextNode.valueOf(filled.toString());
    }

    private Intrinsic argument(int position) {
      if (position >= arguments.size()) {
        throw new AslError(FAILURE, "States.Format: fewer arguments than {}");
      }
      return arguments.get(position);
    }

    private static String scalar(JsonNode value) {
      if (value.isContainerNode()) {
        throw new AslError(FAILURE, "States.Format: " + value + " is not a single value");
      }
      return value.asText();
    }
  }
}
