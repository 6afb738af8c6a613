package dev.ringfence.release.json;

import org.jspecify.annotations.Nullable;

/**
 * One member of a {@link Shape}.
 *
 * @param <T> the object's type
 * @param <V> the member's type
 * @param fallback the value when the member is absent; null means required or optional
 * @param follows name of an earlier member whose value is taken when this one is absent
 * @param sentence what the member does, for the schema and the reference
 * @param getter takes the member out of the object, to write it; null when it has none
 */
public record Member<T, V>(
    String name,
    Kind<V> kind,
    boolean required,
    @Nullable V fallback,
    @Nullable String follows,
    String sentence,
    Getter<T, V> getter)
    implements Key<V> {

  /** Takes one member out of an object. */
  @FunctionalInterface
  public interface Getter<T, V> {
    @Nullable V from(T object);
  }

  public static <T, V> Member<T, V> required(
      String name, Kind<V> kind, String sentence, Getter<T, V> getter) {
    return new Member<>(name, kind, true, null, null, sentence, getter);
  }

  public static <T, V> Member<T, V> optional(
      String name, Kind<V> kind, String sentence, Getter<T, V> getter) {
    return new Member<>(name, kind, false, null, null, sentence, getter);
  }

  public static <T, V> Member<T, V> withDefault(
      String name, Kind<V> kind, V fallback, String sentence, Getter<T, V> getter) {
    return new Member<>(name, kind, false, fallback, null, sentence, getter);
  }

  /** This member, taking an earlier member's value when it is absent. */
  public Member<T, V> following(String earlier) {
    return new Member<>(name, kind, required, fallback, earlier, sentence, getter);
  }
}
