package dev.ringfence.lab.cloud.disk;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot: the content of one volume at one instant. It can be restored only once completed;
 * until then its blocks are still on their way to S3.
 */
public final class Snapshot {
  /** What {@code DescribeSnapshots} calls the state. */
  public enum State {
    PENDING("pending"),
    COMPLETED("completed"),
    ERROR("error"),
    DELETED("deleted");

    private final String wire;

    State(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }

  private final String id;
  private final Volume.Facts source;
  private final DiskContent content;
  private final Instant startedAt;
  private final String description;
  private State state = State.PENDING;
  private @Nullable Instant completedAt;
  private Instant lockedUntil = Instant.MIN;
  private String storageTier = "standard";
  private Map<String, String> tags;

  public Snapshot(
      String id,
      Volume.Facts source,
      DiskContent content,
      Instant startedAt,
      String description,
      Map<String, String> tags) {
    this.id = id;
    this.source = source;
    this.content = content;
    this.startedAt = startedAt;
    this.description = description;
    this.tags = tags;
  }

  public String id() {
    return id;
  }

  /** The volume as it was described when the snapshot was taken. */
  public Volume.Facts source() {
    return source;
  }

  public DiskContent content() {
    return content;
  }

  public Instant startedAt() {
    return startedAt;
  }

  public String description() {
    return description;
  }

  public State state() {
    return state;
  }

  public @Nullable Instant completedAt() {
    return completedAt;
  }

  public void complete(Instant at) {
    state = State.COMPLETED;
    completedAt = at;
  }

  public void fail() {
    state = State.ERROR;
  }

  public void delete() {
    state = State.DELETED;
  }

  /** Until when it is locked against deletion; never locked is the distant past. */
  public boolean isLocked(Instant now) {
    return now.isBefore(lockedUntil);
  }

  public void lock(Instant until) {
    lockedUntil = until;
  }

  public String storageTier() {
    return storageTier;
  }

  /** Moves it to the archive, from where it takes up to 72 hours to come back. */
  public void archive() {
    storageTier = "archive";
  }

  public Map<String, String> tags() {
    return tags;
  }

  public void tag(Map<String, String> next) {
    tags = next;
  }
}
