package dev.ringfence.lab.judge;

import dev.ringfence.engine.Store;
import dev.ringfence.lab.cloud.SimulatedCloud;
import java.util.List;

/** The ten promises of Ringfence, each judged by ground truth once a run has ended. */
public final class Promises {
  private Promises() {}

  /** One promise. */
  interface Promise {
    Verdict judge(Run run);
  }

  private static final List<Promise> ALL =
      List.of(
          new NoSilentPass(),
          new WayBackFirst(),
          new NeverTooMany(),
          new HaltForGood(),
          new NothingTwice(),
          new EverythingEnds(),
          new AllOnRecord(),
          new BadInputChangesNothing(),
          new DrillsApart(),
          new AtRest());

  /**
   * Judges a run.
   *
   * @param store as it was written to; what is loaded from it is what the control plane knows
   * @param file what was observed, from the run's beginning
   * @return one verdict a promise, in their order
   */
  public static List<Verdict> judge(SimulatedCloud cloud, Store store, CaseFile file) {
    // The judge's own questions must not be turned away, nor cost the system that is judged.
    cloud.throttles().switchOff();
    Run run = new Run(cloud, store, file);
    return ALL.stream().map(promise -> promise.judge(run)).toList();
  }
}
