package dev.ringfence.functions.aws;

import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyResponse;

/** Auto Scaling as far as we call it. */
final class FakeAutoScaling implements AutoScalingClient {
  final Script script = new Script();

  @Override
  public DescribeAutoScalingInstancesResponse describeAutoScalingInstances(
      DescribeAutoScalingInstancesRequest request) {
    return script.answer(request, DescribeAutoScalingInstancesResponse.class);
  }

  @Override
  public EnterStandbyResponse enterStandby(EnterStandbyRequest request) {
    return script.answer(request, EnterStandbyResponse.class);
  }

  @Override
  public ExitStandbyResponse exitStandby(ExitStandbyRequest request) {
    return script.answer(request, ExitStandbyResponse.class);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
