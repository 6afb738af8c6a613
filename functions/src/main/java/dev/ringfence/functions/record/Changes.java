package dev.ringfence.functions.record;

import dev.ringfence.engine.Store;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which parts a commit writes.
 *
 * @param changed parts that existed before and are different now
 * @param added parts that did not exist before; their numbers go on where the others end
 */
public record Changes<P extends Part>(List<P> changed, List<P> added) {
  public Changes {
    changed = List.copyOf(changed);
    added = List.copyOf(added);
  }

  /**
   * @throws IllegalStateException when parts are missing, not numbered from 0 without a gap, or
   *     more of them changed than one transaction takes
   */
  public static <P extends Part> Changes<P> between(Operation<?, P> before, Operation<?, P> after) {
    String id = before.head().id();
    if (!id.equals(after.head().id())) {
      throw new IllegalStateException(id + " would become " + after.head().id());
    }
    Changes<P> changes = between(id, before.parts(), after.parts());
    if (changes.changed().size() > Store.PARTS_PER_COMMIT) {
      throw new IllegalStateException(
          "%s changes %d parts in one commit; at most %d can"
              .formatted(id, changes.changed().size(), Store.PARTS_PER_COMMIT));
    }
    return changes;
  }

  /** All the parts of a new operation. */
  public static <P extends Part> Changes<P> of(String id, List<P> parts) {
    return between(id, List.of(), parts);
  }

  /** The numbers of all parts that are written. */
  public List<Integer> numbers() {
    return Stream.concat(changed.stream(), added.stream()).map(Part::number).toList();
  }

  public boolean isEmpty() {
    return changed.isEmpty() && added.isEmpty();
  }

  private static <P extends Part> Changes<P> between(String id, List<P> before, List<P> after) {
    if (after.size() < before.size()) {
      throw new IllegalStateException(
          "%s would lose %d parts".formatted(id, before.size() - after.size()));
    }
    List<P> changed = new ArrayList<>();
    for (int number = 0; number < after.size(); number++) {
      P part = after.get(number);
      if (part.number() != number) {
        throw new IllegalStateException(
            "part %d of %s calls itself %d".formatted(number, id, part.number()));
      }
      if (number < before.size() && !part.equals(before.get(number))) {
        changed.add(part);
      }
    }
    return new Changes<>(changed, after.subList(before.size(), after.size()));
  }
}
