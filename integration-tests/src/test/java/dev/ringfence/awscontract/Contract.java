package dev.ringfence.awscontract;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every promise, in the order of the table. */
public final class Contract {
  static final List<Promise> PROMISES =
      Stream.of(
              Commands.PROMISES,
              Machines.PROMISES,
              Disks.PROMISES,
              Obstacles.PROMISES,
              Roots.PROMISES,
              Hands.PROMISES,
              Clones.PROMISES,
              Others.PROMISES,
              Table.PROMISES,
              Messages.PROMISES)
          .flatMap(List::stream)
          .toList();

  private Contract() {}

  /** The operations of which something is promised, as AWS calls them. */
  public static Set<String> operations() {
    return PROMISES.stream().map(Promise::operation).collect(Collectors.toSet());
  }
}
