package dev.ringfence.lab.cloud.disk;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A volume: fixed facts, changing content, and at most one machine that it is attached to. */
public final class Volume {
  /** What {@code DescribeVolumes} calls the state. */
  public enum State {
    CREATING("creating"),
    AVAILABLE("available"),
    IN_USE("in-use"),
    DELETED("deleted"),
    ERROR("error");

    private final String wire;

    State(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }

  /**
   * What does not change in a volume's life.
   *
   * @param sizeGib in GiB
   * @param snapshotId the snapshot that it was made from, or empty
   */
  public record Facts(
      String id,
      String zone,
      int sizeGib,
      String type,
      int iops,
      int throughput,
      boolean encrypted,
      Instant createdAt,
      String snapshotId) {}

  public record Attachment(
      String instanceId, String device, Instant since, boolean deleteOnTermination) {}

  private final Facts facts;
  private DiskContent content;
  private State state = State.AVAILABLE;
  private @Nullable Attachment attachment;
  private Map<String, String> tags = Collections.emptySortedMap();

  public Volume(Facts facts, DiskContent content) {
    this.facts = facts;
    this.content = content;
  }

  public Facts facts() {
    return facts;
  }

  public String id() {
    return facts.id();
  }

  public DiskContent content() {
    return content;
  }

  public void write(DiskContent next) {
    content = next;
  }

  public State state() {
    return state;
  }

  /** Only for states that no attachment implies: creating, deleted, error. */
  public void become(State next) {
    state = next;
  }

  public @Nullable Attachment attachment() {
    return attachment;
  }

  public void attach(Attachment to) {
    attachment = to;
    state = State.IN_USE;
  }

  public void detach() {
    attachment = null;
    state = State.AVAILABLE;
  }

  public Map<String, String> tags() {
    return tags;
  }

  public void tag(Map<String, String> next) {
    tags = next;
  }
}
