package dev.ringfence.bench;

import dev.ringfence.lab.wire.CallMeter;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Remembers when an operation was first called, and what had been called until then. */
final class FirstCall implements WireTap {
  private final String operation;
  private final SortedMap<String, Long> before;
  private final CallMeter meter;
  private final long start = System.nanoTime();
  private final SortedMap<String, Long> calls = new TreeMap<>();
  private double millis;

  /**
   * Starts the watch.
   *
   * @param operation such as {@code ssm.SendCommand}
   * @param meter must sit on the wire before this tap
   */
  FirstCall(String operation, CallMeter meter) {
    this.operation = operation;
    this.meter = meter;
    this.before = meter.calls();
  }

  @Override
  public void before(WireCall call) {
    if (calls.isEmpty() && call.name().equals(operation)) {
      millis = Samples.millisSince(start);
      meter
          .calls()
          .forEach((name, count) -> {
            long since = count - before.getOrDefault(name, 0L);
            if (since > 0) {
              calls.put(name, since);
            }
          });
    }
  }

  boolean seen() {
    return !calls.isEmpty();
  }

  /** Calls by operation since the watch was started, the awaited one included. */
  SortedMap<String, Long> calls() {
    return calls;
  }

  double millis() {
    return millis;
  }
}
