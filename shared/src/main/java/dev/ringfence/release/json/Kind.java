package dev.ringfence.release.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What a JSON value may be, and how it becomes one of our values and back. */
public interface Kind<T> {
  /**
   * Reads a value. Never throws because of what {@code node} holds.
   *
   * @return null exactly when at least one problem was added
   */
  @Nullable T read(JsonNode node, String path, Problems problems);

  /** The JSON from which {@link #read} gives an equal value. */
  JsonNode write(T value);

  /** The JSON Schema (2020-12) of the value, without limits that take two fields to state. */
  ObjectNode schema();

  /** A few words for a table of reference, for example {@code duration}. */
  String label();
}
