package dev.ringfence.rollout;

import dev.ringfence.fleet.Machine;
import dev.ringfence.operation.Sending;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a machine is made to hold still, and whether it does. While {@code freeze} is there and not
 * over, a thaw is owed to it, in whatever phase the machine or the rollout is.
 *
 * @param freeze the newest freeze; null when there was none, or all of it is over and told
 */
public record Stillness(Means means, @Nullable Freeze freeze) {
  /** By what a machine's snapshots can be more than crash-consistent. */
  public enum Means {
    /** Windows makes them itself through its Volume Shadow Copy Service. */
    SHADOWS,
    /** Commands on the machine before and after. */
    COMMANDS
  }

  /**
   * One freeze.
   *
   * @param hold the command that brings it to rest
   * @param release the newest command that lets it go; null before the first
   * @param releases how many of them there were
   * @param end how it ended; null while it may be frozen
   */
  public record Freeze(Sending hold, @Nullable Sending release, int releases, @Nullable End end) {
    boolean isOver() {
      return end != null;
    }

    Freeze withHold(Sending next) {
      return new Freeze(next, release, releases, end);
    }

    Freeze withRelease(Sending next) {
      return new Freeze(hold, next, releases, end);
    }

    Freeze releasing(Sending next) {
      return new Freeze(hold, next, releases + 1, end);
    }

    Freeze ended(End how) {
      return new Freeze(hold, release, releases, how);
    }
  }

  /** How a freeze ended. */
  public enum End {
    /** It held until the thaw. */
    HELD,
    /** It had ended before the thaw, or never was. */
    NOT_HELD,
    /** The machine did not say; its own timer has run out. */
    UNKNOWN
  }

  /** For machines of a system, in Systems Manager's words. */
  static Stillness of(Machine machine) {
    boolean windows = machine.platform().toLowerCase(Locale.ROOT).contains("windows");
    return new Stillness(windows ? Means.SHADOWS : Means.COMMANDS, null);
  }

  Stillness with(@Nullable Freeze next) {
    return new Stillness(means, next);
  }

  boolean isHeld() {
    return freeze != null && !freeze.isOver();
  }
}
