package dev.ringfence.functions.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The part items of a few operations as this process last read or wrote them, so that a commit need
 * not read again what it tells its changes against. What belongs to a version never changes, so
 * nothing here can be out of date: it is of the version that was asked for, or it is not found.
 */
final class Memory {
  /**
   * One process serves a beat at a time and few operations in turn; packed parts of 50,000 machines
   * take 3 MB.
   */
  private static final int OPERATIONS_MAX = 4;

  private final Map<String, Kept> byId = new LinkedHashMap<>();

  synchronized Optional<Kept> at(String id, long version) {
    return Optional.ofNullable(byId.get(id)).filter(kept -> kept.version() == version);
  }

  /** Takes the place of what was known of that operation, and of the one longest unheard of. */
  synchronized void keep(String id, Kept kept) {
    byId.remove(id);
    byId.put(id, kept);
    if (byId.size() > OPERATIONS_MAX) {
      byId.remove(byId.keySet().iterator().next());
    }
  }
}
