package dev.ringfence.drill;

import dev.ringfence.operation.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Up to 50 rehearsals of a drill. */
public record Bay(int number, List<Rehearsal> rehearsals) implements Part {
  public Bay {
    rehearsals = List.copyOf(rehearsals);
  }

  static List<Bay> of(List<Rehearsal> rehearsals) {
    List<Bay> bays = new ArrayList<>();
    for (int from = 0; from < rehearsals.size(); from += MACHINES_MAX) {
      int to = Math.min(from + MACHINES_MAX, rehearsals.size());
      bays.add(new Bay(bays.size(), rehearsals.subList(from, to)));
    }
    return bays;
  }

  Bay each(UnaryOperator<Rehearsal> change) {
    return new Bay(number, rehearsals.stream().map(change).toList());
  }
}
