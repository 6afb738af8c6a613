package dev.ringfence.engine;

import dev.ringfence.engine.Attic.Kept;
import dev.ringfence.engine.Attic.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
 * <p>An old volume comes back to its machine when an exchange turns around, or when a person
 * attaches it. From then on the machine lives on it, and the day on it would be that of its loss:
 * the first run that sees it after its machine was detached from it would remove it. So it loses
 * its day while it is attached, long before that day: an exchange writes one two weeks ahead, and
 * this is looked at each hour.
 *
 * @param inUse what is attached again and shall lose its day, by id
 * @param may what may go, by id
 * @param spared by id
 */
public record Expiry(List<Kept> inUse, List<Kept> may, Map<String, Spared> spared) {
  public Expiry {
    inUse = List.copyOf(inUse);
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
    List<Kept> inUse = new ArrayList<>();
    List<Kept> may = new ArrayList<>();
    Map<String, Spared> spared = new TreeMap<>();
    for (Kept one : all.stream().sorted(Comparator.comparing(Kept::id)).toList()) {
      Instant expires = one.expires();
      if (isInUse(one, needs)) {
        inUse.add(one);
      } else if (expires == null || expires.isBefore(now)) {
        Spared why = why(one, needs, sets);
        if (why == null) {
          may.add(one);
        } else {
          spared.put(one.id(), why);
        }
      }
    }
    return new Expiry(inUse, may, spared);
  }

  /**
   * A share of what is to be done, in which everything has its turn: what AWS refuses must not
   * stand in the way of the rest for ever.
   *
   * @param most how many
   * @param every how often a share is taken
   */
  static List<Kept> turn(List<Kept> all, int most, Duration every, Instant now) {
    if (all.size() <= most) {
      return all;
    }
    long run = now.getEpochSecond() / every.toSeconds();
    int from = (int) (run * most % all.size());
    return Stream.concat(all.stream().skip(from), all.stream().limit(from)).limit(most).toList();
  }

  /** While machines are being restored a volume may be attached only for a moment. */
  private static boolean isInUse(Kept one, Needs needs) {
    return one.state() == State.ATTACHED
        && needs.products().contains(one.product())
        && !needs.restoring();
  }

  /** How much of what is to be done is not settled yet. */
  int without(Set<String> settled) {
    return Math.toIntExact(
        Stream.concat(inUse.stream(), may.stream())
            .filter(one -> !settled.contains(one.id()))
            .count());
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
      case ATTACHED -> throw new IllegalStateException(one.id() + " is in use and loses its day");
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
