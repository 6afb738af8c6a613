package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Reads the rules of a Choice. */
final class ConditionReader {
  private static final List<String> NUMERIC =
      List.of(
          "NumericEquals",
          "NumericLessThan",
          "NumericLessThanEquals",
          "NumericGreaterThan",
          "NumericGreaterThanEquals");

  private ConditionReader() {}

  static Condition.Rule rule(Fields fields) {
    String next = fields.requiredText("Next");
    return new Condition.Rule(condition(fields), next);
  }

  private static Condition condition(Fields fields) {
    Condition condition = connective(fields).orElseGet(() -> test(fields));
    fields.end();
    return condition;
  }

  private static Optional<Condition> connective(Fields fields) {
    if (fields.has("And")) {
      List<Condition> all = fields.objects("And", ConditionReader::condition);
      return Optional.of((in, context) -> all.stream().allMatch(c -> c.holds(in, context)));
    }
    if (fields.has("Or")) {
      List<Condition> any = fields.objects("Or", ConditionReader::condition);
      return Optional.of((in, context) -> any.stream().anyMatch(c -> c.holds(in, context)));
    }
    if (fields.has("Not")) {
      Condition not = condition(new Fields(fields.where() + ".Not", fields.get("Not")));
      return Optional.of((in, context) -> !not.holds(in, context));
    }
    return Optional.empty();
  }

  private static Condition test(Fields fields) {
    ReferencePath variable = fields.requiredPath("Variable");
    if (fields.has("IsPresent")) {
      boolean present = truth(fields, "IsPresent");
      return (in, context) -> variable.find(in, context).isMissingNode() != present;
    }
    Predicate<JsonNode> comparison = comparison(fields);
    return (in, context) -> comparison.test(variable.read(in, context, AslError.RUNTIME));
  }

  private static boolean truth(Fields fields, String name) {
    JsonNode node = fields.get(name);
    if (!node.isBoolean()) {
      throw fields.refused(name + " must be true or false");
    }
    return node.booleanValue();
  }

  /** A value of another type than the comparison's is simply not equal. */
  private static Predicate<JsonNode> comparison(Fields fields) {
    if (fields.has("BooleanEquals")) {
      boolean expected = truth(fields, "BooleanEquals");
      return value -> value.isBoolean() && value.booleanValue() == expected;
    }
    if (fields.has("StringEquals")) {
      String expected = fields.requiredText("StringEquals");
      return value -> value.isTextual() && value.textValue().equals(expected);
    }
    for (String operator : NUMERIC) {
      if (fields.has(operator)) {
        return numeric(fields, operator);
      }
    }
    fields.end();
    throw fields.refused("compares nothing");
  }

  private static Predicate<JsonNode> numeric(Fields fields, String operator) {
    JsonNode node = fields.get(operator);
    if (!node.isNumber()) {
      throw fields.refused(operator + " must be a number");
    }
    BigDecimal expected = node.decimalValue();
    IntPredicate sign = sign(operator);
    return value -> value.isNumber() && sign.test(value.decimalValue().compareTo(expected));
  }

  private static IntPredicate sign(String operator) {
    return switch (operator) {
      case "NumericEquals" -> sign -> sign == 0;
      case "NumericLessThan" -> sign -> sign < 0;
      case "NumericLessThanEquals" -> sign -> sign <= 0;
      case "NumericGreaterThan" -> sign -> sign > 0;
      default -> sign -> sign >= 0;
    };
  }
}
