package dev.ringfence.drill;

import dev.ringfence.operation.Holding;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.release.VersionProbe;
import org.jspecify.annotations.Nullable;

/**
 * How a restored clone is asked what it runs: by the probe of the newest release of its product
 * that succeeded.
 *
 * @param channel the release's; a product's content and its code have versions of their own
 */
public record Probing(String product, Channel channel, VersionProbe probe) {
  /** By the probe of a release. */
  public static Probing by(Release release) {
    return new Probing(release.product(), release.channel(), release.versionProbe());
  }

  /** The version that must be read back; null when any or none will do: nobody knows. */
  @Nullable String wanted(RestorePoint point) {
    String holds = point.holds();
    String ours = Holding.of(product, channel, "");
    return holds != null && holds.startsWith(ours) ? holds.substring(ours.length()) : null;
  }
}
