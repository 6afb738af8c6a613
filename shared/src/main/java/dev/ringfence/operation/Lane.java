package dev.ringfence.operation;

import dev.ringfence.release.Channel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One product on one channel: at most one roll-out is under way in a lane, and what the lane has
 * been through is remembered here.
 *
 * @param holder the roll-out that is under way; null when the lane is free
 * @param newest the newest version that was ever accepted; an older one that still waits is
 *     superseded
 * @param installed the version that the last complete roll-out left on the fleet; null before the
 *     first
 * @param quarantined versions that no machine gets again until a person lifts it, each with the
 *     reason
 */
public record Lane(
    Id id,
    @Nullable String holder,
    @Nullable String newest,
    @Nullable String installed,
    Map<String, String> quarantined) {

  public Lane {
    quarantined = Map.copyOf(quarantined);
  }

  /** A lane's name. */
  public record Id(String product, Channel channel) {
    @Override
    public String toString() {
      return product + "/" + channel;
    }
  }

  public static Lane free(Id id) {
    return new Lane(id, null, null, null, Map.of());
  }
}
