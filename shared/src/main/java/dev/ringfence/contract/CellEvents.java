package dev.ringfence.contract;

/**
 * What a cell tells the world on its own bus, so that people hear of it and other cells can follow.
 *
 * <p>Each event's detail has {@code operation} (the id), {@code product}, {@code version} (empty
 * for a drill) and {@code message} (one or two sentences for a person, which is what the topic
 * sends on), and what else its type needs. Events are a courtesy: the table is the truth.
 */
public final class CellEvents {
  /** The {@code source} of everything that a cell says. */
  public static final String SOURCE = "ringfence";

  /** Every ring has the release. A cell that comes next in a chain may begin. */
  public static final String ROLLOUT_SUCCEEDED = "Rollout Succeeded";

  /** Harm or missing evidence stopped the rollout; the version is quarantined. */
  public static final String ROLLOUT_HALTED = "Rollout Halted";

  /** Hurt machines are being brought back. */
  public static final String RESTORE_STARTED = "Restore Started";

  /** No machine of a restore is under way any more. */
  public static final String RESTORE_ENDED = "Restore Ended";

  /** Something cannot be decided without a person. */
  public static final String PERSON_NEEDED = "Person Needed";

  /** A machine's way back was tried and did not work. */
  public static final String DRILL_FAILED = "Drill Failed";

  /** The field of the detail that is written for people. */
  public static final String MESSAGE = "message";

  private CellEvents() {}
}
