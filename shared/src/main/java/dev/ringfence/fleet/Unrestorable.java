package dev.ringfence.fleet;

import java.util.Set;

/**
 * Why a machine cannot be brought back from a snapshot, or only with a loss. Such a machine is not
 * updated on the capability channel unless its policy names the reason in {@code
 * updateWithoutRestore}.
 */
public enum Unrestorable {
  HYBRID_NODE(
      Bars.BOTH,
      "It is a hybrid node: it has no EBS disks, so there is nothing to take a snapshot of."),
  INSTANCE_STORE_ROOT(Bars.BOTH, "Its root is on an instance store, which has no snapshots."),
  NO_RESTORE_POINT(Bars.BOTH, "It has no completed restore point that is older than the update."),
  BARE_METAL(
      Bars.REPLACEMENT, "It is bare metal: EC2 replaces the root volume of virtual machines only."),
  HIBERNATION(
      Bars.BOTH, "It may hibernate: after a restore its memory and its disk would not match."),
  SPOT(
      Bars.EXCHANGE,
      "It is a Spot machine: EC2 terminates it when it must start without its root volume."),
  STOP_PROTECTION(
      Bars.EXCHANGE, "Stopping it through the API is disabled, so its disks cannot be exchanged."),
  SHUTDOWN_TERMINATES(
      Bars.EXCHANGE, "It terminates when its system shuts down, and its disks may go with it."),
  PRODUCT_CODE(
      Bars.EXCHANGE,
      "Its root has a Marketplace code, which is lost when the volume is exchanged."),
  INSTANCE_STORE_DATA(
      Bars.EXCHANGE, "It has data on an instance store, which is lost when it is stopped."),
  AUTO_SCALING(
      Bars.EXCHANGE, "Its Auto Scaling group would terminate it when it is stopped for a restore.");

  /** Which of the two ways back a reason bars: EC2's replacement of a root, or our exchange. */
  private enum Bars {
    REPLACEMENT,
    EXCHANGE,
    BOTH
  }

  private final Bars bars;
  private final String sentence;

  Unrestorable(Bars bars, String sentence) {
    this.bars = bars;
    this.sentence = sentence;
  }

  /**
   * What keeps a machine from being restored: nothing while one of the two ways is open, since a
   * restore takes the other where EC2 refuses the first.
   *
   * @param known all that is known to stand in either way
   */
  public static Set<Unrestorable> obstacles(Set<Unrestorable> known) {
    boolean replaceable = known.stream().allMatch(reason -> reason.bars == Bars.EXCHANGE);
    boolean exchangeable = known.stream().allMatch(reason -> reason.bars == Bars.REPLACEMENT);
    return replaceable || exchangeable ? Set.of() : Set.copyOf(known);
  }

  /** The reason, as an operator reads it. */
  public String sentence() {
    return sentence;
  }
}
