package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.release.SsmDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The SDK's real clients over a wire that breaks: how often do they knock? */
class OneAttemptTest {
  private final FakeAws aws = new FakeAws();
  private final BrokenWire wire = new BrokenWire();

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 0})
  void sendCommand_goesOverTheWireOnce(int status) {
    wire.status = status;
    try (SsmClient ssm = on(SsmClient.builder())) {
      Outcome outcome =
          new AwsWorld(aws.clients(aws.ec2, ssm), aws)
              .perform(
                  new Effect.SendCommand(
                      "k",
                      FakeAws.START,
                      null,
                      Effect.SendCommand.Purpose.UPDATE,
                      List.of("i-1"),
                      new SsmDocument("Update", "1", "ab".repeat(32)),
                      Map.of(),
                      Duration.ofMinutes(1)),
                  false);
      assertEquals(Outcome.Unsettled.class, outcome.getClass());
    }
    assertEquals(1, wire.knocks);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 0})
  void createSnapshots_goesOverTheWireOnce(int status) {
    wire.status = status;
    try (Ec2Client ec2 = on(Ec2Client.builder())) {
      Outcome outcome =
          new AwsWorld(aws.clients(ec2, aws.ssm), aws)
              .perform(
                  new Effect.TakeSnapshots("k", FakeAws.START, null, "i-1", "vol-1", Map.of()),
                  false);
      assertEquals(Outcome.Unsettled.class, outcome.getClass());
    }
    assertEquals(1, wire.knocks);
  }

  @Test
  void cancel_isSafeToRepeatAndIsRepeated() {
    wire.status = 500;
    try (SsmClient ssm = on(SsmClient.builder())) {
      Outcome outcome =
          new AwsWorld(aws.clients(aws.ec2, ssm), aws)
              .perform(new Effect.CancelCommand("k", FakeAws.START, false, "c-1"), false);
      assertEquals(Outcome.Unsettled.class, outcome.getClass());
    }
    assertEquals(true, wire.knocks > 1, wire.knocks + " knocks");
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C on(B builder) {
    return builder
        .httpClient(wire)
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  /** What is looked at before a set is taken. */
  private static final String MACHINE =
      "<DescribeInstancesResponse><reservationSet><item><instancesSet><item>"
          + "<instanceId>i-1</instanceId><instanceState><name>running</name></instanceState>"
          + "<placement><availabilityZone>z-1</availabilityZone></placement>"
          + "</item></instancesSet></item></reservationSet></DescribeInstancesResponse>";

  /** Answers every change with one status and no body; 0 means that the connection breaks. */
  private static final class BrokenWire implements SdkHttpClient {
    private int status;
    private int knocks;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          if (asksForTheMachine(request)) {
            return answer(200, MACHINE);
          }
          knocks++;
          if (status == 0) {
            throw new IOException("connection reset");
          }
          return answer(status, "{}");
        }

        @Override
        public void abort() {}
      };
    }

    private static boolean asksForTheMachine(HttpExecuteRequest request) throws IOException {
      if (request.contentStreamProvider().isEmpty()) {
        return false;
      }
      try (InputStream body = request.contentStreamProvider().get().newStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8)
            .contains("Action=DescribeInstances");
      }
    }

    private static HttpExecuteResponse answer(int status, String body) {
      return HttpExecuteResponse.builder()
          .response(SdkHttpResponse.builder().statusCode(status).build())
          .responseBody(
              AbortableInputStream.create(
                  new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
          .build();
    }

    @Override
    public void close() {}
  }
}
