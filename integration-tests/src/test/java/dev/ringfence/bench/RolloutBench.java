package dev.ringfence.bench;

import dev.ringfence.functions.record.Units;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.operation.Operation;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutCourse;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** A healthy content roll-out from its release to its end: speed, calls, table units, heap. */
final class RolloutBench {
  private static final int WARM_UP_MACHINES = 200;

  /** Up to this size a run is short enough to be repeated. */
  private static final int REPEATED_UP_TO = 1_000;

  private static final int REPEATS = 3;

  /** What a machine's whole roll-out may cost in write units, its share of its batch included. */
  private static final int TARGET_WRITES = 2;

  /**
   * The fewest calls per machine that the work can be done with when every call is full. The sizes
   * are the API references': 50 ids a SendCommand, 50 a DescribeInstanceInformation, 50 a page of
   * ListCommandInvocations, 100 ids a DescribeInstanceStatus, 1,000 a page of DescribeInstances,
   * 200 values a filter of DescribeSnapshots. Reads are counted once where they must be made at
   * least once; whoever looks again, to see harm early, pays more.
   */
  private static final Map<String, Double> BOUNDS =
      Map.of(
          "ssm.SendCommand", 2.0 / 50,
          "ssm.ListCommandInvocations", 2.0 / 50,
          "ssm.DescribeInstanceInformation", 1.0 / 50,
          "ec2.DescribeInstanceStatus", 1.0 / 100,
          "ec2.DescribeInstances", 1.0 / 1000,
          "ec2.DescribeSnapshots", 1.0 / 200);

  private RolloutBench() {}

  /**
   * What one run came to.
   *
   * @param millis of real time, from the release to the roll-out's end
   * @param lasted the same in the lab's time
   * @param heap megabytes in use at the end, the simulated cloud and the table included
   */
  private record Run(
      Operation<Rollout, Batch> rollout,
      double millis,
      Duration lasted,
      SortedMap<String, Long> calls,
      Units.Tally units,
      double heap) {
    int machines() {
      return rollout.parts().stream().mapToInt(batch -> batch.members().size()).sum();
    }
  }

  static void print(PrintStream out, List<Integer> fleets) throws IOException {
    run(WARM_UP_MACHINES);
    for (int machines : fleets) {
      int repeats = machines <= REPEATED_UP_TO ? REPEATS : 1;
      List<Double> millis = new ArrayList<>();
      Run run = run(machines);
      millis.add(run.millis());
      for (int i = 1; i < repeats; i++) {
        millis.add(run(machines).millis());
      }
      print(out, machines, run, millis);
    }
  }

  private static Run run(int machines) throws IOException {
    Set<String> over = new HashSet<>();
    try (Lab lab =
        Ground.open(
            machines,
            beat -> {
              if (beat.over()) {
                over.add(beat.id());
              }
            })) {
      Instant published = lab.clock().instant();
      String event = Ground.event(lab);
      Units.Tally before = lab.units().tally();
      long start = System.nanoTime();
      String id = Ground.publish(lab, event);
      while (!over.contains(id) && lab.clock().step()) {
        // Each step is one thing that happens.
      }
      double millis = Samples.millisSince(start);
      Duration lasted = Duration.between(published, lab.clock().instant());
      Units.Tally units = lab.units().tally().minus(before);
      SortedMap<String, Long> calls = lab.calls().calls();
      double heap = Samples.heapMegabytes();
      Operation<Rollout, Batch> rollout = lab.look().load(RolloutCourse.FORM, id).orElseThrow();
      return new Run(rollout, millis, lasted, calls, units, heap);
    }
  }

  private static void print(PrintStream out, int machines, Run run, List<Double> millis) {
    double planned = run.machines();
    double median = Samples.median(millis);
    out.printf(
        Locale.ROOT,
        "%n3. A content roll-out to %,d machines (%,d planned) ended %s after %d h of the lab's"
            + " time; median of %d%n",
        machines,
        run.machines(),
        run.rollout().head().phaseName(),
        run.lasted().toHours(),
        millis.size());
    line(out, "real seconds", median / 1000);
    line(out, "machines per real second", planned * 1000 / median);
    line(out, "MB of heap, cloud and table included", run.heap());
    out.printf(Locale.ROOT, "  %-36s %12s %12s%n", "per machine", "measured", "lower bound");
    run.calls()
        .forEach((operation, calls) -> {
          Double bound = BOUNDS.get(operation);
          out.printf(
              Locale.ROOT,
              "  %-36s %12.4f %12s%n",
              operation,
              calls / planned,
              bound == null ? "" : String.format(Locale.ROOT, "%.4f", bound));
        });
    line(out, "DynamoDB read units", run.units().readUnits() / planned);
    out.printf(
        Locale.ROOT,
        "  %-36s %12.4f   target <= %d%n",
        "DynamoDB write units",
        run.units().writeUnits() / planned,
        TARGET_WRITES);
  }

  private static void line(PrintStream out, String what, double value) {
    out.printf(Locale.ROOT, "  %-36s %12.4f%n", what, value);
  }
}
