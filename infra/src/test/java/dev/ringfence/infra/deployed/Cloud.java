package dev.ringfence.infra.deployed;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The services of a LocalStack. */
record Cloud(
    CloudFormationClient stacks,
    EventBridgeClient events,
    SqsClient queues,
    SnsClient topics,
    DynamoDbClient tables,
    S3Client buckets,
    CloudWatchClient alarms,
    SfnClient machines,
    IamClient roles,
    SsmClient parameters,
    PlainCalls plain) {
  /** LocalStack's account, whatever the credentials say. */
  static final String ACCOUNT = "000000000000";

  static final Region REGION = Region.EU_WEST_1;

  /** Its DynamoDB is a program that only starts when it is first asked. */
  private static final Duration FIRST_ANSWER = Duration.ofMinutes(2);

  static Cloud at(URI endpoint) {
    SdkHttpClient http = UrlConnectionHttpClient.builder().socketTimeout(FIRST_ANSWER).build();
    return new Cloud(
        client(CloudFormationClient.builder(), http, endpoint),
        client(EventBridgeClient.builder(), http, endpoint),
        client(SqsClient.builder(), http, endpoint),
        client(SnsClient.builder(), http, endpoint),
        client(DynamoDbClient.builder(), http, endpoint),
        client(S3Client.builder().forcePathStyle(true), http, endpoint),
        client(CloudWatchClient.builder(), http, endpoint),
        client(SfnClient.builder(), http, endpoint),
        client(IamClient.builder(), http, endpoint),
        client(SsmClient.builder(), http, endpoint),
        new PlainCalls(endpoint));
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, SdkHttpClient http, URI endpoint) {
    return builder
        .httpClient(http)
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  /** The ARN of a resource in this account and Region. */
  static String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, REGION.id(), ACCOUNT, resource);
  }
}
