package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads functions and what leads to them from Lambda. */
final class ToldFunctions {
  private static final String LAMBDA = "lambda";
  private static final String FUNCTIONS = "/2015-03-31/functions/";
  private static final String MAPPINGS = "/2015-03-31/event-source-mappings/";

  /** What comes before a function's name in its ARN. */
  private static final String OF_ARN = ":function:";

  private final PlainCalls calls;

  ToldFunctions(Cloud cloud) {
    this.calls = cloud.plain();
  }

  /** Where the code came from is not told, nor is what a function without it has by itself. */
  JsonNode function(String name, JsonNode should) {
    ObjectNode told = version(name);
    told.set("Code", should.path("Code"));
    told.withObjectProperty("LoggingConfig").remove("LogFormat");
    if (told.at("/SnapStart/ApplyOn").asText().equals("None")) {
      told.remove("SnapStart");
    }
    return told;
  }

  ObjectNode version(String arn) {
    return calls.get(LAMBDA, FUNCTIONS + arn).path("Configuration").deepCopy();
  }

  /** An alias is known by its ARN, the last part of which is its name. */
  JsonNode alias(String arn) {
    String function = arn.substring(0, arn.lastIndexOf(':'));
    ObjectNode told = calls.get(LAMBDA, FUNCTIONS + function + "/aliases/" + last(arn)).deepCopy();
    return told.put("FunctionName", last(function));
  }

  /** The one statement that lets this principal in for this source, as the permission has it. */
  JsonNode permission(JsonNode should) {
    String function = should.path("FunctionName").asText();
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    JsonNode policy =
        Shapes.parsed(
            calls.get(LAMBDA, FUNCTIONS + function + "/policy").path("Policy").textValue());
    for (JsonNode statement : policy.path("Statement")) {
      JsonNode source = statement.at("/Condition/ArnLike/AWS:SourceArn");
      if (source.equals(should.path("SourceArn"))) {
        told.set("Action", statement.path("Action"));
        told.set("FunctionName", statement.path("Resource"));
        told.set("Principal", statement.at("/Principal/Service"));
        told.set("SourceArn", source);
      }
    }
    return told;
  }

  JsonNode mapping(String id) {
    ObjectNode told = calls.get(LAMBDA, MAPPINGS + id).deepCopy();
    String function = told.path("FunctionArn").asText();
    return told.put("FunctionName", function.substring(function.indexOf(OF_ARN) + OF_ARN.length()));
  }

  private static String last(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
