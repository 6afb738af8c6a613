package dev.ringfence.lab.cloud;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

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
 * @param oddities how many instances are odd in which way
 */
public record FleetSpec(
    int machines,
    long seed,
    Instant start,
    String product,
    String version,
    double hybridShare,
    double spotShare,
    int hibernating,
    Map<Oddity, Integer> oddities) {
  /** In what an instance may differ from the others, each of which limits how it is handled. */
  public enum Oddity {
    /** Its type has disks in the host, which a stop empties. */
    INSTANCE_STORE(0),
    BARE_METAL(1),
    STOP_PROTECTED(2),
    /** When its own system shuts down it is terminated. */
    TERMINATES_ON_SHUTDOWN(3),
    /** Its root carries an AWS Marketplace code. */
    MARKETPLACE(4),
    /** It has a public address that a stop takes away. */
    PUBLIC_ADDRESS(5),
    /** It has an Elastic IP. */
    ELASTIC_ADDRESS(6),
    /** Its volumes are encrypted with a key of the account's own. */
    OWN_KEY(7),
    /** A Spot instance of a request that outlives its stop. */
    PERSISTENT_SPOT(8);

    private final int begins;

    Oddity(int begins) {
      this.begins = begins;
    }

    /** Where in the fleet its first machine is, so that few machines are odd in two ways. */
    int begins() {
      return begins;
    }
  }

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
    return new FleetSpec(machines, seed, START, "falcon", "7.15.0", 0.02, 0.02, 0, Map.of());
  }

  public FleetSpec startingAt(Instant instant) {
    return new FleetSpec(
        machines, seed, instant, product, version, hybridShare, spotShare, hibernating, oddities);
  }

  public FleetSpec running(String otherProduct, String otherVersion) {
    return new FleetSpec(
        machines,
        seed,
        start,
        otherProduct,
        otherVersion,
        hybridShare,
        spotShare,
        hibernating,
        oddities);
  }

  public FleetSpec withHybridShare(double share) {
    return new FleetSpec(
        machines, seed, start, product, version, share, spotShare, hibernating, oddities);
  }

  public FleetSpec withSpotShare(double share) {
    return new FleetSpec(
        machines, seed, start, product, version, hybridShare, share, hibernating, oddities);
  }

  public FleetSpec withHibernating(int count) {
    return new FleetSpec(
        machines, seed, start, product, version, hybridShare, spotShare, count, oddities);
  }

  /** So many instances, spread evenly, are odd in one more way. */
  public FleetSpec with(Oddity oddity, int count) {
    Map<Oddity, Integer> more = new EnumMap<>(Oddity.class);
    more.putAll(oddities);
    more.put(oddity, count);
    return new FleetSpec(
        machines, seed, start, product, version, hybridShare, spotShare, hibernating, more);
  }

  int count(Oddity oddity) {
    return oddities.getOrDefault(oddity, 0);
  }
}
