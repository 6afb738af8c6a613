package dev.ringfence.lab.plane;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringfence.contract.ClockDefinition;
import dev.ringfence.control.DrillDesk;
import dev.ringfence.control.RestoreDesk;
import dev.ringfence.control.RolloutDesk;
import dev.ringfence.engine.AlarmIntake;
import dev.ringfence.engine.Beat;
import dev.ringfence.engine.Clocks;
import dev.ringfence.engine.DrillIntake;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.ExpirySweep;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.engine.Store;
import dev.ringfence.engine.World;
import dev.ringfence.functions.aws.AwsAttic;
import dev.ringfence.functions.aws.AwsWorld;
import dev.ringfence.functions.aws.DrillJanitor;
import dev.ringfence.functions.aws.EventBridgeHerald;
import dev.ringfence.functions.aws.Pacer;
import dev.ringfence.functions.aws.StepFunctionsClocks;
import dev.ringfence.functions.beat.DrillBeatFunction;
import dev.ringfence.functions.beat.RestoreBeatFunction;
import dev.ringfence.functions.beat.RolloutBeatFunction;
import dev.ringfence.functions.console.DrillConsoleFunction;
import dev.ringfence.functions.console.RestoreConsoleFunction;
import dev.ringfence.functions.console.RolloutConsoleFunction;
import dev.ringfence.functions.intake.AlarmChangedFunction;
import dev.ringfence.functions.intake.DrillScheduleFunction;
import dev.ringfence.functions.intake.ExpirySweepFunction;
import dev.ringfence.functions.intake.ReleasePublishedFunction;
import dev.ringfence.functions.metrics.Emf;
import dev.ringfence.functions.notice.TableChangedFunction;
import dev.ringfence.functions.widget.WidgetFunction;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.clock.StateMachine;
import dev.ringfence.lab.clock.StepFunctions;
import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.operation.Head;
import dev.ringfence.release.json.Problem;
import dev.ringfence.widget.Widget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A cell as it is deployed: the Lambda handlers by name, and the deployed clock definition executed
 * by the lab's Step Functions. Only the framework that builds the handlers in Lambda is missing.
 */
public final class DeployedPlane {
  /** What the cell is called, as the stack calls it unless a team says otherwise. */
  private static final String CELL = "ringfence";

  private static final String RELEASES = "release-published";
  private static final String ALARMS = "alarm-changed";
  private static final String ROLLOUT_BEATS = "rollout-beat";
  private static final String RESTORE_BEATS = "restore-beat";
  private static final String DRILL_BEATS = "drill-beat";
  private static final String DRILL_SCHEDULE = "drill-schedule";

  /** What removes restore points and replaced roots once they have expired. */
  public static final String EXPIRY_SWEEP = "expiry-sweep";

  /** The console functions, under the names that they are deployed with. */
  public static final String ROLLOUT_CONSOLE = "ringfence-rollout";

  public static final String RESTORE_CONSOLE = "ringfence-restore";

  public static final String DRILL_CONSOLE = "ringfence-drill";

  /** What a dashboard's custom widget invokes. */
  public static final String WIDGET = "ringfence-widget";

  /** What the table's stream is handed to. */
  static final String TABLE_CHANGED = "table-changed";

  /** The cell's bus, which hears its news. */
  public static final String BUS = "ringfence-bus";

  private static final String CLOCK = "ringfence-clock";
  private static final String ACCOUNT = "123456789012";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LabLambda lambda;
  private final StepFunctions stepFunctions;
  private final Store store;
  private final VirtualClock clock;
  private final List<String> metricLines = new ArrayList<>();

  /**
   * Deploys a cell.
   *
   * @param services where its Step Functions are served
   * @param callersTime by which its functions pace their calls
   * @param listener told of each beat that went well
   */
  public DeployedPlane(
      LabClients clients,
      Services services,
      Store store,
      VirtualClock clock,
      InstantSource callersTime,
      Consumer<Beat> listener) {
    this.store = store;
    this.clock = clock;
    this.lambda = new LabLambda(clock);
    this.stepFunctions = new StepFunctions(clock, lambda, Account.REGION, ACCOUNT);
    String definition = ClockDefinition.text(ROLLOUT_BEATS, RESTORE_BEATS, DRILL_BEATS);
    String machine = stepFunctions.define(StateMachine.parse(CLOCK, definition));
    stepFunctions.serve(services);
    Clocks clocks = new StepFunctionsClocks(clients.stepFunctions(), machine);
    Pacer pacer = Pacer.published(callersTime);
    Supplier<Sandbox> sandboxes =
        () -> {
          AwsWorld world = new AwsWorld(clients.world(), clock, pacer);
          return new Sandbox(store, world, new Engine(store, world, clocks, clock), clock);
        };
    deployRollouts(clients, clocks, sandboxes, listener);
    DrillIntake drills = new DrillIntake(store, clocks, clock);
    DrillDesk desk = new DrillDesk(store, drills, sandboxes.get().world(), clock);
    lambda.function(DRILL_CONSOLE, new DrillConsoleFunction(desk));
    deployDrills(clients, drills, sandboxes.get().engine(), pacer, listener);
  }

