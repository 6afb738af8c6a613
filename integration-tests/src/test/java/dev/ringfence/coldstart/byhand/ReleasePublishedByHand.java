package dev.ringfence.coldstart.byhand;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.ringfence.contract.Variables;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.functions.aws.StepFunctionsClocks;
import dev.ringfence.functions.intake.ReleasePublishedFunction;
import dev.ringfence.functions.record.DynamoStore;
import dev.ringfence.functions.record.Units;
import dev.ringfence.release.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The function that takes releases in, put together by a constructor. */
public final class ReleasePublishedByHand implements RequestStreamHandler {
  private final ReleasePublishedFunction function;

  /** For Lambda. */
  public ReleasePublishedByHand() {
    SdkHttpClient http = UrlConnectionHttpClient.builder().build();
    InstantSource time = InstantSource.system();
    DynamoStore store =
        new DynamoStore(
            client(DynamoDbClient.builder(), http),
            variable(Variables.TABLE),
            () -> "by-hand",
            (one, other) -> Version.BY_AGE.compare(new Version(one), new Version(other)),
            pause -> LockSupport.parkNanos(pause.toNanos()),
            new Units());
    this.function =
        new ReleasePublishedFunction(
            new ReleaseIntake(
                store,
                new StepFunctionsClocks(
                    client(SfnClient.builder(), http), variable(Variables.CLOCK)),
                time));
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, SdkHttpClient http) {
    return builder
        .httpClient(http)
        .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
        .region(Region.of(variable(Variables.REGION)))
        .overrideConfiguration(all -> all.retryStrategy(RetryMode.STANDARD))
        .build();
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    function.handleRequest(event, answer, context);
  }
}
