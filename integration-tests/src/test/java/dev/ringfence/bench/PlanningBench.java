package dev.ringfence.bench;

import dev.ringfence.fleet.Machine;
import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.plane.ReleaseEvents;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.rollout.Admission;
import dev.ringfence.rollout.Planner;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutPhase;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** How long the planner takes for the largest fleet, and what the plan weighs. */
final class PlanningBench {
  private static final int MACHINES = 100_000;

  /** What a beat can spend on planning beside its reads. */
  private static final int BOUND_MILLIS = 1_000;

  /** What a function of common size has to spare beside the fleet itself. */
  private static final int BOUND_MEGABYTES = 256;

  private static final int WARM_UPS = 3;
  private static final int REPEATS = 9;

  /** As in the lab: ten machines stand in for each other. */
  private static final int GROUP_SIZE = 10;

  private static final List<String> PLATFORMS =
      List.of("Microsoft Windows Server 2022", "Amazon Linux 2023", "Ubuntu 24.04");
  private static final List<String> FAMILIES = List.of("m5", "m6i", "c5", "r6i", "t3", "m7g");
  private static final List<String> AGENTS = List.of("3.3.40.0", "3.3.987.0");

  private PlanningBench() {}

  static void print(PrintStream out) {
    Rollout rollout = rollout();
    List<Machine> fleet = fleet();
    for (int i = 0; i < WARM_UPS; i++) {
      Planner.plan(rollout, fleet, Admission.OF_ALL);
    }
    List<Double> millis = new ArrayList<>();
    List<Double> processorMillis = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      double processor = Samples.processorMillis();
      Planner.plan(rollout, fleet, Admission.OF_ALL);
      processorMillis.add(Samples.processorMillis() - processor);
      millis.add(Samples.millisSince(start));
    }
    double before = Samples.heapMegabytes();
    Planner.Planned planned = Planner.plan(rollout, fleet, Admission.OF_ALL);
    double weight = Samples.heapMegabytes() - before;
    out.printf(
        Locale.ROOT,
        "%n1. Planning %,d machines: %d planned, %d rings, %,d batches; median of %d after %d%n",
        fleet.size(),
        planned.plan().machines(),
        planned.plan().rings().size(),
        planned.batches().size(),
        REPEATS,
        WARM_UPS);
    out.printf(Locale.ROOT, "  %-34s %10s %10s%n", "", "measured", "bound");
    out.printf(Locale.ROOT, "  %-34s %10.0f %10d%n", "ms", Samples.median(millis), BOUND_MILLIS);
    out.printf(
        Locale.ROOT, "  %-34s %10.0f%n", "ms of a processor", Samples.median(processorMillis));
    out.printf(
        Locale.ROOT, "  %-34s %10.1f %10d%n", "MB of plan and batches", weight, BOUND_MEGABYTES);
  }

  private static Rollout rollout() {
    FleetSpec spec = FleetSpec.of(GROUP_SIZE, Ground.SEED);
    Instant start = spec.start();
    SimulatedCloud cloud = new SimulatedCloud(spec, new VirtualClock(start), new Services());
    Release release = ReleaseEvents.release(cloud, Ground.PRODUCT, Ground.VERSION, Channel.CONTENT);
    return new Rollout(
        "falcon-bench",
        "0123456789ab",
        start,
        release,
        release.document().sha256(),
        Map.of(FleetSpec.PRODUCT_TAG, List.of(Ground.PRODUCT)),
        Ground.content(),
        null,
        null,
        new RolloutPhase.Queued(start, "its first beat"),
        List.of(),
        null);
  }

  private static List<Machine> fleet() {
    SplittableRandom random = new SplittableRandom(Ground.SEED);
    String group = Ground.content().group();
    List<Machine> fleet = new ArrayList<>(MACHINES);
    for (int i = 0; i < MACHINES; i++) {
      fleet.add(
          new Machine(
              String.format(Locale.ROOT, "i-%017x", i),
              Account.ZONES.get(i % Account.ZONES.size()),
              any(PLATFORMS, random),
              any(FAMILIES, random),
              any(AGENTS, random),
              Map.of(FleetSpec.PRODUCT_TAG, Ground.PRODUCT, group, "group-" + i / GROUP_SIZE),
              String.format(Locale.ROOT, "vol-%017x", i),
              true,
              Set.of()));
    }
    return fleet;
  }

  private static String any(List<String> choices, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
