package dev.ringfence.engine;

import dev.ringfence.engine.Attic.Kept;
import dev.ringfence.engine.Attic.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of all that is kept may go, and why the rest of what has expired stays.
 *
 * @param may what may go, by id
 * @param spared by id
 */
public record Expiry(List<Kept> may, Map<String, Spared> spared) {
  public Expiry {
    may = List.copyOf(may);
  }

  /**
   * What this cell and its operations under way need.
   *
   * @param products those of the cell; what was made because of others is not its affair
   * @param points ids of the snapshots that they refer to
   * @param watched machines, each with the instants before which a way back must have been taken
   *     that somebody may still ask for
   * @param restoring whether machines are being brought back
   */
  public record Needs(
      Set<String> products,
      Set<String> points,
      Map<String, ? extends Collection<Instant>> watched,
      boolean restoring) {}

  /** Decides by values alone. The same arguments give the same answer, in the order of ids. */
  static Expiry of(List<Kept> all, Needs needs, Instant now) {
    Set<String> sets = needed(all, needs);
    Map<String, Spared> spared = new TreeMap<>();
    List<Kept> may =
        all.stream()
            .filter(one -> one.expires() == null || one.expires().isBefore(now))
            .sorted(Comparator.comparing(Kept::id))
            .filter(one -> {
              Spared why = why(one, needs, sets);
              if (why != null) {
                spared.put(one.id(), why);
              }
              return why == null;
            })
            .toList();
    return new Expiry(may, spared);
  }

  /**
   * A share of what may go, in which everything has its turn: what AWS refuses to remove must not
   * stand in the way of the rest for ever.
   *
   * @param most how many
   * @param every how often a share is taken
   */
  List<Kept> turn(int most, Duration every, Instant now) {
    if (may.size() <= most) {
      return may;
    }
    long run = now.getEpochSecond() / every.toSeconds();
    int from = (int) (run * most % may.size());
    return Stream.concat(may.stream().skip(from), may.stream().limit(from)).limit(most).toList();
  }

  private static @Nullable Spared why(Kept one, Needs needs, Set<String> sets) {
    if (!needs.products().contains(one.product())) {
      return Spared.OTHERS;
    }
    if (one.expires() == null) {
      return Spared.NO_DAY;
    }
    if (needs.restoring()) {
      return Spared.RESTORES;
    }
    if (needs.points().contains(one.id())) {
      return Spared.IN_USE;
    }
    if (sets.contains(one.set())) {
      return Spared.WAY_BACK;
    }
    return switch (one.state()) {
      case UNFINISHED -> Spared.UNFINISHED;
      case ATTACHED -> Spared.ATTACHED;
      case ARCHIVED -> Spared.ARCHIVED;
      case AT_HAND, BROKEN -> null;
    };
  }

  /** A set is one way back: its members go together or stay together. */
  private static Set<String> needed(List<Kept> all, Needs needs) {
    Set<String> sets = new HashSet<>();
    for (Kept one : all) {
      if (needs.points().contains(one.id())) {
        sets.add(one.set());
      }
    }
    Map<String, List<Kept>> byMachine =
        all.stream()
            .filter(one -> one.kind() == Attic.Kind.SNAPSHOT && one.state() == State.AT_HAND)
            .filter(one -> needs.watched().containsKey(one.machine()))
            .collect(Collectors.groupingBy(Kept::machine));
    byMachine.forEach((machine, points) -> {
      newest(points, Instant.MAX).ifPresent(sets::add);
      for (Instant before : watched(needs, machine)) {
        newest(points, before).ifPresent(sets::add);
      }
    });
    return sets;
  }

  private static Collection<Instant> watched(Needs needs, String machine) {
    Collection<Instant> before = needs.watched().get(machine);
    return before == null ? List.of() : before;
  }

  private static Optional<String> newest(List<Kept> points, Instant before) {
    return points.stream()
        .filter(one -> !one.madeAt().isAfter(before))
        .max(Comparator.comparing(Kept::madeAt).thenComparing(Kept::id))
        .map(Kept::set);
  }
}
