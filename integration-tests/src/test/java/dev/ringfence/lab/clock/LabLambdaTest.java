package dev.ringfence.lab.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.lab.wire.LabHttpClient;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/** Functions answer, fail, hang and die as Lambda's do. */
class LabLambdaTest {
  private static final JsonNode EVENT = ClockLab.json("{'id': 1}");

  private final ClockLab lab = new ClockLab();

  private static LabLambda.Outcome failed(String error, String cause) {
    return new LabLambda.Outcome.Failed(error, cause, Duration.ZERO);
  }

  @Test
  void function_isFoundByNameAndByArn() {
    lab.beat(payload -> payload);

    LabLambda.Outcome returned = new LabLambda.Outcome.Returned(EVENT);
    assertEquals(returned, lab.lambda.invoke("beat", EVENT));
    assertEquals(
        returned,
        lab.lambda.invoke("arn:aws:lambda:eu-central-1:000000000000:function:beat:live", EVENT));
    assertEquals(
        failed("Lambda.ResourceNotFoundException", "Function not found: other"),
        lab.lambda.invoke("other", EVENT));
  }

  @Test
  void exception_isNamedByItsClass() {
    lab.beat(payload -> {
      throw new IllegalStateException("down");
    });

    assertEquals(
        failed(
            "java.lang.IllegalStateException",
            "{\"errorMessage\":\"down\",\"errorType\":\"java.lang.IllegalStateException\"}"),
        lab.lambda.invoke("beat", EVENT));
  }

  @Test
  void failedAssertion_isTheTestsAndNotTheFunctions() {
    lab.beat(payload -> {
      throw new AssertionError("an invariant is broken");
    });

    assertThrows(AssertionError.class, () -> lab.lambda.invoke("beat", EVENT));
  }

  @Test
  void functionKilledDuringACall_runsNoFurther() {
    List<String> trace = new ArrayList<>();
    Services services = new Services();
    services.on(
        "ssm",
        "SendCommand",
        SendCommandRequest::builder,
        request -> {
          trace.add("sent");
          return SendCommandResponse.builder().build();
        });
    Wire wire =
        new Wire(services)
            .tap(
                new WireTap() {
                  @Override
                  public void after(WireCall call) {
                    throw new FunctionKilled("after " + call.name());
                  }
                });
    SsmClient ssm =
        SsmClient.builder()
            .httpClient(new LabHttpClient(wire))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")))
            .build();
    lab.beat(payload -> {
      try {
        ssm.sendCommand(r -> r.documentName("d"));
      } catch (RuntimeException handled) {
        trace.add("handled " + handled);
      }
      trace.add("carried on");
      return payload;
    });

    assertEquals(
        failed(
            "Runtime.ExitError",
            "{\"errorMessage\":\"Killed after ssm.SendCommand\","
                + "\"errorType\":\"Runtime.ExitError\"}"),
        lab.lambda.invoke("beat", EVENT));
    assertEquals(List.of("sent"), trace);
  }

  @Test
  void lostAnswer_meansThatTheWorkWasDone() {
    lab.beat(payload -> payload);
    lab.lambda.tap(
        new LambdaTap() {
          @Override
          public void after(String function, JsonNode payload) {
            throw LambdaFault.serviceTrouble();
          }
        });

    assertEquals(
        failed("Lambda.ServiceException", "Service unavailable"), lab.lambda.invoke("beat", EVENT));
    assertEquals(1, lab.beats.size());
  }

  @Test
  void asynchronousEvent_isTriedThreeTimesAndThenKept() {
    lab.beat(payload -> {
      throw new IllegalStateException("down");
    });

    lab.lambda.invokeAsync("beat", EVENT);
    assertEquals(List.of(), lab.beats);
    lab.drain();

    assertEquals(List.of(0L, 60L, 180L), lab.beats);
    assertEquals(
        List.of(
            new LabLambda.DeadLetter(
                "beat", EVENT, "java.lang.IllegalStateException", ClockLab.NOON.plusSeconds(180))),
        lab.lambda.deadLetters());
  }

  @Test
  void asynchronousEvent_thatSucceedsLater_isNotKept() {
    lab.beat(payload -> {
      if (lab.beats.size() == 1) {
        throw new IllegalStateException("down");
      }
      return payload;
    });

    lab.lambda.invokeAsync("beat", EVENT);
    lab.drain();

    assertEquals(List.of(0L, 60L), lab.beats);
    assertEquals(List.of(), lab.lambda.deadLetters());
  }
}
