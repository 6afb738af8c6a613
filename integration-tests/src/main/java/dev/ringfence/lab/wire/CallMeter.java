package dev.ringfence.lab.wire;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts calls per operation, retries included, as AWS bills and throttles them. To also count what
 * other taps spoil it must be added before them.
 */
public final class CallMeter implements WireTap {
  private final TreeMap<String, Long> calls = new TreeMap<>();

  @Override
  public void before(WireCall call) {
    calls.merge(call.name(), 1L, Long::sum);
  }

  /** Calls by {@code service.Operation}, in alphabetical order; a copy. */
  public SortedMap<String, Long> calls() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(calls));
  }

  public long total() {
    return calls.values().stream().mapToLong(Long::longValue).sum();
  }
}
