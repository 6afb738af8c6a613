package dev.ringfence.functions.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;

/** An account without machines, with a clock that is moved by hand. */
final class FakeAws implements InstantSource {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  final FakeEc2 ec2 = new FakeEc2();
  final FakeSsm ssm = new FakeSsm();
  final FakeCloudWatch cloudWatch = new FakeCloudWatch();
  final FakeAutoScaling autoScaling = new FakeAutoScaling();
  final FakeS3 s3 = new FakeS3();
  private Instant now = START;

  FakeAws() {
    ssm.script.on(
        DescribeInstanceInformationRequest.class,
        request -> DescribeInstanceInformationResponse.builder().build());
  }

  AwsWorld world() {
    return new AwsWorld(clients(), this);
  }

  AwsWorld world(Pacer pacer) {
    return new AwsWorld(clients(), this, pacer);
  }

  private AwsClients clients() {
    return clients(ec2, ssm);
  }

  AwsClients clients(Ec2Client theEc2, SsmClient theSsm) {
    return new AwsClients(theEc2, theSsm, cloudWatch, autoScaling, s3, "evidence");
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  static AwsServiceException error(String code, int status) {
    return error(code, status, "no");
  }

  static AwsServiceException error(String code, int status, String message) {
    return AwsServiceException.builder()
        .statusCode(status)
        .message(message)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
