package dev.ringfence.functions.aws;

import dev.ringfence.contract.ClockDefinition;
import dev.ringfence.engine.Clocks;
import dev.ringfence.operation.Head;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;

/**
 * Clocks as Step Functions executions that bear their operation's id. StartExecution with the same
 * name and input is idempotent while the execution runs and answers ExecutionAlreadyExists for 90
 * days after (API reference), so retries are safe.
 */
public final class StepFunctionsClocks implements Clocks {
  private static final Logger LOG = LoggerFactory.getLogger(StepFunctionsClocks.class);

  /** What an operation's id may look like; it needs no escaping in JSON either. */
  private static final Pattern ID =
      Pattern.compile("[A-Za-z0-9_-]{1," + ClockDefinition.ID_CHARS_MAX + "}");

  private final SfnClient stepFunctions;
  private final String stateMachine;

  /**
   * @param stateMachine the ARN of the one state machine that beats for every kind of operation
   */
  public StepFunctionsClocks(SfnClient stepFunctions, String stateMachine) {
    this.stepFunctions = stepFunctions;
    this.stateMachine = stateMachine;
  }

  /**
   * {@inheritDoc}
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when it could not be started
   */
  @Override
  public void start(Head.Kind kind, String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not the id of an operation: " + id);
    }
    try {
      stepFunctions.startExecution(
          StartExecutionRequest.builder()
              .stateMachineArn(stateMachine)
              .name(id)
              .input(
                  "{\"kind\":\"%s\",\"id\":\"%s\",\"generation\":0,\"beats\":0}"
                      .formatted(kind.name(), id))
              .build());
      LOG.info("{} clock started", id);
    } catch (ExecutionAlreadyExistsException started) {
      LOG.info("{} clock was started before", id);
    }
  }
}
