package dev.ringfence.operation;

import dev.ringfence.release.Channel;
import java.util.HashMap;
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
 * @param artifacts what those versions were made of, {@link
 *     dev.ringfence.release.Release#artifact()}
 */
public record Lane(
    Id id,
    @Nullable String holder,
    @Nullable String newest,
    @Nullable String installed,
    Map<String, String> quarantined,
    Map<String, String> artifacts) {

  public Lane {
    quarantined = Map.copyOf(quarantined);
    artifacts = Map.copyOf(artifacts);
  }

  /** One of whose quarantined versions nobody knows what they were made of. */
  public Lane(
      Id id,
      @Nullable String holder,
      @Nullable String newest,
      @Nullable String installed,
      Map<String, String> quarantined) {
    this(id, holder, newest, installed, quarantined, Map.of());
  }

  public Lane heldBy(@Nullable String next, @Nullable String nowInstalled) {
    return new Lane(id, next, newest, nowInstalled, quarantined, artifacts);
  }

  public Lane announcing(String version) {
    return new Lane(id, holder, version, installed, quarantined, artifacts);
  }

  /** With one more version that no machine gets. */
  public Lane banning(String version, String artifact, String reason) {
    Map<String, String> reasons = new HashMap<>(quarantined);
    reasons.put(version, reason);
    Map<String, String> made = new HashMap<>(artifacts);
    made.put(version, artifact);
    return new Lane(id, holder, newest, installed, reasons, made);
  }

  /** With one version less that no machine gets. */
  public Lane lifting(String version) {
    Map<String, String> reasons = new HashMap<>(quarantined);
    reasons.remove(version);
    Map<String, String> made = new HashMap<>(artifacts);
    made.remove(version);
    return new Lane(id, holder, newest, installed, reasons, made);
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
