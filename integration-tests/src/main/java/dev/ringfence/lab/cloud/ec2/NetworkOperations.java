package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Filters;
import dev.ringfence.lab.cloud.account.TagSets;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.Settings;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.cloud.network.SecurityGroup;
import dev.ringfence.lab.cloud.network.Subnet;
import dev.ringfence.lab.wire.AwsFault;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;

/** DescribeSubnets, DescribeSecurityGroups and DescribeAddresses, each in one page. */
public final class NetworkOperations {
  private static final int HTTPS = 443;

  /** The VPC's own addresses. */
  private static final String VPC_RANGE = "10.0.0.0/16";

  private final Networks networks;
  private final Fleet fleet;
  private final Filters<Subnet> subnetFilters =
      new Filters<>(Subnet::tags)
          .on("subnet-id", Subnet::id)
          .on("availability-zone", Subnet::zone)
          .on("vpc-id", subnet -> Networks.VPC);
  private final Filters<SecurityGroup> groupFilters =
      new Filters<>(SecurityGroup::tags)
          .on("group-id", SecurityGroup::id)
          .on("group-name", SecurityGroup::name)
          .on("vpc-id", group -> Networks.VPC);
  private final Filters<Machine> addressFilters =
      new Filters<Machine>(machine -> Map.of()).on("instance-id", Machine::id);

  public NetworkOperations(Networks networks, Fleet fleet) {
    this.networks = networks;
    this.fleet = fleet;
  }

  public void open(Desk desk) {
    desk.open("DescribeSubnets", DescribeSubnetsRequest::builder, this::describeSubnets);
    desk.open(
        "DescribeSecurityGroups",
        DescribeSecurityGroupsRequest::builder,
        this::describeSecurityGroups);
    desk.open("DescribeAddresses", DescribeAddressesRequest::builder, this::describeAddresses);
  }

  private DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest request) {
    List<Subnet> wanted =
        request.subnetIds().isEmpty()
            ? networks.subnets()
            : request.subnetIds().stream().distinct().map(this::subnet).toList();
    return DescribeSubnetsResponse.builder()
        .subnets(
            wanted.stream()
                .filter(subnetFilters.all(request.filters()))
                .map(NetworkOperations::view)
                .toList())
        .build();
  }

  private Subnet subnet(String id) {
    Subnet subnet = networks.subnet(id);
    if (subnet == null) {
      throw new AwsFault(
          "InvalidSubnetID.NotFound", 400, "The subnet ID '" + id + "' does not exist");
    }
    return subnet;
  }

  private static software.amazon.awssdk.services.ec2.model.Subnet view(Subnet subnet) {
    return software.amazon.awssdk.services.ec2.model.Subnet.builder()
        .subnetId(subnet.id())
        .vpcId(Networks.VPC)
        .availabilityZone(subnet.zone())
        .availabilityZoneId(Account.zoneId(subnet.zone()))
        .ownerId(Account.ID)
        .state("available")
        .mapPublicIpOnLaunch(false)
        .tags(TagSets.tags(subnet.tags()))
        .build();
  }

  private DescribeSecurityGroupsResponse describeSecurityGroups(
      DescribeSecurityGroupsRequest request) {
    List<SecurityGroup> wanted =
        request.groupIds().isEmpty()
            ? networks.groups()
            : request.groupIds().stream().distinct().map(this::group).toList();
    return DescribeSecurityGroupsResponse.builder()
        .securityGroups(
            wanted.stream()
                .filter(groupFilters.all(request.filters()))
                .map(NetworkOperations::view)
                .toList())
        .build();
  }

  private SecurityGroup group(String id) {
    SecurityGroup group = networks.group(id);
    if (group == null) {
      throw new AwsFault(
          "InvalidGroup.NotFound", 400, "The security group '" + id + "' is unknown");
    }
    return group;
  }

  private static software.amazon.awssdk.services.ec2.model.SecurityGroup view(SecurityGroup group) {
    return software.amazon.awssdk.services.ec2.model.SecurityGroup.builder()
        .groupId(group.id())
        .groupName(group.name())
        .description(group.name())
        .ownerId(Account.ID)
        .vpcId(Networks.VPC)
        .ipPermissionsEgress(egress(group))
        .tags(TagSets.tags(group.tags()))
        .build();
  }

  private static List<IpPermission> egress(SecurityGroup group) {
    if (group.open()) {
      return List.of(
          IpPermission.builder()
              .ipProtocol("-1")
              .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
              .build());
    }
    if (group.toVpc()) {
      return List.of(
          IpPermission.builder()
              .ipProtocol("tcp")
              .fromPort(HTTPS)
              .toPort(HTTPS)
              .ipRanges(IpRange.builder().cidrIp(VPC_RANGE).build())
              .build());
    }
    return List.of();
  }

  private DescribeAddressesResponse describeAddresses(DescribeAddressesRequest request) {
    return DescribeAddressesResponse.builder()
        .addresses(
            fleet.instances().stream()
                .filter(machine -> machine.settings().address() == Settings.Address.ELASTIC)
                .filter(addressFilters.all(request.filters()))
                .map(machine ->
                    Address.builder()
                        .allocationId("eipalloc-" + machine.id().substring(2))
                        .instanceId(machine.id())
                        .publicIp(Objects.requireNonNull(machine.settings().publicIp()))
                        .domain("vpc")
                        .build())
                .toList())
        .build();
  }
}
