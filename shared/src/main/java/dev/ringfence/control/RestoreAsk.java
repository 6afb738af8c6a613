package dev.ringfence.control;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of the function {@code restore}.
 *
 * @param id a restore, for its status or to halt it
 * @param machines EC2 instances by id; empty for all that the rollout hurt
 * @param rollout whose version hurt them; null when their newest rollout is meant
 * @param point {@link #NEWEST}, or a snapshot's id
 * @param confirm the hash of the plan that was shown; null before one was
 */
record RestoreAsk(
    Action action,
    @Nullable String id,
    List<String> machines,
    @Nullable String rollout,
    String point,
    @Nullable String reason,
    @Nullable String confirm,
    String by,
    ZoneId zone) {

  /** The newest restore point that is older than the machine's exposure. */
  static final String NEWEST = "newest";

  RestoreAsk {
    machines = List.copyOf(machines);
  }

  /** What can be asked. */
  enum Action {
    STATUS("status"),
    PLAN("plan"),
    RUN("run"),
    HALT("halt");

    private final String title;

    Action(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }
}
