package dev.ringfence.lab.cloud.autoscaling;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Page;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;

/** DescribeAutoScalingInstances and DescribeAutoScalingGroups. */
public final class ScalingListing {
  /** DescribeAutoScalingInstances takes 50 ids and gives pages of 50 at most. */
  private static final int INSTANCES_MOST = 50;

  /** DescribeAutoScalingGroups gives pages of 100 at most. */
  private static final int GROUPS_MOST = 100;

  private final ScalingGroups groups;
  private final Fleet fleet;

  public ScalingListing(ScalingGroups groups, Fleet fleet) {
    this.groups = groups;
    this.fleet = fleet;
  }

  public void open(Desk desk) {
    desk.open(
        "DescribeAutoScalingInstances",
        DescribeAutoScalingInstancesRequest::builder,
        this::describeInstances);
    desk.open(
        "DescribeAutoScalingGroups",
        DescribeAutoScalingGroupsRequest::builder,
        this::describeGroups);
  }

  /** Whoever is in no group is left out, and no fault. */
  private DescribeAutoScalingInstancesResponse describeInstances(
      DescribeAutoScalingInstancesRequest request) {
    List<String> ids = request.instanceIds();
    if (ids.size() > INSTANCES_MOST) {
      throw ScalingGroups.refusal("At most " + INSTANCES_MOST + " instance ids may be given");
    }
    List<Machine> candidates =
        ids.isEmpty()
            ? fleet.instances()
            : ids.stream().distinct().map(fleet::instance).filter(Objects::nonNull).toList();
    Page<Machine> page =
        Page.of(
            candidates,
            machine -> groups.groupOf(machine.id()) != null,
            Page.limit(request.maxRecords(), 1, INSTANCES_MOST, INSTANCES_MOST, "ValidationError"),
            request.nextToken(),
            "InvalidNextToken");
    return DescribeAutoScalingInstancesResponse.builder()
        .autoScalingInstances(page.items().stream().map(this::details).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private AutoScalingInstanceDetails details(Machine machine) {
    ScalingGroup group = Objects.requireNonNull(groups.groupOf(machine.id()));
    return AutoScalingInstanceDetails.builder()
        .instanceId(machine.id())
        .instanceType(machine.hardware().instanceType())
        .autoScalingGroupName(group.name)
        .availabilityZone(machine.hardware().zone())
        .lifecycleState(state(group, machine))
        .healthStatus(health(machine).toUpperCase(java.util.Locale.ROOT))
        .protectedFromScaleIn(false)
        .build();
  }

  private DescribeAutoScalingGroupsResponse describeGroups(
      DescribeAutoScalingGroupsRequest request) {
    List<String> names = request.autoScalingGroupNames();
    Page<ScalingGroup> page =
        Page.of(
            groups.all(),
            group -> names.isEmpty() || names.contains(group.name),
            Page.limit(request.maxRecords(), 1, GROUPS_MOST, INSTANCES_MOST, "ValidationError"),
            request.nextToken(),
            "InvalidNextToken");
    return DescribeAutoScalingGroupsResponse.builder()
        .autoScalingGroups(page.items().stream().map(this::view).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private AutoScalingGroup view(ScalingGroup group) {
    return AutoScalingGroup.builder()
        .autoScalingGroupName(group.name)
        .autoScalingGroupARN(ScalingOperations.arn(group))
        .minSize(group.least)
        .maxSize(group.most)
        .desiredCapacity(group.desired)
        .defaultCooldown(300)
        .healthCheckType("EC2")
        .healthCheckGracePeriod(0)
        .availabilityZones(Account.ZONES)
        .instances(group.members.keySet().stream().map(id -> member(group, id)).toList())
        .build();
  }

  private Instance member(ScalingGroup group, String id) {
    Machine machine = Objects.requireNonNull(fleet.instance(id));
    return Instance.builder()
        .instanceId(id)
        .instanceType(machine.hardware().instanceType())
        .availabilityZone(machine.hardware().zone())
        .lifecycleState(state(group, machine))
        .healthStatus(health(machine))
        .protectedFromScaleIn(false)
        .build();
  }

  private static String state(ScalingGroup group, Machine machine) {
    Map<String, ScalingGroup.Lifecycle> members = group.members;
    return Objects.requireNonNull(members.get(machine.id())).wire();
  }

  private static String health(Machine machine) {
    return machine.power() == Machine.Power.RUNNING || machine.power() == Machine.Power.PENDING
        ? "Healthy"
        : "Unhealthy";
  }
}
