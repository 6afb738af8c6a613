package dev.ringfence.drills;

import dev.ringfence.lab.clock.FunctionKilled;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/** Spoils one of the calls of a drill. */
final class Mishap implements WireTap {
  /** What goes wrong. */
  enum Kind {
    NONE,
    DIES_BEFORE,
    DIES_AFTER,
    /** The call takes effect, and neither it nor the SDK's own retries are answered. */
    ANSWERS_LOST
  }

  /** One call and the SDK's two retries of it. */
  private static final int ATTEMPTS = 3;

  private final Kind kind;
  private final int at;
  private final List<String> calls = new ArrayList<>();
  private boolean begun;
  private int lost;

  /**
   * @param at at which call, counted from 0 since the drill began
   */
  Mishap(Kind kind, int at) {
    this.kind = kind;
    this.at = at;
  }

  static Mishap none() {
    return new Mishap(Kind.NONE, -1);
  }

  void begin() {
    begun = true;
  }

  /** The names of the calls since the drill began. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void before(WireCall call) {
    if (begun) {
      calls.add(call.name());
      if (kind == Kind.DIES_BEFORE && isNow()) {
        throw new FunctionKilled("before " + call.name());
      }
    }
  }

  @Override
  public void after(WireCall call) throws InterruptedIOException {
    if (!begun) {
      return;
    }
    if (kind == Kind.DIES_AFTER && isNow()) {
      throw new FunctionKilled("after " + call.name());
    }
    boolean retried = lost > 0 && lost < ATTEMPTS && call.name().equals(calls.get(at));
    if (kind == Kind.ANSWERS_LOST && (isNow() || retried)) {
      lost++;
      throw new InterruptedIOException("the answer of " + call.name() + " was lost");
    }
  }

  private boolean isNow() {
    return calls.size() - 1 == at;
  }
}
