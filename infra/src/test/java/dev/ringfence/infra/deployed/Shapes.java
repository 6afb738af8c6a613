package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Services' answers and templates in one shape. The members of an answer are called as the
 * template's properties are, but a service says 1.0 or true where a template says 1 or "true".
 */
final class Shapes {
  private static final JsonMapper JSON = new JsonMapper();

  private Shapes() {}

  /** An answer with its members as the service names them; what it leaves out is left out. */
  static ObjectNode of(SdkPojo answer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (SdkField<?> field : answer.sdkFields()) {
      Object value = field.getValueOrDefault(answer);
      boolean nothing =
          value == null
              || (value instanceof List<?> list && list.isEmpty())
              || (value instanceof Map<?, ?> map && map.isEmpty());
      if (!nothing) {
        json.set(field.memberName(), any(value));
      }
    }
    return json;
  }

  static ArrayNode list(List<? extends SdkPojo> answers) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    answers.forEach(answer -> json.add(of(answer)));
    return json;
  }

  private static JsonNode any(@Nullable Object value) {
    if (value instanceof SdkPojo pojo) {
      return of(pojo);
    }
    if (value instanceof List<?> list) {
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      list.forEach(each -> json.add(any(each)));
      return json;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      map.forEach((key, each) -> json.set(String.valueOf(key), any(each)));
      return json;
    }
    return TextNode.valueOf(String.valueOf(value));
  }

  /** Every number, truth and text as a text of one form. */
  static JsonNode plain(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode plain = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(each -> plain.set(each.getKey(), plain(each.getValue())));
      return plain;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode plain = JsonNodeFactory.instance.arrayNode();
      array.forEach(each -> plain.add(plain(each)));
      return plain;
    }
    return TextNode.valueOf(scalar(node.asText()));
  }

  private static String scalar(String text) {
    if (!text.matches("-?\\d{1,15}(\\.\\d{1,15})?")) {
      return text;
    }
    return new BigDecimal(text).stripTrailingZeros().toPlainString();
  }

  static JsonNode parsed(@Nullable String json) {
    try {
      return JSON.readTree(json == null ? "null" : json);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(json, malformed);
    }
  }

  /** A policy as IAM writes it. */
  static JsonNode decoded(String document) {
    return parsed(
        document.startsWith("%") ? URLDecoder.decode(document, StandardCharsets.UTF_8) : document);
  }
}
