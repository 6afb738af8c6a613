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
 * Who comes before whom: random within a stratum, which the statistics of the gate rest on, and
 * every stratum early, so that a defect of a rare kind of machine shows in the pilot and not in the
 * last wave.
 */
final class Ordering {
  /** The pilot takes one machine of every stratum before it takes a second of any. */
  private static final int PILOT_EACH = 1;

  /** The canary has at least two of every stratum: one failure may be chance. */
  private static final int CANARY_EACH = 2;

  /** An odd constant that spreads similar ids over all 64 bits (the golden ratio's fraction). */
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
    List<Queue> queues = queues(machines);
    List<List<Machine>> waves = new ArrayList<>();
    int gone = 0;
    for (int upTo : cumulative) {
      int each = waves.isEmpty() ? PILOT_EACH : CANARY_EACH;
      waves.add(take(queues, upTo - gone, (double) upTo / machines.size(), each));
      gone = upTo;
    }
    return waves;
  }

  /** The machines of one stratum that have not gone yet, in random order. */
  private static final class Queue {
    private final Deque<Machine> left = new ArrayDeque<>();
    private int size;

    int gone() {
      return size - left.size();
    }

    int size() {
      return size;
    }
  }

  /** One queue a stratum, the largest first. */
  private List<Queue> queues(List<Machine> machines) {
    record Ranked(long rank, Machine machine) {}
    List<Ranked> ranked = new ArrayList<>(machines.size());
    machines.forEach(machine -> ranked.add(new Ranked(hash(machine.id(), salt), machine)));
    ranked.sort(Comparator.comparingLong(Ranked::rank).thenComparing(r -> r.machine().id()));
    Map<String, Queue> byStratum = new TreeMap<>();
    for (Ranked each : ranked) {
      Queue queue = byStratum.computeIfAbsent(strata.of(each.machine()), s -> new Queue());
      queue.left.add(each.machine());
      queue.size++;
    }
    return byStratum.values().stream()
        .sorted(Comparator.comparingInt(Queue::size).reversed())
        .toList();
  }

  /**
   * First those strata that lack their minimum; then each up to its share; then whoever is left.
   */
  private static List<Machine> take(List<Queue> queues, int wanted, double share, int each) {
    List<Machine> taken = new ArrayList<>(wanted);
    for (int round = 1; round <= each; round++) {
      for (Queue queue : queues) {
        if (queue.gone() < round) {
          takeOne(queue, wanted, taken);
        }
      }
    }
    for (Queue queue : queues) {
      int target = (int) Math.floor(queue.size() * share);
      for (int gone = queue.gone(); gone < target; gone++) {
        takeOne(queue, wanted, taken);
      }
    }
    for (int i = 0; taken.size() < wanted; i = (i + 1) % queues.size()) {
      takeOne(queues.get(i), wanted, taken);
    }
    return taken;
  }

  private static void takeOne(Queue queue, int wanted, List<Machine> taken) {
    if (taken.size() < wanted && !queue.left.isEmpty()) {
      taken.add(queue.left.remove());
    }
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
