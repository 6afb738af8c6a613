package dev.ringfence.operation;

/** Why a drill failed. */
public enum DrillFailure {
  NO_MACHINE(false, "the machine is not there, or has no EBS root that could be restored"),
  NO_IMAGE(false, "the image that the machine was launched from is gone"),
  NO_CAPACITY(false, "EC2 had no capacity for a clone"),
  NO_RESTORE_POINT(false, "there is no completed snapshot, and none could be taken in time"),
  NOT_LAUNCHED(false, "EC2 refused the clone or it never ran"),
  NOT_SWAPPED(true, "the clone's root could not be exchanged for the restore point"),
  DID_NOT_BOOT(true, "the restored clone showed no life in time"),
  /** The tag knows what the fleet had; the machine may have missed it or gone past it. */
  WRONG_VERSION(
      false, "the restored clone lived and runs another version than the fleet had at that time"),
  NOT_ASKED(false, "the restored clone lived and could not be asked what it runs"),
  GIVEN_UP(false, "the drill was stopped or ran out of time");

  private final boolean refutes;
  private final String sentence;

  DrillFailure(boolean refutes, String sentence) {
    this.refutes = refutes;
    this.sentence = sentence;
  }

  /**
   * Whether it says that the restore itself does not work, so that an older proof is worth nothing
   * any more; otherwise it proved nothing, and the older proof only grows older.
   */
  public boolean refutes() {
    return refutes;
  }

  /** The reason, as an operator reads it. */
  public String sentence() {
    return sentence;
  }
}
