package dev.ringfence.functions.record;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * How records are stored: JSON with one property for each record component, a {@code type} property
 * where the component's type is a sealed interface, ISO 8601 for times and durations, and nothing
 * for null. Whatever does not fit the record exactly is refused on reading, because an operation
 * that is half understood must not go on.
 *
 * <p>Every method throws {@link UncheckedIOException} when value and type do not fit.
 */
public final class Codec {
  /**
   * One for the process: it remembers how each type is read and written, which takes long to find
   * out, and what a rehearsal before a snapshot taught it must be known after the restore.
   */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new PolicyModule())
          .annotationIntrospector(new SealedTypes())
          // Only components are stored: what a record answers besides (isFinal, isOk) follows.
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The value as JSON text. */
  public <T> String write(Class<T> type, T value) {
    return text(MAPPER.constructType(type), value);
  }

  public <T> T read(Class<T> type, String json) {
    try {
      return MAPPER.readerFor(type).readValue(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("what is stored is no " + type.getSimpleName(), e);
    }
  }

  /** The list as one JSON array. */
  public <T> String writeList(Class<T> element, List<T> values) {
    return text(listOf(element), values);
  }

  public <T> List<T> readList(Class<T> element, String json) {
    try {
      List<T> values = MAPPER.readerFor(listOf(element)).readValue(json);
      return List.copyOf(values);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("what is stored is no list of " + element.getSimpleName(), e);
    }
  }

  /** The value as JSON in UTF-8. */
  public <T> byte[] bytes(Class<T> type, T value) {
    try {
      return MAPPER.writerFor(type).writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot store a " + type.getSimpleName(), e);
    }
  }

  public <T> T read(Class<T> type, byte[] json) {
    try {
      return MAPPER.readerFor(type).readValue(json);
    } catch (IOException e) {
      throw new UncheckedIOException("what is stored is no " + type.getSimpleName(), e);
    }
  }

  /** The value as JSON, made small for good: it is unpacked without anything else at hand. */
  public <T> byte[] pack(Class<T> type, T value) {
    return Packed.deflate(bytes(type, value), Scaffold.bytes());
  }

  public <T> T unpack(Class<T> type, byte[] packed) {
    return read(type, unpacked(packed));
  }

  /** The JSON of what was packed. */
  static byte[] unpacked(byte[] packed) {
    return Packed.isGzip(packed) ? Packed.gunzip(packed) : Packed.inflate(packed, Scaffold.bytes());
  }

  private JavaType listOf(Class<?> element) {
    return MAPPER.getTypeFactory().constructCollectionType(List.class, element);
  }

  private String text(JavaType type, Object value) {
    try {
      return MAPPER.writerFor(type).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot store a " + type.toCanonical(), e);
    }
  }
}
