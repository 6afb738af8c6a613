package dev.ringfence.lab.clock;

/**
 * The function's process died. Thrown anywhere below a function, for instance by a tap on the wire
 * in the middle of its work, it ends the invocation: being an Error, no handler takes it for a
 * failed call and carries on.
 */
public final class FunctionKilled extends Error {
  public FunctionKilled(String where) {
    super("Killed " + where);
  }
}
