package dev.ringfence.lab.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringfence.lab.wire.LabHttpClient;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/** The API through the real SDK: what starts twice, what stops, what is told. */
class StepFunctionsTest {
  private static final String WAITING =
      """
      {'StartAt': 'Rest', 'States': {
        'Rest': {'Type': 'Wait', 'Seconds': 60, 'Next': 'Beat'},
        'Beat': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
                 'Parameters': {'FunctionName': 'beat'}, 'OutputPath': '$.Payload', 'End': true}}}
      """;

  private final ClockLab lab = new ClockLab();
  private final String machine = lab.define(WAITING);
  private final SfnClient sfn;

  StepFunctionsTest() {
    Services services = new Services();
    lab.steps.serve(services);
    lab.beat(payload -> ClockLab.json("{'ok': true}"));
    sfn =
        SfnClient.builder()
            .httpClient(new LabHttpClient(new Wire(services)))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")))
            .build();
  }

  private String start(String name, String input) {
    return sfn.startExecution(r -> r.stateMachineArn(machine).name(name).input(input))
        .executionArn();
  }

  @Test
  void startingTwiceWithTheSameInput_isOneExecution() {
    String first = start("op-1", "{}");
    String second = start("op-1", "{}");
    lab.drain();

    assertEquals("arn:aws:states:eu-central-1:000000000000:execution:clock:op-1", first);
    assertEquals(first, second);
    assertEquals(List.of(60L), lab.beats);
  }

  @Test
  void startingTwiceOtherwise_isRefused() {
    start("op-1", "{}");

    assertThrows(ExecutionAlreadyExistsException.class, () -> start("op-1", "{\"a\":1}"));
    lab.drain();
    assertThrows(ExecutionAlreadyExistsException.class, () -> start("op-1", "{}"));
    lab.clock.runUntil(lab.clock.instant().plus(Duration.ofDays(90)));
    start("op-1", "{}");
  }

  @Test
  void badStarts_areRefusedAsTheServiceDoes() {
    assertThrows(InvalidNameException.class, () -> start("op 1", "{}"));
    assertThrows(InvalidExecutionInputException.class, () -> start("op-1", "{"));
    assertThrows(
        StateMachineDoesNotExistException.class,
        () -> sfn.startExecution(r -> r.stateMachineArn(machine + "x")));
    assertThrows(
        ExecutionDoesNotExistException.class,
        () -> sfn.describeExecution(r -> r.executionArn("x")));
    assertEquals(List.of(), lab.steps.executions());
  }

  @Test
  void finishedExecution_isDescribedAndListed() {
    String arn = start("op-1", "{\"n\":1}");
    start("op-2", "{}");
    lab.clock.runUntil(ClockLab.NOON.plusSeconds(60));
    start("op-3", "{}");

    DescribeExecutionResponse seen = sfn.describeExecution(r -> r.executionArn(arn));

    assertEquals(ExecutionStatus.SUCCEEDED, seen.status());
    assertEquals("{\"ok\":true}", seen.output());
    assertEquals("{\"n\":1}", seen.input());
    assertEquals(ClockLab.NOON.plusSeconds(60), seen.stopDate());
    assertEquals(List.of("op-3", "op-2", "op-1"), names(null));
    assertEquals(List.of("op-3"), names(ExecutionStatus.RUNNING));
  }

  private List<String> names(@Nullable ExecutionStatus status) {
    return sfn
        .listExecutionsPaginator(r -> r.stateMachineArn(machine).statusFilter(status).maxResults(2))
        .executions()
        .stream()
        .map(ExecutionListItem::name)
        .toList();
  }

  @Test
  void history_tellsWhatHappenedInOrder() {
    String arn = start("op-1", "{}");
    lab.drain();

    assertEquals(
        List.of(
            "ExecutionStarted",
            "WaitStateEntered",
            "WaitStateExited",
            "TaskStateEntered",
            "TaskScheduled",
            "TaskStarted",
            "TaskSucceeded",
            "TaskStateExited",
            "ExecutionSucceeded"),
        sfn.getExecutionHistoryPaginator(r -> r.executionArn(arn).maxResults(4)).events().stream()
            .map(HistoryEvent::typeAsString)
            .toList());
  }

  @Test
  void stoppedExecution_staysStopped() {
    String arn = start("op-1", "{}");
    sfn.stopExecution(r -> r.executionArn(arn).error("Operator").cause("enough"));
    lab.drain();

    Execution seen = lab.steps.execution(arn);
    assertEquals(ExecutionStatus.ABORTED, seen.status());
    assertEquals(Optional.of("Operator"), seen.error());
    assertEquals(List.of(), lab.beats);
  }

  @Test
  void machine_isDescribedByItsDefinition() {
    assertEquals(
        ClockLab.json(WAITING).toString(),
        sfn.describeStateMachine(r -> r.stateMachineArn(machine)).definition());
  }

  @Test
  void executionStartingAnother_isToldWhenThatNameIsTaken() {
    String restarting =
        """
        {'StartAt': 'Next', 'States': {
          'Next': {'Type': 'Task', 'Resource': 'arn:aws:states:::states:startExecution',
                   'Parameters': {'StateMachineArn': '%s', 'Name.$': '$.name',
                                  'Input': {'n.$': '$.n'}},
                   'Catch': [{'ErrorEquals': ['StepFunctions.ExecutionAlreadyExistsException'],
                              'Next': 'There'}],
                   'End': true},
          'There': {'Type': 'Fail', 'Error': 'There'}}}
        """
            .formatted(machine);
    String starter =
        lab.steps.define(StateMachine.parse("starter", ClockLab.json(restarting).toString()));

    for (String n : List.of("1", "1", "2")) {
      lab.steps.start(starter, Optional.empty(), "{\"name\":\"op-2\",\"n\":" + n + "}");
    }
    lab.clock.runUntil(ClockLab.NOON);

    assertEquals(
        List.of("SUCCEEDED", "SUCCEEDED", "FAILED", "RUNNING"),
        lab.steps.executions().stream().map(e -> e.status().toString()).toList());
    assertEquals("{\"n\":1}", lab.steps.executions().getLast().input());
  }
}
