package dev.ringfence.lab.cloud.autoscaling;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;

/** EnterStandby, ExitStandby and TerminateInstanceInAutoScalingGroup. */
public final class ScalingOperations {
  private final ScalingGroups groups;
  private final Fleet fleet;
  private final Chance chance;
  private final InstantSource clock;
  private long activities;

  public ScalingOperations(ScalingGroups groups, Fleet fleet, Chance chance, InstantSource clock) {
    this.groups = groups;
    this.fleet = fleet;
    this.chance = chance;
    this.clock = clock;
  }

  public void open(Desk desk) {
    desk.open("EnterStandby", EnterStandbyRequest::builder, this::enterStandby);
    desk.open("ExitStandby", ExitStandbyRequest::builder, this::exitStandby);
    desk.open(
        "TerminateInstanceInAutoScalingGroup",
        TerminateInstanceInAutoScalingGroupRequest::builder,
        this::terminate);
  }

  private EnterStandbyResponse enterStandby(EnterStandbyRequest request) {
    ScalingGroup group = groups.group(request.autoScalingGroupName());
    if (request.shouldDecrementDesiredCapacity() == null) {
      throw ScalingGroups.refusal("ShouldDecrementDesiredCapacity is required");
    }
    groups.enterStandby(group, request.instanceIds(), request.shouldDecrementDesiredCapacity());
    return EnterStandbyResponse.builder()
        .activities(activities(group, "Moving EC2 instance to Standby: ", request.instanceIds()))
        .build();
  }

  private ExitStandbyResponse exitStandby(ExitStandbyRequest request) {
    ScalingGroup group = groups.group(request.autoScalingGroupName());
    groups.exitStandby(group, request.instanceIds());
    return ExitStandbyResponse.builder()
        .activities(
            activities(group, "Moving EC2 instance out of Standby: ", request.instanceIds()))
        .build();
  }

  private TerminateInstanceInAutoScalingGroupResponse terminate(
      TerminateInstanceInAutoScalingGroupRequest request) {
    String id = request.instanceId() == null ? "" : request.instanceId();
    ScalingGroup group = groups.groupOf(id);
    Machine machine = fleet.instance(id);
    if (group == null || machine == null) {
      throw ScalingGroups.refusal("Instance Id not found - No managed instance found: " + id);
    }
    groups.terminate(group, machine, Boolean.TRUE.equals(request.shouldDecrementDesiredCapacity()));
    return TerminateInstanceInAutoScalingGroupResponse.builder()
        .activity(activities(group, "Terminating EC2 instance: ", List.of(id)).getFirst())
        .build();
  }

  private List<Activity> activities(ScalingGroup group, String what, List<String> ids) {
    Instant now = clock.instant();
    return ids.stream()
        .map(id ->
            Activity.builder()
                .activityId(chance.uuid("activity", activities++))
                .autoScalingGroupName(group.name)
                .autoScalingGroupARN(arn(group))
                .description(what + id)
                .cause("At " + now + " instance " + id + " was asked for by a user request")
                .startTime(now)
                .statusCode("InProgress")
                .progress(50)
                .build())
        .toList();
  }

  static String arn(ScalingGroup group) {
    return Account.arn("autoscaling", "autoScalingGroup:lab:autoScalingGroupName/" + group.name);
  }
}
