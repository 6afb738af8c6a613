package dev.ringfence.functions.beat;

/**
 * The clock called with something that is no tick of its definition. The definition names this
 * class: it would be the same at every try, so the clock stops at once.
 */
public final class UnreadableTick extends RuntimeException {
  UnreadableTick(String what) {
    super(what);
  }
}
