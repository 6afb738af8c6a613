package dev.ringfence.lab.plane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items as Lambda writes them into its events: DynamoDB's own JSON, bytes as Base64. */
final class AttributeJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AttributeJson() {}

  static ObjectNode of(Map<String, AttributeValue> item) {
    ObjectNode json = NODES.objectNode();
    item.forEach((name, value) -> json.set(name, of(value)));
    return json;
  }

  private static JsonNode of(AttributeValue value) {
    ObjectNode json = NODES.objectNode();
    return switch (value.type()) {
      case S -> json.put("S", value.s());
      case N -> json.put("N", value.n());
      case B -> json.put("B", base64(value.b()));
      case BOOL -> json.put("BOOL", value.bool());
      case NUL -> json.put("NULL", true);
      case M -> json.set("M", of(value.m()));
      case L -> {
        ArrayNode list = NODES.arrayNode();
        value.l().forEach(each -> list.add(of(each)));
        yield json.set("L", list);
      }
      case SS -> json.set("SS", texts(value.ss()));
      case NS -> json.set("NS", texts(value.ns()));
      case BS -> json.set("BS", texts(value.bs().stream().map(AttributeJson::base64).toList()));
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException("the table holds an attribute of an unknown type");
    };
  }

  private static ArrayNode texts(Iterable<String> all) {
    ArrayNode list = NODES.arrayNode();
    all.forEach(list::add);
    return list;
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }
}
