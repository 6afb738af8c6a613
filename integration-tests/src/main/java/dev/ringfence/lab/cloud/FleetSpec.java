package dev.ringfence.lab.cloud;

import java.time.Instant;

/**
 * What a fleet should look like. Shares are of all machines; which machines get what is decided by
 * the seed.
 *
 * @param machines how many, hybrid nodes included
 * @param start when the run begins
 * @param product what all machines have installed, and what their product tag says
 * @param version the version of it that is installed and harmless
 * @param hybridShare hybrid nodes {@code mi-…}; at least two in fleets of fifty or more
 * @param spotShare one-time Spot instances
 * @param hibernating how many instances have hibernation enabled
 */
public record FleetSpec(
    int machines,
    long seed,
    Instant start,
    String product,
    String version,
    double hybridShare,
    double spotShare,
    int hibernating) {
  /** The tag that says which product's releases a machine takes. */
  public static final String PRODUCT_TAG = "ringfence:product";

  /** The tag that names the group of machines that stand in for each other. */
  public static final String GROUP_TAG = "ringfence:group";

  /** The tag that says how many of a group must stay up. */
  public static final String QUORUM_TAG = "ringfence:quorum";

  /** The tag that says dev, test or prod. */
  public static final String ENVIRONMENT_TAG = "env";

  /** The tag that Auto Scaling puts on its members. */
  public static final String AUTO_SCALING_TAG = "aws:autoscaling:groupName";

  /** A Tuesday morning: not a weekend, not a month's end. */
  private static final Instant START = Instant.parse("2026-11-03T08:00:00Z");

  /** A usual fleet. */
  public static FleetSpec of(int machines, long seed) {
    return new FleetSpec(machines, seed, START, "falcon", "7.15.0", 0.02, 0.02, 0);
  }

  public FleetSpec startingAt(Instant instant) {
    return new FleetSpec(
        machines, seed, instant, product, version, hybridShare, spotShare, hibernating);
  }

  public FleetSpec running(String otherProduct, String otherVersion) {
    return new FleetSpec(
        machines, seed, start, otherProduct, otherVersion, hybridShare, spotShare, hibernating);
  }

  public FleetSpec withHybridShare(double share) {
    return new FleetSpec(machines, seed, start, product, version, share, spotShare, hibernating);
  }

  public FleetSpec withSpotShare(double share) {
    return new FleetSpec(machines, seed, start, product, version, hybridShare, share, hibernating);
  }

  public FleetSpec withHibernating(int count) {
    return new FleetSpec(machines, seed, start, product, version, hybridShare, spotShare, count);
  }
}
