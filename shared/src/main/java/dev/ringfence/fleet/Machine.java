package dev.ringfence.fleet;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An EC2 instance or a hybrid node as the planner sees it.
 *
 * @param id {@code i-…} or {@code mi-…}
 * @param zone the Availability Zone, or {@link #ON_PREMISES} for a hybrid node
 * @param platform the operating system as Systems Manager names it, such as {@code Microsoft
 *     Windows Server 2022}
 * @param family the instance type's family, such as {@code m7g}; {@code hybrid} for a hybrid node
 * @param agentVersion the SSM agent's version; empty when the agent has never reported
 * @param rootVolume the EBS root volume's id; null for a hybrid node or an instance-store root
 * @param online whether the agent answered lately and EC2 says {@code running}; an offline machine
 *     is not dispatched
 * @param known all that is known to stand in the way of either path back, or to make it cost
 * @param build what a clone of it needs
 */
public record Machine(
    String id,
    String zone,
    String platform,
    String family,
    String agentVersion,
    Map<String, String> tags,
    @Nullable String rootVolume,
    boolean online,
    Set<Unrestorable> known,
    Build build) {

  /** Stands in for the Availability Zone of machines that are in none. */
  public static final String ON_PREMISES = "on-premises";

  public Machine {
    tags = Map.copyOf(tags);
    known = Set.copyOf(known);
  }

  /** A machine of which it does not matter what it was made of. */
  public Machine(
      String id,
      String zone,
      String platform,
      String family,
      String agentVersion,
      Map<String, String> tags,
      @Nullable String rootVolume,
      boolean online,
      Set<Unrestorable> known) {
    this(id, zone, platform, family, agentVersion, tags, rootVolume, online, known, Build.UNKNOWN);
  }

  /** Why this machine could not be restored; empty when it could, without anybody's agreement. */
  public Set<Unrestorable> obstacles() {
    return Unrestorable.obstacles(known);
  }

  /** Whether a path back is open to it, if only one with a price. */
  public boolean isRestorable() {
    return Unrestorable.obstacles(Unrestorable.without(known, Unrestorable.prices(known)))
        .isEmpty();
  }

  public boolean isHybrid() {
    return isHybrid(id);
  }

  /** Hybrid nodes are known by their id: {@code mi-} and 17 hexadecimal digits. */
  public static boolean isHybrid(String machineId) {
    return machineId.startsWith("mi-");
  }

  /** Machines that are likely to break together: same system, same family, same agent. */
  public String stratum() {
    return platform + " / " + family + " / " + agentVersion;
  }
}
