package dev.ringfence.awscontract;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.wire.LabHttpClient;
import dev.ringfence.lab.wire.Wire;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The SDK's own clients. None of them retries: a promise is about one call. */
record Clients(
    Ec2Client ec2,
    SsmClient ssm,
    CloudWatchClient cloudWatch,
    SfnClient stepFunctions,
    DynamoDbClient dynamo,
    AutoScalingClient autoScaling,
    EventBridgeClient events,
    S3Client s3) {

  /** How a builder gets to its target. */
  private interface Way {
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C to(
        B builder);
  }

  static Clients over(Wire wire) {
    return by(Region.of(Account.REGION), new LabHttpClient(wire), null);
  }

  /** An emulator takes any key; this is the one that LocalStack's documentation uses. */
  static Clients at(URI endpoint, Region region) {
    return by(region, sockets(), endpoint);
  }

  private static SdkHttpClient sockets() {
    return UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(1)).build();
  }

  private static Clients by(Region region, SdkHttpClient http, @Nullable URI endpoint) {
    Way way =
        new Way() {
          @Override
          public <
                  B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>,
                  C extends SdkClient>
              C to(B builder) {
            builder
                .httpClient(http)
                .region(region)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
            return (endpoint == null ? builder : builder.endpointOverride(endpoint)).build();
          }
        };
    return through(way);
  }

  /** An account, with the credentials and the Region of the SDK's usual chain. */
  static Clients ofAws() {
    SdkHttpClient http = sockets();
    return through(
        new Way() {
          @Override
          public <
                  B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>,
                  C extends SdkClient>
              C to(B builder) {
            return builder.httpClient(http).build();
          }
        });
  }

  private static Clients through(Way way) {
    return new Clients(
        way.to(Ec2Client.builder()),
        way.to(SsmClient.builder()),
        way.to(CloudWatchClient.builder()),
        way.to(SfnClient.builder()),
        way.to(DynamoDbClient.builder()),
        way.to(AutoScalingClient.builder()),
        way.to(EventBridgeClient.builder()),
        way.to(S3Client.builder().forcePathStyle(true)));
  }
}
