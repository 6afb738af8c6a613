package dev.ringfence.localstack;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Clients of the services that only a deployed stack needs. */
record LocalStackClients(EventBridgeClient events, SqsClient queues, SfnClient stepFunctions) {
  /** LocalStack's account, whatever the credentials say. */
  static final String ACCOUNT = "000000000000";

  static LocalStackClients at(URI endpoint, Region region) {
    SdkHttpClient http = UrlConnectionHttpClient.create();
    return new LocalStackClients(
        client(EventBridgeClient.builder(), http, endpoint, region),
        client(SqsClient.builder(), http, endpoint, region),
        client(SfnClient.builder(), http, endpoint, region));
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, SdkHttpClient http, URI endpoint, Region region) {
    return builder
        .httpClient(http)
        .endpointOverride(endpoint)
        .region(region)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }
}
