package dev.ringfence.lab.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** Fills an SDK request from a tree, whether that was written as JSON or as CBOR. */
final class TreeDecoder {
  private TreeDecoder() {}

  /**
   * Fills and builds.
   *
   * @throws AwsFault {@code SerializationException} when a value is not of its field's type
   */
  static SdkPojo decode(JsonNode tree, SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      JsonNode node = tree.get(field.locationName());
      if (node != null && !node.isNull()) {
        field.set(builder, value(field, node));
      }
    }
    return (SdkPojo) ((Buildable) builder).build();
  }

  private static Object value(SdkField<?> field, JsonNode node) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> fitting(node.isTextual(), field, node).textValue();
      case INTEGER -> fitting(node.canConvertToInt(), field, node).intValue();
      case LONG -> fitting(node.canConvertToLong(), field, node).longValue();
      case DOUBLE -> fitting(node.isNumber(), field, node).doubleValue();
      case FLOAT -> fitting(node.isNumber(), field, node).floatValue();
      case BIG_DECIMAL -> fitting(node.isNumber(), field, node).decimalValue();
      case BOOLEAN -> fitting(node.isBoolean(), field, node).booleanValue();
      case INSTANT -> instant(field, node);
      case SDK_BYTES -> bytes(field, node);
      case LIST -> list(Scalars.element(field), fitting(node.isArray(), field, node));
      case MAP -> map(Scalars.value(field), fitting(node.isObject(), field, node));
      case SDK_POJO -> decode(fitting(node.isObject(), field, node), field.constructor().get());
      default -> throw new IllegalStateException(field.locationName() + " is of an unread type");
    };
  }

  private static JsonNode fitting(boolean fits, SdkField<?> field, JsonNode node) {
    if (!fits) {
      throw misfit(field, node);
    }
    return node;
  }

  private static AwsFault misfit(SdkField<?> field, JsonNode node) {
    return new AwsFault(
        "SerializationException",
        400,
        field.locationName() + " cannot be " + node.getNodeType() + " " + node);
  }

  private static Instant instant(SdkField<?> field, JsonNode node) {
    try {
      return node.isTextual()
          ? Instant.parse(node.textValue())
          : Scalars.fromEpochSeconds(fitting(node.isNumber(), field, node).decimalValue());
    } catch (DateTimeException | ArithmeticException notATime) {
      throw misfit(field, node);
    }
  }

  private static SdkBytes bytes(SdkField<?> field, JsonNode node) {
    try {
      byte[] bytes = node.binaryValue();
      if (bytes != null) {
        return SdkBytes.fromByteArray(bytes);
      }
    } catch (IOException notBase64) {
      throw misfit(field, node);
    }
    throw misfit(field, node);
  }

  private static List<Object> list(SdkField<?> element, JsonNode array) {
    List<Object> values = new ArrayList<>(array.size());
    array.forEach(item -> values.add(value(element, item)));
    return values;
  }

  private static Map<String, Object> map(SdkField<?> valueField, JsonNode object) {
    Map<String, Object> values = new LinkedHashMap<>();
    object.properties().forEach(e -> values.put(e.getKey(), value(valueField, e.getValue())));
    return values;
  }
}
