package dev.ringfence.health;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counts of one stream, cut in three ways. Each machine is in the whole, in the wave that it
 * was dispatched with, and in its stratum.
 *
 * <p>Waves and strata are those of the plan, from the first beat to the last, with {@link
 * Tally#NOTHING} where nobody was dispatched yet. A slice added later would change the shares of
 * the others after their evidence was seen, and void the bound on false halts.
 *
 * @param whole all dispatched machines
 * @param waves in the order of the plan
 * @param strata by name
 */
public record StreamTally(Tally whole, List<Tally> waves, SortedMap<String, Tally> strata) {
  /** A stream that this channel does not have. */
  public static final StreamTally NOTHING = of(Tally.NOTHING, List.of(), Map.of());

  public StreamTally {
    waves = List.copyOf(waves);
    strata = Collections.unmodifiableSortedMap(new TreeMap<>(strata));
  }

  /** The same from a map in any order. */
  public static StreamTally of(Tally whole, List<Tally> waves, Map<String, Tally> strata) {
    return new StreamTally(whole, waves, new TreeMap<>(strata));
  }
}
