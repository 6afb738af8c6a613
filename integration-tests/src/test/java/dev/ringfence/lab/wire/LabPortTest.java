package dev.ringfence.lab.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.lab.Browser;
import dev.ringfence.lab.ListeningSockets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** The HTTP port serves what the wire serves: on loopback, one at a time, to who signs. */
class LabPortTest {
  /** Long enough for a local call, short enough for a test that expects none. */
  private static final Duration A_MOMENT = Duration.ofMillis(300);

  private static final WireResponse YES =
      new WireResponse(200, Map.of(), SdkBytes.fromUtf8String("yes"));

  private final Services services = new Services();
  private final Wire wire = new Wire(services);
  private final ReentrantLock turn = new ReentrantLock();

  private static SsmClient ssm(URI endpoint) {
    return SsmClient.builder()
        .httpClient(UrlConnectionHttpClient.create())
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")))
        .build();
  }

  private void answerInvocations(List<GetCommandInvocationRequest> asked) {
    services.on(
        "ssm",
        "GetCommandInvocation",
        GetCommandInvocationRequest::builder,
        SdkOnLab.remembering(
            asked, GetCommandInvocationResponse.builder().commandId("c-1").build()));
  }

  @Test
  void realClient_isAnsweredOverHttp() throws Exception {
    List<GetCommandInvocationRequest> asked = new ArrayList<>();
    answerInvocations(asked);
    try (LabPort port = LabPort.open(LabPort.ANY_PORT, wire, turn);
        SsmClient ssm = ssm(port.endpoint())) {
      assertEquals(
          "c-1", ssm.getCommandInvocation(r -> r.commandId("c-1").instanceId("i-1")).commandId());
      assertEquals("i-1", asked.getFirst().instanceId());
      assertEquals(
          "The lab has no operation ssm.ListDocuments",
          assertThrows(SsmException.class, ssm::listDocuments).awsErrorDetails().errorMessage());
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads the kernel's table of sockets")
  void port_listensOnLoopbackOnly() throws Exception {
    try (LabPort port = LabPort.open(LabPort.ANY_PORT, wire, turn)) {
      Set<String> addresses = ListeningSockets.addressesOf(port.endpoint().getPort());

      assertFalse(addresses.isEmpty());
      assertTrue(ListeningSockets.LOOPBACK.containsAll(addresses), addresses::toString);
    }
  }

  @Test
  void requestWaits_whileSomebodyElseHasTheTurn() throws Exception {
    List<GetCommandInvocationRequest> asked = new ArrayList<>();
    answerInvocations(asked);
    try (LabPort port = LabPort.open(LabPort.ANY_PORT, wire, turn);
        SsmClient ssm = ssm(port.endpoint())) {
      CompletableFuture<GetCommandInvocationResponse> answer;
      turn.lock();
      try {
        answer =
            CompletableFuture.supplyAsync(
                () -> ssm.getCommandInvocation(r -> r.commandId("c-1").instanceId("i-1")));
        assertThrows(
            TimeoutException.class, () -> answer.get(A_MOMENT.toMillis(), TimeUnit.MILLISECONDS));
        assertEquals(List.of(), asked);
      } finally {
        turn.unlock();
      }
      assertEquals("c-1", answer.get().commandId());
    }
  }

  @Test
  void unsignedRequest_isRefused() throws Exception {
    try (LabPort port = LabPort.open(LabPort.ANY_PORT, wire, turn);
        HttpClient browser = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          browser.send(
              HttpRequest.newBuilder(port.endpoint())
                  .POST(HttpRequest.BodyPublishers.ofString("Action=DescribeInstances"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertEquals(403, answer.statusCode());
      assertTrue(answer.body().contains("MissingAuthenticationToken"), answer::body);
    }
  }

  /** What a browser sends when another site's page posts, or points a name of its own at us. */
  @ParameterizedTest
  @CsvSource({
    "evil.example:PORT, ",
    "127.0.0.1, ",
    "127.0.0.1:1, ",
    "127.0.0.1:PORT, https://evil.example",
    "127.0.0.1:PORT, null",
    "127.0.0.1:PORT, http://127.0.0.1:1",
    "evil.example:PORT, http://evil.example:PORT"
  })
  void otherSitesPage_isRefused(String host, @Nullable String origin) throws Exception {
    try (LabPort port = LabPort.open(LabPort.ANY_PORT, wire, turn, request -> Optional.of(YES))) {
      assertEquals(403, Browser.post(port.endpoint(), "/", host, origin, "x-own: 1").status());
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1:PORT, ", "localhost:PORT, http://localhost:PORT"})
  void ownPage_isAnswered(String host, @Nullable String origin) throws Exception {
    try (LabPort port = LabPort.open(LabPort.ANY_PORT, wire, turn, request -> Optional.of(YES))) {
      assertEquals(200, Browser.post(port.endpoint(), "/", host, origin, "x-own: 1").status());
    }
  }

  @Test
  void defectOfTheLab_isA400AndNotRetried() throws Exception {
    CallMeter meter = new CallMeter();
    wire.tap(meter);
    services.on(
        "ssm",
        "GetCommandInvocation",
        GetCommandInvocationRequest::builder,
        request -> {
          throw new IllegalStateException("op-1 received a reply while in DONE");
        });
    try (LabPort port = LabPort.open(LabPort.ANY_PORT, wire, turn);
        SsmClient ssm = ssm(port.endpoint())) {
      SsmException raised =
          assertThrows(
              SsmException.class,
              () -> ssm.getCommandInvocation(r -> r.commandId("c-1").instanceId("i-1")));

      assertEquals("LabDefect", raised.awsErrorDetails().errorCode());
      assertEquals(1, meter.total());
    }
  }
}
