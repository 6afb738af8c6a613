package dev.ringfence.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints the benchmarks' tables:
 *
 * <pre>
 * mvn -q -Pbench process-test-classes
 * mvn -q -Pbench process-test-classes -Dmachines=10000
 * </pre>
 *
 * <p>No number in here makes a build fail. The line about the load says how far the times may be
 * trusted; calls, units and heap do not depend on it.
 */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Measures and prints.
   *
   * @param args the sizes of the fleets to roll out to, in one argument with commas between
   */
  public static void main(String[] args) throws IOException {
    List<Integer> fleets =
        Stream.of(args[0].split(",", -1)).map(String::trim).map(Integer::valueOf).toList();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    load(out);
    PlanningBench.print(out);
    ReactionBench.print(out);
    RolloutBench.print(out, fleets);
    load(out);
  }

  private static void load(PrintStream out) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    out.printf(
        Locale.ROOT,
        "%nLoad average %.1f on %d processors, Java %s, seed %d%n",
        system.getSystemLoadAverage(),
        system.getAvailableProcessors(),
        Runtime.version(),
        Ground.SEED);
  }
}
