package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.lab.time.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * One execution on its way through its machine. Between waits it runs without giving way; what it
 * waits for comes back through {@link #resume}, which does nothing once the execution has ended.
 */
final class Run {
  /**
   * Input or output of a state, in bytes of UTF-8.
   *
   * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step
   *     Functions service quotas</a>
   */
  static final int LARGEST_DATA_BYTES = 256 * 1024;

  /** As the context object writes times: always with milliseconds. */
  private static final DateTimeFormatter CONTEXT_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Where to go next, and with what. */
  record Go(String state, JsonNode input) {}

  private final Place place;
  private final String arn;
  private final String name;
  private final String inputText;
  private final JsonNode input;
  private final Instant startedAt;
  private final History history = new History();
  private ExecutionStatus status = ExecutionStatus.RUNNING;
  private @Nullable Instant stoppedAt;
  private @Nullable JsonNode output;
  private @Nullable AslError failure;

  /** What an execution runs on. */
  record Place(
      VirtualClock clock, String machineArn, StateMachine machine, Integrations integrations) {}

  Run(Place place, String arn, String name, String inputText, JsonNode input) {
    this.place = place;
    this.arn = arn;
    this.name = name;
    this.inputText = inputText;
    this.input = input;
    this.startedAt = place.clock().instant();
  }

  /** Starts as soon as the starter is done, as the service does. */
  void begin() {
    history.add("ExecutionStarted", "", input, now());
    place
        .machine()
        .timeout()
        .ifPresent(limit -> place.clock().after(limit, () -> end(ExecutionStatus.TIMED_OUT, null)));
    place
        .clock()
        .at(startedAt, () -> resume(() -> Optional.of(new Go(place.machine().startAt(), input))));
  }

  void resume(Supplier<Optional<Go>> work) {
    if (status != ExecutionStatus.RUNNING) {
      return;
    }
    try {
      Optional<Go> next = work.get();
      while (next.isPresent() && status == ExecutionStatus.RUNNING) {
        next = enter(next.get());
      }
    } catch (AslError error) {
      end(ExecutionStatus.FAILED, error);
    } catch (History.Full full) {
      end(
          ExecutionStatus.FAILED,
          AslError.runtime(
              "The execution reached the maximum number of history events ("
                  + History.LIMIT
                  + ")."));
    }
  }

  private Optional<Go> enter(Go go) {
    State state = place.machine().state(go.state());
    record(state.type() + "StateEntered", go.state(), go.input());
    place.integrations().countTransition();
    JsonNode context = context(go.state(), now(), 0);
    return switch (state) {
      case State.Task task -> new TaskRun(this, place, task, go).attempt();
      case State.Choice choice -> choose(choice, go, context);
      case State.Wait wait -> rest(wait, go, context);
      case State.Pass pass -> {
        JsonNode effective = pass.data().effectiveInput(go.input(), context);
        JsonNode out = pass.data().output(go.input(), pass.result().orElse(effective), context);
        yield leave(state, go.state(), out, pass.next());
      }
      case State.Succeed succeed -> {
        JsonNode in = succeed.data().input(go.input(), context);
        yield leave(state, go.state(), succeed.data().output(in, in, context), Optional.empty());
      }
      case State.Fail fail -> throw new AslError(fail.error(), fail.cause());
    };
  }

  private Optional<Go> choose(State.Choice choice, Go go, JsonNode context) {
    JsonNode in = choice.data().input(go.input(), context);
    String next =
        choice.rules().stream()
            .filter(rule -> rule.condition().holds(in, context))
            .map(Condition.Rule::next)
            .findFirst()
            .or(choice::otherwise)
            .orElseThrow(() ->
                new AslError(
                    "States.NoChoiceMatched",
                    "No choice of " + go.state() + " matched and it has no Default"));
    return leave(choice, go.state(), choice.data().output(in, in, context), Optional.of(next));
  }

  private Optional<Go> rest(State.Wait wait, Go go, JsonNode context) {
    JsonNode in = wait.data().input(go.input(), context);
    Instant until = wait.deadline().from(in, context, now());
    JsonNode out = wait.data().output(in, in, context);
    place.clock().at(until, () -> resume(() -> leave(wait, go.state(), out, wait.next())));
    return Optional.empty();
  }

  /** Leaves a state, for the next one or for good. */
  Optional<Go> leave(State state, String stateName, JsonNode out, Optional<String> next) {
    checkSize(out, "output of the state " + stateName);
    record(state.type() + "StateExited", stateName, out);
    if (next.isEmpty()) {
      output = out;
      end(ExecutionStatus.SUCCEEDED, null);
    }
    return next.map(target -> new Go(target, out));
  }

  static void checkSize(JsonNode data, String what) {
    if (data.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST_DATA_BYTES) {
      throw new AslError(
          AslError.DATA_LIMIT,
          "The " + what + " exceeds the maximum number of bytes, " + LARGEST_DATA_BYTES);
    }
  }

  void record(String type, String stateName, JsonNode data) {
    history.add(type, stateName, data, now());
  }

  void stop(AslError why) {
    end(ExecutionStatus.ABORTED, why);
  }

  private void end(ExecutionStatus how, @Nullable AslError why) {
    if (status != ExecutionStatus.RUNNING) {
      return;
    }
    status = how;
    failure = why;
    stoppedAt = now();
    history.end(eventFor(how), why == null ? outputOrNothing() : History.failure(why), now());
  }

  private JsonNode outputOrNothing() {
    JsonNode out = output;
    return out == null ? JsonNodeFactory.instance.objectNode() : out;
  }

  private static String eventFor(ExecutionStatus how) {
    return switch (how) {
      case SUCCEEDED -> "ExecutionSucceeded";
      case FAILED -> "ExecutionFailed";
      case TIMED_OUT -> "ExecutionTimedOut";
      case ABORTED -> "ExecutionAborted";
      case RUNNING, PENDING_REDRIVE, UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalStateException("An execution does not end as " + how);
    };
  }

  /** The context object, {@code $$}, as a state sees it. */
  JsonNode context(String stateName, Instant enteredAt, int retries) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context
        .putObject("Execution")
        .put("Id", arn)
        .put("Name", name)
        .put("StartTime", CONTEXT_TIME.format(startedAt))
        .set("Input", input);
    context
        .putObject("StateMachine")
        .put("Id", place.machineArn())
        .put("Name", place.machine().name());
    context
        .putObject("State")
        .put("Name", stateName)
        .put("EnteredTime", CONTEXT_TIME.format(enteredAt))
        .put("RetryCount", retries);
    return context;
  }

  private Instant now() {
    return place.clock().instant();
  }

  boolean isRunning() {
    return status == ExecutionStatus.RUNNING;
  }

  History history() {
    return history;
  }

  Execution seen() {
    Optional<AslError> why = Optional.ofNullable(failure);
    return new Execution(
        arn,
        name,
        place.machineArn(),
        inputText,
        status,
        startedAt,
        Optional.ofNullable(stoppedAt),
        Optional.ofNullable(output).map(JsonNode::toString),
        why.map(AslError::error),
        why.map(AslError::cause),
        history.size());
  }
}
