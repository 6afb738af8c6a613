package dev.ringfence.control;

import dev.ringfence.fleet.RootPath;
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
 * @param path the path that must be taken; null for the one that costs less
 * @param volumes data volumes that go back too, by device name or volume id
 * @param confirm the hash of the plan that was shown; null before one was
 */
record RestoreAsk(
    Action action,
    @Nullable String id,
    List<String> machines,
    @Nullable String rollout,
    String point,
    @Nullable RootPath path,
    List<String> volumes,
    @Nullable String reason,
    @Nullable String confirm,
    String by,
    ZoneId zone) {

  /** The newest restore point that is older than the machine's exposure. */
  static final String NEWEST = "newest";

  RestoreAsk {
    machines = List.copyOf(machines);
    volumes = List.copyOf(volumes);
  }

  /** EC2 replaces no data volumes, so whoever names one asks for path B. */
  @Nullable RootPath pathAsked() {
    return volumes.isEmpty() ? path : RootPath.B;
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
