package dev.ringfence.infra.least;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.contract.CellFunction;
import dev.ringfence.infra.Synth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a function's role is granted in a template. */
record Granted(List<Statement> statements) {
  /**
   * What AWS does in the function's name: Lambda writes its logs and keeps its dead letters, X-Ray
   * its traces, and EC2 uses the keys of the volumes that it makes. None of it is a call of the
   * function.
   */
  private static final Set<String> BY_AWS = Set.of("logs", "sqs", "xray", "kms");

  /** How Lambda reads a table's stream for a function. */
  private static final Set<String> OF_STREAMS =
      Set.of("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator");

  /** One statement, with lists where the template may have a single text. */
  record Statement(List<String> actions, List<String> resources, JsonNode condition) {}

  static Granted to(Synth template, CellFunction function) {
    JsonNode lambda =
        template.properties("AWS::Lambda::Function", "\"" + function.className() + "::");
    String role = lambda.path("Role").asText().replace(".Arn}", "}");
    List<Statement> statements = new ArrayList<>();
    for (JsonNode policy : template.all("AWS::IAM::Policy")) {
      if (texts(policy.path("Properties").path("Roles")).contains(role)) {
        policy
            .path("Properties")
            .path("PolicyDocument")
            .path("Statement")
            .forEach(one -> statements.add(statement(one)));
      }
    }
    return new Granted(statements);
  }

  private static Statement statement(JsonNode statement) {
    if (!"Allow".equals(statement.path("Effect").asText())) {
      throw new AssertionError("roles only allow: " + statement);
    }
    return new Statement(
        texts(statement.path("Action")),
        texts(statement.path("Resource")),
        statement.path("Condition"));
  }

  private static List<String> texts(JsonNode oneOrMany) {
    List<String> texts = new ArrayList<>();
    if (oneOrMany.isArray()) {
      oneOrMany.forEach(one -> texts.add(one.asText()));
    } else {
      texts.add(oneOrMany.asText());
    }
    return texts;
  }

  /** Every action, in the order of the alphabet. */
  Set<String> actions() {
    Set<String> actions = new TreeSet<>();
    statements.forEach(statement -> actions.addAll(statement.actions()));
    return actions;
  }

  /** Without what AWS does in the function's name. */
  Set<String> ofItsOwnCalls() {
    Set<String> actions = actions();
    actions.removeIf(action -> BY_AWS.contains(action.substring(0, action.indexOf(':'))));
    actions.removeAll(OF_STREAMS);
    return actions;
  }
}
