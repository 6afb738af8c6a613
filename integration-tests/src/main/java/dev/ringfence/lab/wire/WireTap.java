package dev.ringfence.lab.wire;

import java.io.IOException;

/**
 * Sits on the wire and may spoil it. Taps are asked in the order in which they were added, so a
 * counting tap added first also counts what a later one spoils.
 */
public interface WireTap {
  /**
   * Before the effect.
   *
   * @throws AwsFault to refuse the call, for instance a throttle
   * @throws IOException to lose the request: it never arrived and nothing happened
   */
  default void before(WireCall call) throws IOException {}

  /**
   * After the effect and before the caller hears of it.
   *
   * @throws AwsFault to answer an error although the effect took place
   * @throws IOException to lose the answer although the effect took place
   */
  default void after(WireCall call) throws IOException {}

  /** When the operation refused; a refusal by a tap is not reported. */
  default void refused(WireCall call, AwsFault fault) {}
}
