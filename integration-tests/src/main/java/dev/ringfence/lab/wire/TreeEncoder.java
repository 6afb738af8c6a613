package dev.ringfence.lab.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Writes an SDK answer field by field; the generator decides whether as JSON or as CBOR. */
final class TreeEncoder {
  /** How a protocol writes a time. */
  @FunctionalInterface
  interface TimeWriter {
    void write(JsonGenerator out, SdkField<?> field, Instant time) throws IOException;
  }

  private final JsonGenerator out;
  private final TimeWriter times;

  TreeEncoder(JsonGenerator out, TimeWriter times) {
    this.out = out;
    this.times = times;
  }

  void structure(SdkPojo pojo) throws IOException {
    out.writeStartObject();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null && !Scalars.isUnset(value)) {
        out.writeFieldName(field.locationName());
        value(field, value);
      }
    }
    out.writeEndObject();
  }

  private void value(SdkField<?> field, Object value) throws IOException {
    switch (value) {
      case String text -> out.writeString(text);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Float number -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(number);
      case Boolean truth -> out.writeBoolean(truth);
      case Instant time -> times.write(out, field, time);
      case SdkBytes bytes -> out.writeBinary(bytes.asByteArrayUnsafe());
      case SdkPojo pojo -> structure(pojo);
      case List<?> list -> list(Scalars.element(field), list);
      case Map<?, ?> map -> map(Scalars.value(field), map);
      default ->
          throw new IllegalStateException(
              field.locationName() + " is of a class that is never sent: " + value.getClass());
    }
  }

  private void list(SdkField<?> element, List<?> values) throws IOException {
    out.writeStartArray();
    for (Object value : values) {
      value(element, value);
    }
    out.writeEndArray();
  }

  private void map(SdkField<?> valueField, Map<?, ?> values) throws IOException {
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      out.writeFieldName(entry.getKey().toString());
      value(valueField, entry.getValue());
    }
    out.writeEndObject();
  }
}
