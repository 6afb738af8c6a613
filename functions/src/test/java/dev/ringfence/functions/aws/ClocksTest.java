package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringfence.operation.Head;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

class ClocksTest {
  private static final String MACHINE = "arn:aws:states:eu-west-1:111122223333:stateMachine:clock";

  private final Script script = new Script();
  private final StepFunctionsClocks clocks = new StepFunctionsClocks(new FakeSfn(script), MACHINE);

  @Test
  void clock_isNamedByItsOperation() {
    script.on(StartExecutionRequest.class, request -> StartExecutionResponse.builder().build());
    clocks.start(Head.Kind.RESTORE, "restore-7_a");
    assertEquals(
        StartExecutionRequest.builder()
            .stateMachineArn(MACHINE)
            .name("restore-7_a")
            .input(
                """
                {"kind":"RESTORE","id":"restore-7_a","generation":0,"beats":0}\
                """)
            .build(),
        script.all(StartExecutionRequest.class).getFirst());
  }

  @Test
  void clockThatWasStartedBefore_isLeftAlone() {
    script.on(
        StartExecutionRequest.class,
        request -> {
          throw ExecutionAlreadyExistsException.builder().message("exists").build();
        });
    clocks.start(Head.Kind.ROLLOUT, "r-1");
    assertEquals(1, script.calls());
  }

  @Test
  void clockThatCouldNotBeStarted_isTheCallersToKnow() {
    script.on(
        StartExecutionRequest.class,
        request -> {
          throw FakeAws.error("StateMachineDoesNotExist", 400);
        });
    assertThrows(AwsServiceException.class, () -> clocks.start(Head.Kind.ROLLOUT, "r-1"));
  }

  @Test
  void idThatWouldBreakTheInput_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> clocks.start(Head.Kind.ROLLOUT, "r\",\"kind\":\"X"));
    assertEquals(0, script.calls());
  }

  @Test
  void idThatLeavesNoRoomForAGeneration_isRefused() {
    script.on(StartExecutionRequest.class, request -> StartExecutionResponse.builder().build());
    clocks.start(Head.Kind.ROLLOUT, "r".repeat(74));
    assertThrows(
        IllegalArgumentException.class, () -> clocks.start(Head.Kind.ROLLOUT, "r".repeat(75)));
    assertEquals(1, script.calls());
  }

  private record FakeSfn(Script script) implements SfnClient {
    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
      return script.answer(request, StartExecutionResponse.class);
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
