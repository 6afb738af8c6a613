package dev.ringfence.fleet;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which paths back are open to a machine, and why a path is not.
 *
 * @param againstA why path A is closed; empty when it is open
 * @param againstB why path B is closed; empty when it is open
 * @param price what path B costs and somebody has agreed to
 */
public record WaysBack(
    Set<Unrestorable> againstA, Set<Unrestorable> againstB, Set<Unrestorable> price) {
  public WaysBack {
    againstA = Collections.unmodifiableSet(ordered(againstA));
    againstB = Collections.unmodifiableSet(ordered(againstB));
    price = Collections.unmodifiableSet(ordered(price));
  }

  /**
   * The classifier.
   *
   * @param known all that is known of the machine
   * @param agreed to which prices somebody has agreed; what makes a path impossible stays so
   *     whoever agrees
   */
  public static WaysBack of(Collection<Unrestorable> known, Collection<Unrestorable> agreed) {
    Set<Unrestorable> price = ordered(Unrestorable.prices(known));
    price.retainAll(agreed);
    return new WaysBack(
        Unrestorable.against(RootPath.A, known),
        Unrestorable.against(RootPath.B, Unrestorable.without(known, price)),
        price);
  }

  /** Why a path is closed; empty when it is open. */
  public Set<Unrestorable> against(RootPath path) {
    return switch (path) {
      case A -> againstA;
      case B -> againstB;
    };
  }

  public boolean isOpen(RootPath path) {
    return against(path).isEmpty();
  }

  /** In a few words, with the reasons' names. */
  public String title() {
    String cost = price.isEmpty() ? "" : ", B at the price of " + names(price);
    if (againstA.isEmpty()) {
      return againstB.isEmpty() ? "A and B" + cost : "A only; not B for " + names(againstB);
    }
    return againstB.isEmpty()
        ? "B only; not A for " + names(againstA) + cost
        : "none; not A for " + names(againstA) + "; not B for " + names(againstB);
  }

  private static String names(Set<Unrestorable> reasons) {
    return reasons.stream().map(Unrestorable::name).collect(Collectors.joining(", "));
  }

  /** In the order of the enumeration, so that the same set always reads the same. */
  private static Set<Unrestorable> ordered(Set<Unrestorable> reasons) {
    Set<Unrestorable> sorted = EnumSet.noneOf(Unrestorable.class);
    sorted.addAll(reasons);
    return sorted;
  }
}
