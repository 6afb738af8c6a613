package dev.ringfence.functions.aws;

import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.AttachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskResponse;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksRequest;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.GetConsoleScreenshotRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleScreenshotResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;

/** EC2 as far as we call it. */
final class FakeEc2 implements Ec2Client {
  final Script script = new Script();

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    return script.answer(request, DescribeInstancesResponse.class);
  }

  @Override
  public DescribeInstanceStatusResponse describeInstanceStatus(
      DescribeInstanceStatusRequest request) {
    return script.answer(request, DescribeInstanceStatusResponse.class);
  }

  @Override
  public DescribeInstanceTypesResponse describeInstanceTypes(DescribeInstanceTypesRequest request) {
    return script.answer(request, DescribeInstanceTypesResponse.class);
  }

  @Override
  public DescribeInstanceAttributeResponse describeInstanceAttribute(
      DescribeInstanceAttributeRequest request) {
    return script.answer(request, DescribeInstanceAttributeResponse.class);
  }

  @Override
  public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    return script.answer(request, DescribeSnapshotsResponse.class);
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    return script.answer(request, DescribeVolumesResponse.class);
  }

  @Override
  public CreateSnapshotsResponse createSnapshots(CreateSnapshotsRequest request) {
    return script.answer(request, CreateSnapshotsResponse.class);
  }

  @Override
  public CreateReplaceRootVolumeTaskResponse createReplaceRootVolumeTask(
      CreateReplaceRootVolumeTaskRequest request) {
    return script.answer(request, CreateReplaceRootVolumeTaskResponse.class);
  }

  @Override
  public DescribeReplaceRootVolumeTasksResponse describeReplaceRootVolumeTasks(
      DescribeReplaceRootVolumeTasksRequest request) {
    return script.answer(request, DescribeReplaceRootVolumeTasksResponse.class);
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    return script.answer(request, StopInstancesResponse.class);
  }

  @Override
  public StartInstancesResponse startInstances(StartInstancesRequest request) {
    return script.answer(request, StartInstancesResponse.class);
  }

  @Override
  public CreateVolumeResponse createVolume(CreateVolumeRequest request) {
    return script.answer(request, CreateVolumeResponse.class);
  }

  @Override
  public DetachVolumeResponse detachVolume(DetachVolumeRequest request) {
    return script.answer(request, DetachVolumeResponse.class);
  }

  @Override
  public AttachVolumeResponse attachVolume(AttachVolumeRequest request) {
    return script.answer(request, AttachVolumeResponse.class);
  }

  @Override
  public ModifyInstanceAttributeResponse modifyInstanceAttribute(
      ModifyInstanceAttributeRequest request) {
    return script.answer(request, ModifyInstanceAttributeResponse.class);
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    return script.answer(request, CreateTagsResponse.class);
  }

  @Override
  public GetConsoleScreenshotResponse getConsoleScreenshot(GetConsoleScreenshotRequest request) {
    return script.answer(request, GetConsoleScreenshotResponse.class);
  }

  @Override
  public GetConsoleOutputResponse getConsoleOutput(GetConsoleOutputRequest request) {
    return script.answer(request, GetConsoleOutputResponse.class);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
