package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One replacement of a root volume. */
final class RootTask {
  /** The documented states; {@code failing-detached} is not in the SDK's list of them. */
  enum State {
    PENDING("pending"),
    IN_PROGRESS("in-progress"),
    SUCCEEDED("succeeded"),
    FAILING("failing"),
    FAILED("failed"),
    FAILING_DETACHED("failing-detached"),
    FAILED_DETACHED("failed-detached");

    private final String wire;

    State(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }

    boolean isFinal() {
      return this == SUCCEEDED || this == FAILED || this == FAILED_DETACHED;
    }
  }

  final String id;
  final Machine machine;
  final Snapshot source;
  final boolean deletesReplaced;
  final @Nullable Integer rate;
  final Instant startedAt;
  Map<String, String> tags;
  State state = State.PENDING;
  @Nullable Instant completedAt;

  RootTask(
      String id,
      Machine machine,
      Snapshot source,
      boolean deletesReplaced,
      @Nullable Integer rate,
      Instant startedAt,
      Map<String, String> tags) {
    this.id = id;
    this.machine = machine;
    this.source = source;
    this.deletesReplaced = deletesReplaced;
    this.rate = rate;
    this.startedAt = startedAt;
    this.tags = tags;
  }
}
