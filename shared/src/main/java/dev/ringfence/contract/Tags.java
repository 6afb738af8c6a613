package dev.ringfence.contract;

/** Tags on what is made in an account: adapters set and look for them, roles are bound to them. */
public final class Tags {
  /**
   * On everything that a drill makes; its value names the rehearsal. What does not carry it is
   * never terminated or deleted by a drill or by the janitor.
   */
  public static final String DRILL = "ringfence:drill";

  /** The operation that made it. */
  public static final String OPERATION = "ringfence:operation";

  /** The machine that it was made for or of. */
  public static final String MACHINE = "ringfence:machine";

  private Tags() {}
}
