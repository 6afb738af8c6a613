package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.lab.wire.AwsFault;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What a task can call. */
final class Integrations {
  private static final int OK = 200;

  /** Starts another execution, as the API's StartExecution does. */
  @FunctionalInterface
  interface Starter {
    Execution start(String machineArn, Optional<String> name, String input);
  }

  /** A failure of which the task hears only after a while. */
  static final class LateFailure extends RuntimeException {
    private final AslError error;
    private final Duration after;

    LateFailure(AslError error, Duration after) {
      super(error);
      this.error = error;
      this.after = after;
    }

    AslError error() {
      return error;
    }

    Duration after() {
      return after;
    }
  }

  private final LabLambda lambda;
  private final Starter starter;
  private long transitions;

  Integrations(LabLambda lambda, Starter starter) {
    this.lambda = lambda;
    this.starter = starter;
  }

  void countTransition() {
    transitions++;
  }

  /** State transitions as they are billed: entered states and retries. */
  long transitions() {
    return transitions;
  }

  /**
   * Calls the resource.
   *
   * @throws AslError or {@link LateFailure} when it fails
   */
  JsonNode call(State.Resource resource, JsonNode parameters) {
    return switch (resource) {
      case LAMBDA_INVOKE -> invoke(parameters);
      case START_EXECUTION -> startExecution(parameters);
    };
  }

  private JsonNode invoke(JsonNode parameters) {
    Fields fields = parameters("lambda:invoke", parameters);
    String function = required(fields, "FunctionName");
    JsonNode payload = fields.find("Payload").orElseGet(ReferencePath::emptyObject);
    known(fields);
    return switch (lambda.invoke(function, payload)) {
      case LabLambda.Outcome.Returned returned ->
          JsonNodeFactory.instance
              .objectNode()
              .put("ExecutedVersion", "$LATEST")
              .put("StatusCode", OK)
              .set("Payload", returned.payload());
      case LabLambda.Outcome.Failed failed -> {
        AslError error = new AslError(failed.error(), failed.cause());
        if (failed.after().isZero()) {
          throw error;
        }
        throw new LateFailure(error, failed.after());
      }
    };
  }

  private JsonNode startExecution(JsonNode parameters) {
    Fields fields = parameters("states:startExecution", parameters);
    String machineArn = required(fields, "StateMachineArn");
    Optional<String> name = fields.text("Name");
    JsonNode input = fields.find("Input").orElseGet(ReferencePath::emptyObject);
    known(fields);
    try {
      Execution started =
          starter.start(machineArn, name, input.isTextual() ? input.textValue() : input.toString());
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      result.put("ExecutionArn", started.arn());
      result.put("StartDate", started.startedAt().getEpochSecond());
      return result;
    } catch (AwsFault fault) {
      String message = Objects.requireNonNullElse(fault.getMessage(), fault.code());
      throw new AslError("StepFunctions." + fault.code() + "Exception", message);
    }
  }

  private static Fields parameters(String resource, JsonNode parameters) {
    try {
      return new Fields("Parameters of " + resource, parameters);
    } catch (IllegalArgumentException notAnObject) {
      throw AslError.runtime(String.valueOf(notAnObject.getMessage()));
    }
  }

  private static String required(Fields fields, String name) {
    try {
      return fields.requiredText(name);
    } catch (IllegalArgumentException missing) {
      throw AslError.runtime(String.valueOf(missing.getMessage()));
    }
  }

  private static void known(Fields fields) {
    try {
      fields.end();
    } catch (IllegalArgumentException unknown) {
      throw AslError.runtime(String.valueOf(unknown.getMessage()));
    }
  }
}
