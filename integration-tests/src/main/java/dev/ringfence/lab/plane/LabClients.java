package dev.ringfence.lab.plane;

import dev.ringfence.functions.aws.AwsClients;
import dev.ringfence.lab.cloud.SimulatedCloud;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.wire.LabHttpClient;
import dev.ringfence.lab.wire.Wire;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The real SDK clients, answered by the lab in this process. They retry as in Lambda, but never
 * sleep.
 */
public record LabClients(
    Ec2Client ec2,
    SsmClient ssm,
    CloudWatchClient cloudWatch,
    AutoScalingClient autoScaling,
    S3Client s3,
    SfnClient stepFunctions,
    EventBridgeClient events,
    DynamoDbClient dynamo,
    DynamoDbStreamsClient streams) {
  /** The Region that the lab plays. */
  public static final Region REGION = Region.of(Account.REGION);

  /** The bucket in which the lab keeps evidence. */
  public static final String EVIDENCE = SimulatedCloud.EVIDENCE_BUCKET;

  public static LabClients over(Wire wire) {
    return new LabClients(
        client(Ec2Client.builder(), wire),
        client(SsmClient.builder(), wire),
        client(CloudWatchClient.builder(), wire),
        client(AutoScalingClient.builder(), wire),
        // Bucket names as host names would need a name server.
        client(S3Client.builder().forcePathStyle(true), wire),
        client(SfnClient.builder(), wire),
        client(EventBridgeClient.builder(), wire),
        client(DynamoDbClient.builder(), wire),
        client(DynamoDbStreamsClient.builder(), wire));
  }

  /** What the world of the control plane is made of. */
  public AwsClients world() {
    return new AwsClients(ec2, ssm, cloudWatch, autoScaling, s3, EVIDENCE);
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, Wire wire) {
    return builder
        .httpClient(new LabHttpClient(wire))
        .region(REGION)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder().retryStrategy(neverSleeping()).build())
        .build();
  }

  private static RetryStrategy neverSleeping() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .backoffStrategy(BackoffStrategy.retryImmediately())
        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
        .build();
  }
}
