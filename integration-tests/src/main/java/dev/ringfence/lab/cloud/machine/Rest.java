package dev.ringfence.lab.cloud.machine;

import dev.ringfence.lab.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which machines hold still, since when and until when: by commands that are run on them, and by
 * the timer that such a command sets. It is what the scripts do on a real machine, not the scripts.
 */
public final class Rest {
  /** What goes wrong on a machine that is to hold still. */
  public enum Trouble {
    /** The commands of before fail. */
    COMMANDS_FAIL,
    /** They hang, and are stopped when half of the limit is over. */
    COMMANDS_HANG,
    /** The VSS components cannot be installed. */
    NO_SHADOWS,
    /** VSS makes snapshots and does not vouch for them. */
    NOT_VOUCHED,
    /** VSS makes no snapshot of the data volumes, and its command succeeds all the same. */
    ROOT_ONLY
  }

  /**
   * One machine's stillness.
   *
   * @param until when it went on, by a thaw or by its timer; null while it holds still
   */
  public record Hold(
      String machine, String key, Instant from, Duration limit, @Nullable Instant until) {
    /** Whether it held still at an instant. */
    public boolean covers(Instant at) {
      return !at.isBefore(from) && (until == null || !at.isAfter(until));
    }
  }

  private final VirtualClock clock;
  private final List<Hold> holds = new ArrayList<>();
  private final Map<String, Integer> byKey = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private final Map<String, Trouble> troubles = new HashMap<>();

  public Rest(VirtualClock clock) {
    this.clock = clock;
  }

  /** From now on something goes wrong on a machine; null ends it. */
  public void trouble(String machine, @Nullable Trouble what) {
    if (what == null) {
      troubles.remove(machine);
    } else {
      troubles.put(machine, what);
    }
  }

  public boolean has(String machine, Trouble what) {
    return troubles.get(machine) == what;
  }

  /** All that ever were, in order. */
  public List<Hold> holds() {
    return Collections.unmodifiableList(holds);
  }

  /** A freeze runs; what it prints. It fails when it does not end with {@code frozen}. */
  public String freeze(String machine, String key, Duration limit) {
    if (closed.contains(key) || byKey.containsKey(key)) {
      return "ringfence=late";
    }
    if (has(machine, Trouble.COMMANDS_FAIL) || has(machine, Trouble.COMMANDS_HANG)) {
      return "ringfence=failed";
    }
    byKey.put(key, holds.size());
    holds.add(new Hold(machine, key, clock.instant(), limit, null));
    clock.after(limit, () -> letGo(key));
    return "ringfence=frozen";
  }

  /** A thaw runs; what it prints. */
  public String thaw(String key) {
    if (!byKey.containsKey(key)) {
      closed.add(key);
      return "ringfence=never";
    }
    return letGo(key) ? "ringfence=held" : "ringfence=expired";
  }

  private boolean letGo(String key) {
    int at = byKey.getOrDefault(key, -1);
    Hold hold = holds.get(at);
    if (hold.until() != null) {
      return false;
    }
    holds.set(at, new Hold(hold.machine(), key, hold.from(), hold.limit(), clock.instant()));
    return true;
  }
}
