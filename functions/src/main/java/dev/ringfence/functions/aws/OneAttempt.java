package dev.ringfence.functions.aws;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;

/**
 * Takes the SDK's own retries away from one request. {@code SendCommand} and {@code
 * CreateSnapshots} have no client token, so a retry after a lost answer would do it twice; our own
 * second attempt, a beat later, looks before it acts. Throttles are safe to repeat, yet a beat that
 * sleeps through them holds up a halt.
 */
final class OneAttempt implements SdkPlugin {
  private static final AwsRequestOverrideConfiguration ONCE =
      AwsRequestOverrideConfiguration.builder().addPlugin(new OneAttempt()).build();

  private OneAttempt() {}

  static AwsRequestOverrideConfiguration configuration() {
    return ONCE;
  }

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder config) {
    config.overrideConfiguration(
        config.overrideConfiguration().toBuilder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .build());
  }
}
