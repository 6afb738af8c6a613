package dev.ringfence.engine;

/** A function dies here: its memory is gone, what it wrote is not. */
final class Killed extends Error {
  private static final long serialVersionUID = 1;

  Killed(String where) {
    super(where);
  }
}
