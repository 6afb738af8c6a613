package dev.ringfence.rollout;

import dev.ringfence.fleet.Machine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who comes before whom: random within a stratum, which the statistics of the gate rest on, and every stratum early, so
 * that a defect of a rare kind of machine shows in the pilot and not in the last wave.
 */
final class Ordering {
  /** The pilot takes one machine of every stratum before it takes a second of any. */
  private static final int PILOT_EACH = 1;

  /** The canary has at least two of every stratum: one failure may be chance. */
  private static final int CANARY_EACH = 2;

  /** A odd constant that spreads similar ids over all 64 bits (the golden ratio's fraction). */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final long MIX = 0xBF58476D1CE4E5B9L;

  private final long salt;
  private final Strata strata;

  Ordering(String rollout, Strata strata) {
    this.salt = hash(rollout, 0);
    this.strata = strata;
  }

  /** All of them, in the order in which they should go. */
  List<Machine> all(List<Machine> machines) {
    return cut(machines, List.of(machines.size())).getFirst();
  }

  /**
   * Cuts the machines into waves.
   *
   * @param cumulative how many have gone after each wave, rising to the number of machines
   */
  List<List<Machine>> cut(List<Machine> machines, List<Integer> cumulative) {
    TreeMap<String, Deque<Machine>> queues = queues(machines);
    Map<String, Integer> sizes = new TreeMap<>();
    queues.forEach((stratum, queue) -> sizes.put(stratum, queue.size()));
    List<List<Machine>> waves = new ArrayList<>();
    int gone = 0;
    for (int upTo : cumulative) {
      int each = waves.isEmpty() ? PILOT_EACH : CANARY_EACH;
      waves.add(take(queues, sizes, upTo - gone, upTo, machines.size(), each));
      gone = upTo;
    }
    return waves;
  }

  private TreeMap<String, Deque<Machine>> queues(List<Machine> machines) {
    record Ranked(long rank, Machine machine) {}
    List<Ranked> ranked = new ArrayList<>(machines.size());
    machines.forEach(machine -> ranked.add(new Ranked(hash(machine.id(), salt), machine)));
    ranked.sort(Comparator.comparingLong(Ranked::rank).thenComparing(r -> r.machine().id()));
    TreeMap<String, Deque<Machine>> queues = new TreeMap<>();
    for (Ranked each : ranked) {
      queues.computeIfAbsent(strata.of(each.machine()), s -> new ArrayDeque<>()).add(each.machine());
    }
    return queues;
  }

  /** First those strata that lack their minimum, the largest first; then in proportion, largest remainder first. */
  private static List<Machine> take(
      Map<String, Deque<Machine>> queues,
      Map<String, Integer> sizes,
      int wanted,
      int upTo,
      int total,
      int each) {
    List<Machine> taken = new ArrayList<>(wanted);
    List<String> largestFirst =
        sizes.keySet().stream()
            .sorted(Comparator.comparing((String s) -> -sizes.get(s)).thenComparing(s -> s))
            .toList();
    for (int round = 1; round <= each; round++) {
      for (String stratum : largestFirst) {
        Deque<Machine> queue = queues.get(stratum);
        if (taken.size() < wanted && gone(sizes, stratum, queue) < round && !queue.isEmpty()) {
          taken.add(queue.remove());
        }
      }
    }
    for (String stratum : largestFirst) {
      Deque<Machine> queue = queues.get(stratum);
      long share = (long) sizes.get(stratum) * upTo / total;
      while (taken.size() < wanted && !queue.isEmpty() && gone(sizes, stratum, queue) < share) {
        taken.add(queue.remove());
      }
    }
    for (int i = 0; taken.size() < wanted; i = (i + 1) % largestFirst.size()) {
      Deque<Machine> queue = queues.get(largestFirst.get(i));
      if (!queue.isEmpty()) {
        taken.add(queue.remove());
      }
    }
    return taken;
  }

  private static int gone(Map<String, Integer> sizes, String stratum, Deque<Machine> queue) {
    return sizes.get(stratum) - queue.size();
  }

  /** A well-spread 64-bit hash, the same on every machine and in every run. */
  private static long hash(String text, long salt) {
    long value = salt;
    for (int i = 0; i < text.length(); i++) {
      value = (value ^ text.charAt(i)) * SPREAD;
      value ^= value >>> 29;
    }
    value *= MIX;
    return value ^ (value >>> 32);
  }
}
