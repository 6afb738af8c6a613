package dev.ringfence.lab.cloud;

import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskResponse;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** A lab's EC2, as somebody who restores machines by hand uses it. */
record Ec2(Lab lab) {
  /** Longer than any stop, start, snapshot or creation takes. */
  static final Duration SETTLED = Duration.ofMinutes(6);

  <R extends SdkPojo> R ask(String operation, SdkPojo request, Class<R> type) {
    return lab.ask("ec2", operation, request, type);
  }

  String faultOf(String operation, SdkPojo request) {
    return lab.faultOf("ec2", operation, request);
  }

  Machine instance(Predicate<Machine> wanted) {
    return lab.any(machine ->
        !machine.hardware().hybrid() && !machine.hardware().spot() && wanted.test(machine));
  }

  /** An instance that nobody replaces and that is odd in no way. */
  Machine loner() {
    return instance(machine -> !machine.tags().containsKey(FleetSpec.AUTO_SCALING_TAG));
  }

  void stop(String id) {
    stop(id, true);
    lab.pass(Duration.ofSeconds(15));
  }

  void stop(String id, boolean skip) {
    ask(
        "StopInstances",
        StopInstancesRequest.builder().instanceIds(id).skipOsShutdown(skip).build(),
        SdkPojo.class);
  }

  void start(String id) {
    ask("StartInstances", StartInstancesRequest.builder().instanceIds(id).build(), SdkPojo.class);
  }

  void terminate(String id) {
    ask(
        "TerminateInstances",
        TerminateInstancesRequest.builder().instanceIds(id).build(),
        SdkPojo.class);
  }

  void detach(String volumeId) {
    ask("DetachVolume", DetachVolumeRequest.builder().volumeId(volumeId).build(), SdkPojo.class);
  }

  static AttachVolumeRequest attaching(String volumeId, String instanceId, String device) {
    return AttachVolumeRequest.builder()
        .volumeId(volumeId)
        .instanceId(instanceId)
        .device(device)
        .build();
  }

  void attach(String volumeId, Machine machine) {
    ask(
        "AttachVolume",
        attaching(volumeId, machine.id(), machine.hardware().rootDevice()),
        SdkPojo.class);
  }

  static CreateVolumeRequest.Builder volume(Machine machine, String snapshotId) {
    return CreateVolumeRequest.builder()
        .availabilityZone(machine.hardware().zone())
        .snapshotId(snapshotId)
        .volumeType("gp3");
  }

  String create(CreateVolumeRequest request) {
    String id = ask("CreateVolume", request, CreateVolumeResponse.class).volumeId();
    lab.pass(Duration.ofSeconds(20));
    return id;
  }

  /** A completed snapshot of the root that an instance has now. */
  String snapshotOfRoot(Machine machine) {
    String root = rootOf(machine);
    List<SnapshotInfo> set =
        ask(
                "CreateSnapshots",
                CreateSnapshotsRequest.builder()
                    .instanceSpecification(s -> s.instanceId(machine.id()))
                    .build(),
                CreateSnapshotsResponse.class)
            .snapshots();
    lab.pass(SETTLED);
    return set.stream()
        .filter(snapshot -> snapshot.volumeId().equals(root))
        .findFirst()
        .orElseThrow()
        .snapshotId();
  }

  static String rootOf(Machine machine) {
    return Objects.requireNonNull(machine.root()).id();
  }

  static CreateReplaceRootVolumeTaskRequest replacing(Machine machine, String snapshotId) {
    return CreateReplaceRootVolumeTaskRequest.builder()
        .instanceId(machine.id())
        .snapshotId(snapshotId)
        .build();
  }

  void replaceRoot(Machine machine, String snapshotId) {
    ask(
        "CreateReplaceRootVolumeTask",
        replacing(machine, snapshotId),
        CreateReplaceRootVolumeTaskResponse.class);
  }

  Instance seen(String id) {
    return ask(
            "DescribeInstances",
            DescribeInstancesRequest.builder().instanceIds(id).build(),
            DescribeInstancesResponse.class)
        .reservations()
        .getFirst()
        .instances()
        .getFirst();
  }

  String state(String id) {
    return seen(id).state().nameAsString();
  }
}
