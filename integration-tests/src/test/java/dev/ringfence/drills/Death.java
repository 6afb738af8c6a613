package dev.ringfence.drills;

import dev.ringfence.lab.clock.FunctionKilled;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import java.util.ArrayList;
import java.util.List;

/** Kills the function once, right before or right after one of its calls. */
final class Death implements WireTap {
  private final int at;
  private final boolean after;
  private final List<String> calls = new ArrayList<>();
  private boolean begun;

  /**
   * @param at at which call, counted from 0 since the drill began; -1 for none
   * @param after whether the call takes effect before
   */
  Death(int at, boolean after) {
    this.at = at;
    this.after = after;
  }

  static Death none() {
    return new Death(-1, false);
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
      if (!after && calls.size() - 1 == at) {
        throw new FunctionKilled("before " + call.name());
      }
    }
  }

  @Override
  public void after(WireCall call) {
    if (begun && after && calls.size() - 1 == at) {
      throw new FunctionKilled("after " + call.name());
    }
  }
}
