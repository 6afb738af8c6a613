package dev.ringfence.bench;

import java.lang.management.ManagementFactory;
import java.util.List;

/** What samples come to, and how much of the heap is in use. */
final class Samples {
  static final double NANOS_PER_MILLI = 1e6;
  static final double BYTES_PER_MEGABYTE = 1 << 20;

  /** The first collection may leave what it only then found to be reclaimable. */
  private static final int COLLECTIONS = 3;

  private Samples() {}

  /** The middle one; of an even number the upper of the two in the middle. */
  static double median(List<Double> samples) {
    return samples.stream().sorted().toList().get(samples.size() / 2);
  }

  static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS_PER_MILLI;
  }

  /** What this thread had of a processor so far; on a loaded machine it says more than a watch. */
  static double processorMillis() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / NANOS_PER_MILLI;
  }

  /** Megabytes of the heap that are still in use after a collection. */
  static double heapMegabytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / BYTES_PER_MEGABYTE;
  }
}
