package dev.ringfence.lab.clock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.Services;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Step Functions, Standard: machines, executions on the virtual clock, and the API over them. It is
 * a fixed point of the design that a name starts once, so that is modelled as AWS has it: again
 * with the same input while running is the same execution, anything else is ExecutionAlreadyExists.
 *
 * <p>Departures: no request quotas, no logging, no redrive, no versions or aliases.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">
 *     StartExecution</a>
 */
public final class StepFunctions {
  /** After which the service forgets a closed execution and its name is free again. */
  private static final Duration NAME_KEPT = Duration.ofDays(90);

  /** The service's rule for names that also serve as parts of an ARN. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,80}");

  private static final int BAD_REQUEST = 400;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final VirtualClock clock;
  private final Integrations integrations;
  private final String arnPrefix;
  private final Instant createdAt;
  private final Map<String, StateMachine> machines = new LinkedHashMap<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private long unnamed;

  /**
   * An empty Step Functions.
   *
   * @param lambda where tasks find their functions
   * @param region as it stands in ARNs
   * @param account twelve digits, as it stands in ARNs
   */
  public StepFunctions(VirtualClock clock, LabLambda lambda, String region, String account) {
    this.clock = clock;
    this.integrations = new Integrations(lambda, this::start);
    this.arnPrefix = "arn:aws:states:" + region + ":" + account + ":";
    this.createdAt = clock.instant();
  }

  /** Installs a machine under its name and gives its ARN. */
  public String define(StateMachine machine) {
    String arn = arnOf(machine.name());
    machines.put(arn, machine);
    return arn;
  }

  /** The ARN that a machine of this name has or will have. */
  public String arnOf(String machineName) {
    return arnPrefix + "stateMachine:" + machineName;
  }

  /** Registers the API's operations, under the signing name {@code states}. */
  public void serve(Services services) {
    new StepFunctionsApi(this).register(services);
  }

  /**
   * Starts an execution; its first state is entered when the caller gives way to the clock.
   *
   * @param name empty for one of the service's choice
   * @param input JSON text
   * @throws AwsFault as the API does
   */
  public Execution start(String machineArn, Optional<String> name, String input) {
    StateMachine machine = machine(machineArn);
    String chosen = name.orElseGet(this::nextName);
    if (!NAME.matcher(chosen).matches()) {
      throw new AwsFault("InvalidName", BAD_REQUEST, "Invalid Name: '" + chosen + "'");
    }
    String arn = arnPrefix + "execution:" + machine.name() + ":" + chosen;
    JsonNode tree = tree(input);
    Run before = runs.get(arn);
    if (before != null && keepsName(before.seen())) {
      return again(before, input);
    }
    Run.Place place = new Run.Place(clock, machineArn, machine, integrations);
    Run run = new Run(place, arn, chosen, input, tree);
    runs.put(arn, run);
    run.begin();
    return run.seen();
  }

  private boolean keepsName(Execution before) {
    return before
        .stoppedAt()
        .map(stopped -> stopped.plus(NAME_KEPT).isAfter(clock.instant()))
        .orElse(true);
  }

  private static Execution again(Run before, String input) {
    Execution execution = before.seen();
    if (before.isRunning() && execution.input().equals(input)) {
      return execution;
    }
    throw new AwsFault(
        "ExecutionAlreadyExists",
        BAD_REQUEST,
        "Execution Already Exists: '" + execution.arn() + "'");
  }

  private String nextName() {
    unnamed++;
    return String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", unnamed);
  }

  private static JsonNode tree(String input) {
    if (input.getBytes(StandardCharsets.UTF_8).length > Run.LARGEST_DATA_BYTES) {
      throw new AwsFault("ValidationException", BAD_REQUEST, "The input is over 262144 bytes");
    }
    try {
      JsonNode tree = JSON.readTree(input);
      if (!tree.isMissingNode()) {
        return tree;
      }
    } catch (JsonProcessingException notJson) {
      throw invalidInput();
    }
    throw invalidInput();
  }

  private static AwsFault invalidInput() {
    return new AwsFault(
        "InvalidExecutionInput", BAD_REQUEST, "Invalid State Machine Execution Input: not JSON");
  }

  /** Ends a running execution as ABORTED; one that has ended stays as it is. */
  public void stop(String executionArn, String error, String cause) {
    run(executionArn).stop(new AslError(error, cause));
  }

  /** One execution; {@link AwsFault} when there is none of that ARN. */
  public Execution execution(String executionArn) {
    return run(executionArn).seen();
  }

  /** All executions, in the order in which they were started. */
  public List<Execution> executions() {
    return runs.values().stream().map(Run::seen).toList();
  }

  /** State transitions as they are billed: entered states and retries. */
  public long transitions() {
    return integrations.transitions();
  }

  List<History.Event> history(String executionArn) {
    return run(executionArn).history().events();
  }

  StateMachine machine(String machineArn) {
    StateMachine machine = machines.get(machineArn);
    if (machine == null) {
      throw new AwsFault(
          "StateMachineDoesNotExist",
          BAD_REQUEST,
          "State Machine Does Not Exist: '" + machineArn + "'");
    }
    return machine;
  }

  List<String> machineArns() {
    return List.copyOf(machines.keySet());
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant now() {
    return clock.instant();
  }

  private Run run(String executionArn) {
    Run run = runs.get(executionArn);
    if (run == null) {
      throw new AwsFault(
          "ExecutionDoesNotExist", BAD_REQUEST, "Execution Does Not Exist: '" + executionArn + "'");
    }
    return run;
  }
}
