package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;

/**
 * The template without what needs functions, for where none can be created. Whatever refers to one
 * gets the name or the ARN that it would have, so that rules keep their targets and alarms what
 * they watch.
 */
final class CutTemplate {
  private static final String DEPENDS_ON = "DependsOn";
  private static final Set<String> CUT = Absent.types(Absent.Why.NO_ENGINE);

  private final JsonNode whole;

  private CutTemplate(JsonNode whole) {
    this.whole = whole.path("Resources");
  }

  static ObjectNode of(JsonNode template) {
    CutTemplate cut = new CutTemplate(template);
    ObjectNode left = template.deepCopy();
    ObjectNode resources = left.putObject("Resources");
    for (Entry<String, JsonNode> resource : cut.whole.properties()) {
      if (!cut.isCut(resource.getKey())) {
        resources.set(resource.getKey(), cut.kept(resource.getValue()));
      }
    }
    return left;
  }

  private boolean isCut(String logicalId) {
    return CUT.contains(whole.path(logicalId).path("Type").asText());
  }

  private JsonNode kept(JsonNode resource) {
    ObjectNode kept = (ObjectNode) replaced(resource);
    ArrayNode waitsFor = JsonNodeFactory.instance.arrayNode();
    for (JsonNode each : resource.path(DEPENDS_ON)) {
      if (!isCut(each.asText())) {
        waitsFor.add(each);
      }
    }
    kept.remove(DEPENDS_ON);
    if (!waitsFor.isEmpty()) {
      kept.set(DEPENDS_ON, waitsFor);
    }
    return kept;
  }

  private JsonNode replaced(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(each -> copy.add(replaced(each)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    String ref = object.path("Ref").asText();
    JsonNode attribute = object.path("Fn::GetAtt");
    if (isCut(ref)) {
      return TextNode.valueOf(reference(ref));
    }
    if (isCut(attribute.path(0).asText())) {
      return TextNode.valueOf(arn(attribute.path(0).asText()));
    }
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    object.properties().forEach(each -> copy.set(each.getKey(), replaced(each.getValue())));
    return copy;
  }

  /** What {@code Ref} gives (AWS's reference of resource types, "Return values"). */
  private String reference(String logicalId) {
    String type = whole.path(logicalId).path("Type").asText();
    return Map.of(Absent.FUNCTION, name(logicalId)).getOrDefault(type, arn(logicalId));
  }

  private String arn(String logicalId) {
    String type = whole.path(logicalId).path("Type").asText();
    JsonNode properties = whole.path(logicalId).path("Properties");
    return switch (type) {
      case Absent.FUNCTION -> Cloud.arn("lambda", "function:" + name(logicalId));
      case Absent.ALIAS ->
          arn(properties.path("FunctionName").path("Ref").asText())
              + ":"
              + properties.path("Name").asText();
      default -> throw new AssertionError("something that stays refers to " + logicalId);
    };
  }

  private String name(String logicalId) {
    return whole.path(logicalId).path("Properties").path("FunctionName").asText();
  }
}
