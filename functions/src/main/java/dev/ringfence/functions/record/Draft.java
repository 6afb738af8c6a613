package dev.ringfence.functions.record;

import dev.ringfence.contract.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.mapper.ImmutableAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;

/**
 * An item on its way to becoming a record: the Enhanced Client sets one attribute after the other,
 * a record wants them all at once.
 */
final class Draft {
  private final Map<String, Object> values = new HashMap<>();

  void set(String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  <V> @Nullable V get(String name, Class<V> type) {
    Object value = values.get(name);
    return value == null ? null : type.cast(value);
  }

  <V> V need(String name, Class<V> type) {
    V value = get(name, type);
    if (value == null) {
      throw new IllegalStateException("a stored item has no attribute " + name);
    }
    return value;
  }

  @Nullable String text(String name) {
    return get(name, String.class);
  }

  List<Integer> numbers(String name) {
    List<?> list = need(name, List.class);
    return list.stream().map(Integer.class::cast).toList();
  }

  List<String> texts(String name) {
    List<?> list = need(name, List.class);
    return list.stream().map(String.class::cast).toList();
  }

  String pk() {
    return need(Tables.PARTITION_KEY, String.class);
  }

  String sk() {
    return need(Tables.SORT_KEY, String.class);
  }

  /** A schema with the two keys; the other attributes are added by whoever asks. */
  static <R> StaticImmutableTableSchema.Builder<R, Draft> schema(
      Class<R> row, Function<Draft, R> read, Function<R, String> pk, Function<R, String> sk) {
    return StaticImmutableTableSchema.builder(row, Draft.class)
        .newItemBuilder(Draft::new, read)
        .addAttribute(
            String.class,
            a ->
                a.name(Tables.PARTITION_KEY)
                    .getter(pk)
                    .setter((draft, v) -> draft.set(Tables.PARTITION_KEY, v))
                    .tags(StaticAttributeTags.primaryPartitionKey()))
        .addAttribute(
            String.class,
            a ->
                a.name(Tables.SORT_KEY)
                    .getter(sk)
                    .setter((draft, v) -> draft.set(Tables.SORT_KEY, v))
                    .tags(StaticAttributeTags.primarySortKey()));
  }

  static <R, V> ImmutableAttribute<R, Draft, V> column(
      Class<R> row, String name, EnhancedType<V> type, Function<R, @Nullable V> getter) {
    return ImmutableAttribute.builder(EnhancedType.of(row), EnhancedType.of(Draft.class), type)
        .name(name)
        .getter(getter)
        .setter((draft, value) -> draft.set(name, value))
        .build();
  }

  static <R> ImmutableAttribute<R, Draft, String> column(
      Class<R> row, String name, Function<R, @Nullable String> getter) {
    return column(row, name, EnhancedType.of(String.class), getter);
  }
}
