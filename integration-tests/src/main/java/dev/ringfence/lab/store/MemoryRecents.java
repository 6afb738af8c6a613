package dev.ringfence.lab.store;

import dev.ringfence.engine.Store;
import dev.ringfence.operation.Head;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What goes on and what ended lately in a {@link MemoryStore}, which guards it from two threads.
 */
final class MemoryRecents {
  private final Map<Head.Kind, TreeSet<String>> open = new EnumMap<>(Head.Kind.class);
  private final Map<Head.Kind, TreeMap<String, Instant>> ended = new EnumMap<>(Head.Kind.class);

  void created(Head.Kind kind, String id) {
    open.computeIfAbsent(kind, k -> new TreeSet<>()).add(id);
  }

  void ended(Head.Kind kind, String id, Instant at) {
    if (!open.getOrDefault(kind, new TreeSet<>()).remove(id)) {
      return;
    }
    TreeMap<String, Instant> all = ended.computeIfAbsent(kind, k -> new TreeMap<>());
    all.put(id, at);
    newestFirst(all).stream().skip(Store.ENDED_KEPT).forEach(all::remove);
  }

  /** Those that go on, and then those that ended, the newest first. */
  List<String> of(Head.Kind kind) {
    List<String> ids = new ArrayList<>(open.getOrDefault(kind, new TreeSet<>()));
    ids.addAll(newestFirst(ended.getOrDefault(kind, new TreeMap<>())));
    return ids;
  }

  private static List<String> newestFirst(Map<String, Instant> all) {
    return all.entrySet().stream()
        .sorted(
            Map.Entry.<String, Instant>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .map(Map.Entry::getKey)
        .toList();
  }
}
