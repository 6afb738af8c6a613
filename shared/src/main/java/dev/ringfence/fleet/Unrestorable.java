package dev.ringfence.fleet;

/**
 * Why a machine cannot be brought back from a snapshot, or only with a loss. Such a machine is not
 * updated on the capability channel unless its policy names the reason in {@code
 * updateWithoutRestore}.
 */
public enum Unrestorable {
  HYBRID_NODE(
      "It is a hybrid node: it has no EBS disks, so there is nothing to take a snapshot of."),
  INSTANCE_STORE_ROOT("Its root is on an instance store, which has no snapshots."),
  NO_RESTORE_POINT("It has no completed restore point that is older than the update."),
  BARE_METAL("It is bare metal: EC2 replaces the root volume of virtual machines only."),
  HIBERNATION("It may hibernate: after a restore its memory and its disk would not match."),
  SPOT("It is a Spot machine: EC2 terminates it when it must start without its root volume."),
  STOP_PROTECTION("Stopping it through the API is disabled, so its disks cannot be exchanged."),
  SHUTDOWN_TERMINATES("It terminates when its system shuts down, and its disks may go with it."),
  PRODUCT_CODE("Its root has a Marketplace code, which is lost when the volume is exchanged."),
  INSTANCE_STORE_DATA("It has data on an instance store, which is lost when it is stopped."),
  AUTO_SCALING("Its Auto Scaling group would terminate it when it is stopped for a restore.");

  private final String sentence;

  Unrestorable(String sentence) {
    this.sentence = sentence;
  }

  /** The reason, as an operator reads it. */
  public String sentence() {
    return sentence;
  }
}
