package dev.ringfence.infra;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.CellFunction;
import dev.ringfence.control.DrillUsage;
import dev.ringfence.control.RestoreUsage;
import dev.ringfence.control.RolloutUsage;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.eventschemas.CfnRegistry;
import software.amazon.awscdk.services.eventschemas.CfnSchema;
import software.constructs.Construct;

/**
 * What an operator finds at the Test button of the operators' functions: the very examples that the
 * functions answer with when they are asked for nothing. Nobody but IAM lets anybody invoke these
 * functions, and no event reaches them.
 */
final class Console extends Construct {
  /** Where Lambda looks for shareable test events. */
  static final String REGISTRY = "lambda-testevent-schemas";

  private static final String KIND = "OpenApi3";

  Console(Construct scope, String id, Names names, TestEvents where) {
    super(scope, id);
    Map<CellFunction, Map<String, ObjectNode>> examples = new TreeMap<>();
    examples.put(CellFunction.ROLLOUT_CONSOLE, RolloutUsage.examples());
    examples.put(CellFunction.RESTORE_CONSOLE, RestoreUsage.examples());
    examples.put(CellFunction.DRILL_CONSOLE, DrillUsage.examples());
    switch (where) {
      case NEW_REGISTRY -> {
        CfnRegistry registry =
            CfnRegistry.Builder.create(this, "Registry")
                .registryName(REGISTRY)
                .description("Shareable test events of Lambda functions")
                .build();
        registry.applyRemovalPolicy(RemovalPolicy.RETAIN);
        examples.forEach(
            (function, events) -> schema(names, function, events).addResourceDependency(registry));
      }
      case EXISTING_REGISTRY ->
          examples.forEach((function, events) -> schema(names, function, events));
      case NONE -> {}
    }
  }

  static String schemaName(Names names, CellFunction function) {
    return "_" + names.of(function) + "-schema";
  }

  private CfnSchema schema(Names names, CellFunction function, Map<String, ObjectNode> events) {
    return CfnSchema.Builder.create(this, function.title())
        .registryName(REGISTRY)
        .schemaName(schemaName(names, function))
        .type(KIND)
        .description("Test events of " + names.of(function))
        .content(content(events))
        .build();
  }

  /** An OpenAPI document whose examples are the events, which is how Lambda keeps them. */
  private static String content(Map<String, ObjectNode> events) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.0.0");
    document.putObject("info").put("version", "1.0.0").put("title", "Event");
    document.putObject("paths");
    ObjectNode components = document.putObject("components");
    components.putObject("schemas").putObject("Event").put("type", "object");
    ObjectNode examples = components.putObject("examples");
    events.forEach((name, event) -> examples.putObject(name).set("value", event));
    return document.toString();
  }
}
