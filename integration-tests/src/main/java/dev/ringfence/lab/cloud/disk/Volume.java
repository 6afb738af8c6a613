package dev.ringfence.lab.cloud.disk;

import java.time.Duration;
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
   * @param keyId the ARN of the KMS key that it is encrypted with, or empty when it is not
   * @param productCode the AWS Marketplace code that its content carries, or empty
   * @param snapshotId the snapshot that it was made from, or empty
   */
  public record Facts(
      String id,
      String zone,
      int sizeGib,
      String type,
      int iops,
      int throughput,
      String keyId,
      String productCode,
      Instant createdAt,
      String snapshotId) {
    public boolean encrypted() {
      return !keyId.isEmpty();
    }
  }

  public record Attachment(
      String instanceId, String device, Instant since, boolean deleteOnTermination) {}

  private final Facts facts;
  private DiskContent content;
  private State state = State.AVAILABLE;
  private @Nullable Attachment attachment;
  private Instant warmAt = Instant.MIN;
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

  /**
   * Its blocks still come from the snapshot, and until then each first touch is slow.
   *
   * @param until when the last block is there
   */
  public void warmsUp(Instant until) {
    warmAt = until;
  }

  public boolean isCold(Instant now) {
    return now.isBefore(warmAt);
  }

  /** How much of it has come from its snapshot, 0 to 100. */
  public int warmPercent(Instant now) {
    if (!isCold(now)) {
      return 100;
    }
    long all = Duration.between(facts.createdAt(), warmAt).toMillis();
    return (int) (100 * Duration.between(facts.createdAt(), now).toMillis() / Math.max(1, all));
  }

  public Instant warmAt() {
    return warmAt;
  }

  public Map<String, String> tags() {
    return tags;
  }

  public void tag(Map<String, String> next) {
    tags = next;
  }
}
