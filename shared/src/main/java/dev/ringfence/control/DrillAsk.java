package dev.ringfence.control;

import dev.ringfence.drill.DrillOrder;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of the function {@code drill}.
 *
 * @param id a drill, for its status or to abandon it
 * @param product whose machines; null when there is only one that has drills
 * @param machines EC2 instances by id; empty when classes, or what is due, are meant
 * @param classes names of classes as status shows them; empty when something else is meant
 * @param confirm the hash of the plan that was shown; null before one was
 */
record DrillAsk(
    Action action,
    @Nullable String id,
    @Nullable String product,
    List<String> machines,
    List<String> classes,
    @Nullable String reason,
    @Nullable String confirm,
    String by,
    ZoneId zone) {
  DrillAsk {
    machines = List.copyOf(machines);
    classes = List.copyOf(classes);
  }

  /** What can be asked. */
  enum Action {
    STATUS("status"),
    PLAN("plan"),
    RUN("run"),
    ABANDON("abandon");

    private final String title;

    Action(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  DrillOrder.Scope scope() {
    if (!machines.isEmpty()) {
      return new DrillOrder.Scope.Machines(machines);
    }
    return classes.isEmpty() ? new DrillOrder.Scope.Due() : new DrillOrder.Scope.Classes(classes);
  }
}
