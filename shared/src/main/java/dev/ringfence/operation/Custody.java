package dev.ringfence.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In whose hands a machine's root is.
 *
 * @param holder the operation that took it and did not give it back; null when there is none
 * @param over whether that operation is final, so that it will never touch the machine again
 * @param restored which operation restored it without being asked by a person, by the release it
 *     was restored from
 */
public record Custody(@Nullable String holder, boolean over, Map<String, String> restored) {
  /** Nobody ever took it. */
  public static final Custody NOBODY = new Custody(null, false, Map.of());

  public Custody {
    restored = Map.copyOf(restored);
  }

  /** Whether this operation may take it. */
  public boolean isFreeFor(String operation) {
    return holder == null || over || holder.equals(operation);
  }

  /** The operation whose hold does not count any more; null when there is none. */
  public @Nullable String left() {
    return over ? holder : null;
  }
}