  /** What one function runs in: it remembers nothing of what another function has read. */
  private record Sandbox(Store store, World world, Engine engine, VirtualClock clock) {
    RolloutDesk rollouts() {
      return new RolloutDesk(store, engine, world, clock);
    }

    RestoreDesk restores() {
      return new RestoreDesk(store, engine, world, clock);
    }
  }

  private void deployRollouts(
      LabClients clients, Clocks clocks, Supplier<Sandbox> sandboxes, Consumer<Beat> listener) {
    Engine rollouts = sandboxes.get().engine();
    Engine restores = sandboxes.get().engine();
    Sandbox widget = sandboxes.get();
    AlarmIntake alarms = new AlarmIntake(store, sandboxes.get().engine(), clock);
    lambda
        .function(RELEASES, new ReleasePublishedFunction(new ReleaseIntake(store, clocks, clock)))
        .function(ALARMS, new AlarmChangedFunction(alarms))
        .function(ROLLOUT_BEATS, heard(new RolloutBeatFunction(rollouts, clock), listener))
        .function(RESTORE_BEATS, heard(new RestoreBeatFunction(restores, clock), listener))
        .function(
            TABLE_CHANGED, new TableChangedFunction(new EventBridgeHerald(clients.events(), BUS)))
        .function(ROLLOUT_CONSOLE, new RolloutConsoleFunction(sandboxes.get().rollouts()))
        .function(RESTORE_CONSOLE, new RestoreConsoleFunction(sandboxes.get().restores()))
        .function(
            WIDGET,
            new WidgetFunction(new Widget(widget.rollouts(), widget.restores(), store, clock)));
  }

  private void deployDrills(
      LabClients clients, DrillIntake intake, Engine engine, Pacer pacer, Consumer<Beat> listener) {
    Emf emf = new Emf(metricLines::add, clock, CELL);
    lambda
        .function(DRILL_BEATS, heard(new DrillBeatFunction(engine, store, emf, clock), listener))
        .function(
            DRILL_SCHEDULE,
            new DrillScheduleFunction(intake, new DrillJanitor(clients.ec2(), pacer), emf, clock))
        .function(
            EXPIRY_SWEEP,
            new ExpirySweepFunction(
                new ExpirySweep(store, new AwsAttic(clients.ec2(), pacer), clock), emf));
  }

  /** One run of the drills' schedule, as EventBridge starts it. */
  public void runDrillSchedule() {
    String due = "{\"time\": \"" + clock.instant() + "\"}";
    lambda.invokeAsync(DRILL_SCHEDULE, json(due));
  }

  /** What the functions told CloudWatch by their logs, line by line. */
  public List<String> metricLines() {
    return List.copyOf(metricLines);
  }

  /** Lambda, for taps and dead letters. */
  public LabLambda lambda() {
    return lambda;
  }

  public StepFunctions stepFunctions() {
    return stepFunctions;
  }

  public Store store() {
    return store;
  }

  /** Calls the function that takes releases in, and waits for its answer. */
  public ReleaseIntake.Answer publish(String event) {
    return switch (lambda.invoke(RELEASES, json(event))) {
      case LabLambda.Outcome.Returned(JsonNode told) ->
          new ReleaseIntake.Answer.Started(told.path("id").asText(), told.path("new").asBoolean());
      case LabLambda.Outcome.Failed(String error, String cause, Duration after) ->
          new ReleaseIntake.Answer.Refused(List.of(new Problem("event", error + ": " + cause)));
    };
  }

  /** Gives an alarm's event to the alarm function as EventBridge does. */
  public void alarmChanged(String event) {
    lambda.invokeAsync(ALARMS, json(event));
  }

  private static RequestStreamHandler heard(
      RequestStreamHandler function, Consumer<Beat> listener) {
    return (in, out, context) -> {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      function.handleRequest(in, answer, context);
      answer.writeTo(out);
      JsonNode told = JSON.readTree(answer.toByteArray());
      listener.accept(
          new Beat(
              Head.Kind.valueOf(told.path("kind").asText()),
              told.path("id").asText(),
              told.path("phase").asText(),
              told.path("over").asBoolean(),
              Instant.parse(told.path("next").asText())));
    };
  }

  private static JsonNode json(String event) {
    try {
      return JSON.readTree(event);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
