package dev.ringfence.operation;

import java.util.Set;

/**
 * The part of an operation that is read and written at every beat: small, whatever the fleet's
 * size.
 */
public interface Head {
  /**
   * Also the name of the operation's Step Functions execution, so at most 80 characters of
   * [A-Za-z0-9_-].
   */
  String id();

  Kind kind();

  /** The phase's name as an operator reads it. */
  String phaseName();

  /** Whether nothing is left to do, so that the clock may stop. */
  boolean isFinal();

  /** The alarms whose change halts it. */
  Set<String> alarms();

  /** The three kinds of operation. */
  enum Kind {
    ROLLOUT,
    RESTORE,
    DRILL
  }
}
