package dev.ringfence.awscontract;

import java.util.List;
import java.util.stream.Stream;

/** Every promise, in the order of the table. */
final class Contract {
  static final List<Promise> PROMISES =
      Stream.of(
              Commands.PROMISES, Machines.PROMISES, Disks.PROMISES, Roots.PROMISES, Others.PROMISES)
          .flatMap(List::stream)
          .toList();

  private Contract() {}
}
