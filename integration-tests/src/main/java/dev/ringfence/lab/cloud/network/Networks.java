package dev.ringfence.lab.cloud.network;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.machine.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One VPC. Each zone has three subnets: the fleet's, one for drills without any way out, and one
 * for drills with Systems Manager's endpoints.
 */
public final class Networks {
  /** The VPC that everything stands in. */
  public static final String VPC = "vpc-0a1b2c3d4e5f60001";

  /** The fleet's group: lets everything out. */
  public static final String FLEET_GROUP = "sg-0a1b2c3d4e5f60001";

  /** A group that lets nothing out. */
  public static final String SEALED_GROUP = "sg-0a1b2c3d4e5f60002";

  /** A group that lets HTTPS out to the VPC's endpoints, and nothing else. */
  public static final String ENDPOINTS_GROUP = "sg-0a1b2c3d4e5f60003";

  private final Map<String, Subnet> subnets = new LinkedHashMap<>();
  private final Map<String, SecurityGroup> groups = new LinkedHashMap<>();
  private int addresses;

  public Networks() {
    for (String zone : Account.ZONES) {
      add(new Subnet(fleetSubnet(zone), zone, true, false, Map.of("Name", "fleet")));
      add(new Subnet(sealedSubnet(zone), zone, false, false, Map.of("Name", "drill")));
      add(new Subnet(endpointSubnet(zone), zone, false, true, Map.of("Name", "drill-endpoints")));
    }
    add(new SecurityGroup(FLEET_GROUP, "fleet", true, true, Map.of()));
    add(new SecurityGroup(SEALED_GROUP, "drill", false, false, Map.of()));
    add(new SecurityGroup(ENDPOINTS_GROUP, "drill-endpoints", false, true, Map.of()));
  }

  /** The fleet's subnet in a zone. */
  public static String fleetSubnet(String zone) {
    return "subnet-0a1b2c3d4e5f6001" + Account.ZONES.indexOf(zone);
  }

  /** The subnet for drills in a zone, from which nothing leads out. */
  public static String sealedSubnet(String zone) {
    return "subnet-0a1b2c3d4e5f6002" + Account.ZONES.indexOf(zone);
  }

  /** The subnet for drills in a zone, from which only Systems Manager is reached. */
  public static String endpointSubnet(String zone) {
    return "subnet-0a1b2c3d4e5f6003" + Account.ZONES.indexOf(zone);
  }

  public void add(Subnet subnet) {
    subnets.put(subnet.id(), subnet);
  }

  public void add(SecurityGroup group) {
    groups.put(group.id(), group);
  }

  public @Nullable Subnet subnet(String id) {
    return subnets.get(id);
  }

  public @Nullable SecurityGroup group(String id) {
    return groups.get(id);
  }

  public List<Subnet> subnets() {
    return new ArrayList<>(subnets.values());
  }

  public List<SecurityGroup> groups() {
    return new ArrayList<>(groups.values());
  }

  /** Whether an instance's agent finds Systems Manager and may call it. */
  public boolean reachesSystemsManager(Settings settings) {
    Subnet subnet = subnets.get(settings.subnetId());
    if (subnet == null || settings.profileArn() == null || !subnet.reachesSystemsManager()) {
      return false;
    }
    return settings.securityGroups().stream()
        .map(id -> Collections.unmodifiableMap(groups).get(id))
        .anyMatch(
            group -> group != null && (group.open() || (subnet.endpoints() && group.toVpc())));
  }

  /** An address from the block that RFC 5737 keeps for documentation; never the same twice. */
  public String nextPublicIp() {
    addresses++;
    return "203.0." + (113 + addresses / 256) + "." + addresses % 256;
  }
}
