package dev.ringfence.health;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one look saw of one machine, from outside its guest. Each part may be missing because it
 * could not be read; that is not the same as having been read and found absent, and neither is
 * health.
 *
 * @param at when it was looked at
 * @param ec2 EC2's word; null when it was not read, or for a hybrid node
 * @param agent the SSM agent's last sign of life; null when it was not read
 */
public record Vitals(Instant at, @Nullable Ec2 ec2, @Nullable Agent agent) {

  /**
   * How long after a change EC2's status checks may still show the time before it: they run every
   * minute, and one reading may be a full minute old when it is described.
   */
  public static final Duration CHECK_LAG = Duration.ofMinutes(2);

  /**
   * @param state the instance's state, such as {@code running}; {@code absent} when EC2 no longer
   *     knows the id
   * @param instance guest network reachability, from outside (ARP to the network interface)
   * @param system the host underneath: AWS's side, which no update inside the guest can break
   * @param ebs whether attached volumes answer
   */
  public record Ec2(String state, Check instance, Check system, Check ebs) {
    public boolean running() {
      return state.equals("running");
    }

    public boolean allOk() {
      return running() && instance == Check.OK && system == Check.OK && ebsFine();
    }

    private boolean ebsFine() {
      return ebs == Check.OK || ebs == Check.NOT_APPLICABLE;
    }

    /** AWS's own side is failing; whatever the guest shows now says nothing of the update. */
    public boolean infrastructureFails() {
      return running() && (system == Check.IMPAIRED || ebs == Check.IMPAIRED);
    }
  }

  /**
   * @param lastPing {@code LastPingDateTime}; null when Systems Manager lists no such node, which
   *     it also does for stopped ones
   */
  public record Agent(@Nullable Instant lastPing) {}

  /** The last ping, when one is known. */
  public @Nullable Instant lastPing() {
    return agent == null ? null : agent.lastPing();
  }

  public boolean pingedAfter(Instant moment) {
    Instant ping = lastPing();
    return ping != null && ping.isAfter(moment);
  }
}
