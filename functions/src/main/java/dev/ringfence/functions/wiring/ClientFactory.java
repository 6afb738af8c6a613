package dev.ringfence.functions.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Secondary;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
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

/**
 * One client per service, all over one HTTP client. Region and credentials come from where Lambda
 * puts them and from nowhere else: the SDK's default chains look at files and the instance's
 * metadata first, which costs a cold start. {@code AWS_ENDPOINT_URL} is the SDK's own and is
 * heeded.
 *
 * <p>All retry as the SDK's standard mode does: three attempts. The adapters take that away from
 * the two requests that are not safe to repeat.
 */
@Factory
final class ClientFactory {
  /** A call that has no answer by then is tried again, or left to the next beat. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

  /** With its retries; three calls that go this badly still fit into one beat's 90 seconds. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(25);

  /** Gives way to one that was brought along, as a rehearsal does. */
  @Singleton
  @Secondary
  @Bean(preDestroy = "close")
  SdkHttpClient http() {
    return UrlConnectionHttpClient.builder().socketTimeout(ATTEMPT_TIMEOUT).build();
  }

  /** With SnapStart Lambda hands credentials out at an endpoint, else in variables. */
  @Singleton
  @Secondary
  AwsCredentialsProvider credentials() {
    return AwsCredentialsProviderChain.of(
        EnvironmentVariableCredentialsProvider.create(),
        ContainerCredentialsProvider.builder().build());
  }

  @Singleton
  @Bean(preDestroy = "close")
  DynamoDbClient dynamoDb(SdkHttpClient http, AwsCredentialsProvider credentials, Settings to) {
    return client(DynamoDbClient.builder(), http, credentials, to);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Ec2Client ec2(SdkHttpClient http, AwsCredentialsProvider credentials, Settings to) {
    return client(Ec2Client.builder(), http, credentials, to);
  }

  @Singleton
  @Bean(preDestroy = "close")
  SsmClient ssm(SdkHttpClient http, AwsCredentialsProvider credentials, Settings to) {
    return client(SsmClient.builder(), http, credentials, to);
  }

  @Singleton
  @Bean(preDestroy = "close")
  CloudWatchClient cloudWatch(SdkHttpClient http, AwsCredentialsProvider credentials, Settings to) {
    return client(CloudWatchClient.builder(), http, credentials, to);
  }

  @Singleton
  @Bean(preDestroy = "close")
  AutoScalingClient autoScaling(
      SdkHttpClient http, AwsCredentialsProvider credentials, Settings to) {
    return client(AutoScalingClient.builder(), http, credentials, to);
  }

  @Singleton
  @Bean(preDestroy = "close")
  EventBridgeClient eventBridge(
      SdkHttpClient http, AwsCredentialsProvider credentials, Settings to) {
    return client(EventBridgeClient.builder(), http, credentials, to);
  }

  @Singleton
  @Bean(preDestroy = "close")
  S3Client s3(SdkHttpClient http, AwsCredentialsProvider credentials, Settings to) {
    return client(S3Client.builder(), http, credentials, to);
  }

  @Singleton
  @Bean(preDestroy = "close")
  SfnClient stepFunctions(SdkHttpClient http, AwsCredentialsProvider credentials, Settings to) {
    return client(SfnClient.builder(), http, credentials, to);
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, SdkHttpClient http, AwsCredentialsProvider credentials, Settings to) {
    return builder
        .httpClient(http)
        .credentialsProvider(credentials)
        .region(Region.of(to.region()))
        .overrideConfiguration(all ->
            all.retryStrategy(RetryMode.STANDARD)
                .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                .apiCallTimeout(CALL_TIMEOUT))
        .build();
  }
}
