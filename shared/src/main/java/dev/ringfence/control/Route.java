package dev.ringfence.control;

import dev.ringfence.fleet.RootPath;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.fleet.WaysBack;
import dev.ringfence.operation.Agreement;
import dev.ringfence.operation.Disk;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The path by which one machine would go back, and what it costs.
 *
 * @param because why it is this one
 * @param ways which paths there are when a person agrees to every price; null when that could not
 *     be read
 * @param remarks what else is told of path B
 * @param newRoot what its new root would be; null on path A, where EC2 makes it as the old one is
 * @param volumes the data volumes that go back with the root
 */
record Route(
    RootPath path,
    String because,
    @Nullable WaysBack ways,
    Set<Unrestorable> remarks,
    @Nullable NewRoot newRoot,
    List<Agreement.DataVolume> volumes) {
  Route {
    remarks = Set.copyOf(remarks);
    volumes = List.copyOf(volumes);
  }

  /**
   * @param recorded whether it is what was on record with the restore point; else it is made as the
   *     live root is
   */
  record NewRoot(Disk disk, boolean deleteOnTermination, boolean recorded) {}

  /**
   * The path for a machine.
   *
   * @param asked the path that a person asked for; null for the one that costs less
   * @param known what is known of the machine; null when it could not be read
   */
  static Chosen choose(@Nullable RootPath asked, @Nullable Set<Unrestorable> known) {
    if (known == null) {
      return asked == RootPath.B
          ? new Chosen.None("what stands in the way of path B could not be read; ask again")
          : new Chosen.Open(of(RootPath.A, "", null, Set.of()));
    }
    WaysBack ways = WaysBack.of(known, Unrestorable.prices(known));
    Set<Unrestorable> remarks = Unrestorable.remarks(known);
    if (asked != RootPath.B && ways.isOpen(RootPath.A)) {
      return new Chosen.Open(of(RootPath.A, "", ways, remarks));
    }
    if (asked != RootPath.A && ways.isOpen(RootPath.B)) {
      String because =
          asked == RootPath.B ? "it was asked for" : closed(RootPath.A, ways.againstA());
      return new Chosen.Open(of(RootPath.B, because, ways, remarks));
    }
    return new Chosen.None(
        asked == null
            ? closed(RootPath.A, ways.againstA()) + " And " + closed(RootPath.B, ways.againstB())
            : closed(asked, ways.against(asked)));
  }

  private static Route of(
      RootPath path, String because, @Nullable WaysBack ways, Set<Unrestorable> remarks) {
    return new Route(path, because, ways, remarks, null, List.of());
  }

  private static String closed(RootPath path, Set<Unrestorable> reasons) {
    return "path " + path.name() + " is closed: " + Unrestorable.sentences(reasons);
  }

  /** What comes of choosing. */
  sealed interface Chosen {
    /** There is a path. */
    record Open(Route route) implements Chosen {}

    /** There is none, or not the one that was asked for. */
    record None(String why) implements Chosen {}
  }

  Route with(NewRoot root, List<Agreement.DataVolume> data) {
    return new Route(path, because, ways, remarks, root, data);
  }

  /** What path B costs and is agreed to by whoever confirms. */
  Set<Unrestorable> price() {
    return ways == null ? Set.of() : ways.price();
  }

  /** What the restore is told of it; null on path A, where nothing beyond the usual happens. */
  @Nullable Agreement agreement() {
    return switch (path) {
      case A -> null;
      case B -> new Agreement(RootPath.B, price(), volumes);
    };
  }

  /** Everything of it that a person is shown and that may change. */
  String fact() {
    return path + " " + because + " " + ways + " " + remarks + " " + newRoot + " " + volumes;
  }
}
