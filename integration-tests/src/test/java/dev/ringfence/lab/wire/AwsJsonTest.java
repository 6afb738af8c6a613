package dev.ringfence.lab.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.Target;

/** What the SDK says in AWS JSON arrives as said, and the answer comes back as given. */
class AwsJsonTest {
  private static final Instant REQUESTED = Instant.parse("2026-11-01T08:15:30.250Z");

  private final Services services = new Services();
  private final Wire wire = new Wire(services);
  private final SsmClient ssm = SdkOnLab.client(SsmClient.builder(), wire, 1);
  private final SfnClient sfn = SdkOnLab.client(SfnClient.builder(), wire, 1);

  @Test
  void sendCommand_roundTrip_keepsMapsOfListsAndTimes() {
    List<SendCommandRequest> asked = new ArrayList<>();
    SendCommandResponse answer =
        SendCommandResponse.builder()
            .command(
                Command.builder()
                    .commandId("c-1")
                    .status("Pending")
                    .requestedDateTime(REQUESTED)
                    .parameters(Map.of("version", List.of("7")))
                    .targetCount(2)
                    .build())
            .build();
    services.on(
        "ssm", "SendCommand", SendCommandRequest::builder, SdkOnLab.remembering(asked, answer));
    SendCommandRequest request =
        SendCommandRequest.builder()
            .documentName("AWS-RunShellScript")
            .instanceIds("i-1", "i-2")
            .parameters(Map.of("commands", List.of("echo \"hi\"", "true"), "none", List.of()))
            .targets(Target.builder().key("tag:ring").values("dev").build())
            .timeoutSeconds(60)
            .comment("key 1")
            .build();

    SdkOnLab.assertSaidTheSame(answer, ssm.sendCommand(request));
    assertEquals(List.of(request), asked);
  }

  @Test
  void listCommandInvocations_roundTrip_keepsPlugins() {
    ListCommandInvocationsResponse answer =
        ListCommandInvocationsResponse.builder()
            .commandInvocations(
                CommandInvocation.builder()
                    .instanceId("i-1")
                    .requestedDateTime(REQUESTED)
                    .status("Failed")
                    .commandPlugins(
                        CommandPlugin.builder()
                            .name("runShellScript")
                            .responseCode(3)
                            .responseFinishDateTime(REQUESTED.plusMillis(1))
                            .build())
                    .build())
            .build();
    List<ListCommandInvocationsRequest> asked = new ArrayList<>();
    services.on(
        "ssm",
        "ListCommandInvocations",
        ListCommandInvocationsRequest::builder,
        SdkOnLab.remembering(asked, answer));
    ListCommandInvocationsRequest request =
        ListCommandInvocationsRequest.builder().commandId("c-1").details(true).build();

    SdkOnLab.assertSaidTheSame(answer, ssm.listCommandInvocations(request));
    assertEquals(List.of(request), asked);
  }

  @Test
  void startExecution_roundTrip_keepsItsInputText() {
    List<StartExecutionRequest> asked = new ArrayList<>();
    StartExecutionResponse answer =
        StartExecutionResponse.builder().executionArn("arn:x").startDate(REQUESTED).build();
    services.on(
        "states",
        "StartExecution",
        StartExecutionRequest::builder,
        SdkOnLab.remembering(asked, answer));
    StartExecutionRequest request =
        StartExecutionRequest.builder()
            .stateMachineArn("arn:aws:states:eu-central-1:000000000000:stateMachine:clock")
            .name("op-1")
            .input("{\"a\":1}")
            .build();

    SdkOnLab.assertSaidTheSame(answer, sfn.startExecution(request));
    assertEquals(List.of(request), asked);
  }

  @Test
  void fault_becomesTheModelledException() {
    services.on(
        "ssm",
        "SendCommand",
        SendCommandRequest::builder,
        request -> {
          throw new AwsFault("InvalidInstanceId", 400, "i-9 is not managed");
        });
    services.on(
        "states",
        "StartExecution",
        StartExecutionRequest::builder,
        request -> {
          throw new AwsFault("ExecutionAlreadyExists", 400, "op-1 is there");
        });

    assertEquals(
        "i-9 is not managed",
        assertThrows(
                InvalidInstanceIdException.class,
                () -> ssm.sendCommand(r -> r.documentName("d").instanceIds("i-9")))
            .awsErrorDetails()
            .errorMessage());
    assertThrows(
        ExecutionAlreadyExistsException.class,
        () -> sfn.startExecution(r -> r.stateMachineArn("arn:x").name("op-1")));
  }

  @Test
  void throttle_isKnownToTheSdkAsOne() {
    services.on(
        "ssm",
        "SendCommand",
        SendCommandRequest::builder,
        request -> {
          throw new AwsFault("ThrottlingException", 400, "Rate exceeded");
        });

    assertTrue(
        assertThrows(SsmException.class, () -> ssm.sendCommand(r -> r.documentName("d")))
            .isThrottlingException());
  }

  @Test
  void unknownOperation_isA400ThatNamesIt() {
    SsmException raised = assertThrows(SsmException.class, ssm::listDocuments);

    assertEquals(400, raised.statusCode());
    assertEquals(
        "The lab has no operation ssm.ListDocuments", raised.awsErrorDetails().errorMessage());
  }
}
