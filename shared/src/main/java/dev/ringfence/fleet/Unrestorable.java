package dev.ringfence.fleet;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What stands in the way of bringing a machine back from a snapshot, or makes it cost something.
 * While one of the two paths is open nothing keeps a machine from being updated; when both are
 * closed it is updated only if its policy names a reason in {@code updateWithoutRestore} without
 * which one would be open.
 */
public enum Unrestorable {
  HYBRID_NODE(
      Bars.BOTH,
      "It is a hybrid node: it has no EBS disks, so there is nothing to take a snapshot of."),
  INSTANCE_STORE_ROOT(Bars.BOTH, "Its root is on an instance store, which has no snapshots."),
  NO_RESTORE_POINT(Bars.BOTH, "It has no completed restore point that is older than the update."),
  BARE_METAL(
      Bars.REPLACEMENT, "It is bare metal: EC2 replaces the root volume of virtual machines only."),
  HIBERNATION(
      Bars.BOTH,
      "It may hibernate: EC2 takes no snapshots of it, and memory and disk would differ."),
  SPOT(
      Bars.EXCHANGE,
      "It is a Spot machine: EC2 terminates it when it must start without its root volume."),
  STOP_PROTECTION(
      Bars.EXCHANGE,
      "Stopping it through the API is disabled (disableApiStop), so its disks cannot be exchanged."),
  SHUTDOWN_TERMINATES(
      Bars.UNLESS_AGREED,
      "It terminates when its own system shuts down (instanceInitiatedShutdownBehavior), and its"
          + " disks may go with it."),
  PRODUCT_CODE(
      Bars.UNLESS_AGREED,
      "Its root has a Marketplace code: the machine loses it with the root, and gets it back only"
          + " while the account is still subscribed."),
  INSTANCE_STORE_DATA(
      Bars.UNLESS_AGREED,
      "Its type has instance store volumes, and what is on them is lost when it is stopped."),
  PUBLIC_ADDRESS(
      Bars.UNLESS_AGREED,
      "Its public IPv4 address is no Elastic IP: it gets another one when it is stopped and"
          + " started."),
  AUTO_SCALING(
      Bars.NEITHER,
      "It is a member of an Auto Scaling group: its group takes it out of service before it is"
          + " stopped, and may start another one meanwhile.");

  /** Which of the two ways back a reason bars: EC2's replacement of a root, or our exchange. */
  private enum Bars {
    REPLACEMENT,
    EXCHANGE,
    /** The exchange is possible, and costs what somebody has to agree to. */
    UNLESS_AGREED,
    BOTH,
    NEITHER
  }

  private final Bars bars;
  private final String sentence;

  Unrestorable(Bars bars, String sentence) {
    this.bars = bars;
    this.sentence = sentence;
  }

  /**
   * Why a path is closed to a machine; empty when it is open.
   *
   * @param known all that is known of the machine
   */
  public static Set<Unrestorable> against(RootPath path, Collection<Unrestorable> known) {
    return chosen(known, reason -> reason.closes(path));
  }

  /** What path B costs that somebody may agree to. */
  public static Set<Unrestorable> prices(Collection<Unrestorable> known) {
    return chosen(known, reason -> reason.bars == Bars.UNLESS_AGREED);
  }

  /** What is told of path B although it keeps nobody from it. */
  public static Set<Unrestorable> remarks(Collection<Unrestorable> known) {
    return chosen(known, reason -> reason.bars == Bars.NEITHER);
  }

  /**
   * What keeps a machine from being restored: nothing while one of the two paths is open, since a
   * restore takes the other where EC2 refuses the first.
   *
   * @param known all that is known of the machine
   */
  public static Set<Unrestorable> obstacles(Collection<Unrestorable> known) {
    if (against(RootPath.A, known).isEmpty() || against(RootPath.B, known).isEmpty()) {
      return Set.of();
    }
    return chosen(known, reason -> reason.bars != Bars.NEITHER);
  }

  /** Without those that somebody has agreed to. */
  public static Set<Unrestorable> without(
      Collection<Unrestorable> known, Collection<Unrestorable> agreed) {
    return chosen(known, reason -> !agreed.contains(reason));
  }

  private boolean closes(RootPath path) {
    return switch (bars) {
      case BOTH -> true;
      case NEITHER -> false;
      case REPLACEMENT -> path == RootPath.A;
      case EXCHANGE, UNLESS_AGREED -> path == RootPath.B;
    };
  }

  private static Set<Unrestorable> chosen(
      Collection<Unrestorable> known, Predicate<Unrestorable> which) {
    Set<Unrestorable> chosen = EnumSet.noneOf(Unrestorable.class);
    known.stream().filter(which).forEach(chosen::add);
    return Collections.unmodifiableSet(chosen);
  }

  /** Several reasons, as an operator reads them. */
  public static String sentences(Collection<Unrestorable> reasons) {
    return reasons.stream().sorted().map(Unrestorable::sentence).collect(Collectors.joining(" "));
  }

  /** The reason, as an operator reads it. */
  public String sentence() {
    return sentence;
  }
}
