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

  /** The product and the version because of which it was made. */
  public static final String RELEASE = "ringfence:release";

  /** Until when it is kept, as an instant such as {@code 2026-11-03T12:00:00Z}. */
  public static final String EXPIRES = "ringfence:expires";

  /**
   * What a snapshot holds as far as it is known, as product, channel and version with spaces
   * between them.
   */
  public static final String HOLDS = "ringfence:holds";

  /** What a set of snapshots achieved: {@code crash}, {@code file-system}, {@code application}. */
  public static final String CONSISTENCY = "ringfence:consistency";

  private Tags() {}
}
