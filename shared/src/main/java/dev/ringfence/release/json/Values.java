package dev.ringfence.release.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object, by name. Immutable; equal when all members are equal. A value gets in
 * only together with its {@link Key}, so that what comes out has the key's type.
 */
public final class Values {
  private static final Values NONE = new Values(Map.of());

  private final Map<String, Object> byName;

  private Values(Map<String, Object> byName) {
    this.byName = byName;
  }

  public static Values none() {
    return NONE;
  }

  public <V> Values with(Key<V> key, V value) {
    Map<String, Object> next = new LinkedHashMap<>(byName);
    next.put(key.name(), value);
    return new Values(Collections.unmodifiableMap(next));
  }

  /** The value; it is a bug to ask for one that may be absent. */
  public <V> V get(Key<V> key) {
    V value = orNull(key);
    if (value == null) {
      throw new IllegalStateException("no value for " + key.name());
    }
    return value;
  }

  @SuppressWarnings("unchecked") // with() stored it under the key of this very type
  public <V> @Nullable V orNull(Key<V> key) {
    return (V) byName.get(key.name());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Values values && byName.equals(values.byName);
  }

  @Override
  public int hashCode() {
    return byName.hashCode();
  }

  @Override
  public String toString() {
    return byName.toString();
  }
}
