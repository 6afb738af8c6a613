package dev.ringfence.functions.aws;

import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskResponse;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksRequest;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;

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
  public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    return script.answer(request, DescribeSnapshotsResponse.class);
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
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
