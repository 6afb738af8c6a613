package dev.ringfence.drill;

import dev.ringfence.contract.Tags;
import java.util.Map;

/** How the things that a drill makes are called and tagged. */
final class DrillKeys {
  private DrillKeys() {}

  /** What begins the keys of all effects of a rehearsal, and the value of its drill tag. */
  static String of(Drill head, Rehearsal one) {
    return "rf-" + head.mark() + "-" + one.machine();
  }

  static Map<String, String> tags(Drill head, Rehearsal one) {
    return Map.of(
        Tags.DRILL, of(head, one), Tags.OPERATION, head.id(), Tags.MACHINE, one.machine());
  }
}
