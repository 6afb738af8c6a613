package dev.ringfence.lab.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** Real SDK clients over a wire, trying a call the given number of times and never sleeping. */
final class SdkOnLab {
  private SdkOnLab() {}

  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, Wire wire, int attempts) {
    return builder
        .httpClient(new LabHttpClient(wire))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(attempts)
                        .backoffStrategy(BackoffStrategy.retryImmediately())
                        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                        .build())
                .build())
        .build();
  }

  /** Remembers what was asked, so that a test can compare it with what was sent. */
  static <Q, R> Function<Q, R> remembering(List<Q> asked, R answer) {
    return request -> {
      asked.add(request);
      return answer;
    };
  }

  /** Compares what the service said; the SDK's equals also compares the request's id. */
  static void assertSaidTheSame(SdkPojo expected, SdkPojo actual) {
    assertTrue(expected.equalsBySdkFields(actual), () -> expected + "\nbut was\n" + actual);
  }
}
