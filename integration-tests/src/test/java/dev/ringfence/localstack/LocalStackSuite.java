package dev.ringfence.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.ClockDefinition;
import dev.ringfence.contract.EventPatterns;
import dev.ringfence.contract.ReleaseEvents;
import dev.ringfence.events.RecordedEvent;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/**
 * The stack's rules and its clock on LocalStack.
 *
 * <p>The rules' targets are queues, because Lambda needs a Docker engine there. For the same reason
 * the beats are mocked: LocalStack's own way, by the state's name, so that the definition is the
 * deployed one to the letter and its waits, retries and catches are LocalStack's.
 *
 * @see <a href="https://docs.localstack.cloud/aws/services/stepfunctions/">Mocking service
 *     integrations</a>
 */
abstract class LocalStackSuite {
  /** As {@code beats.json} names it. */
  private static final String CLOCK = "ringfence-clock";

  private static final String BUS = "ringfence";
  private static final Set<RecordedEvent> ALARMS =
      EnumSet.of(RecordedEvent.METRIC_ALARM, RecordedEvent.COMPOSITE_ALARM);

  /** Two retries take 2 and 4 seconds, and those of the hand-over 2, 4 and 8. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration STEP = Duration.ofMillis(500);

  /** No two tests start in the same nanosecond. */
  private final String run = Long.toHexString(System.nanoTime());

  private final LocalStackClients aws = LocalStackClients.at(endpoint(), region());
  private final Rules rules = new Rules(aws);

  abstract URI endpoint();

  abstract Region region();

  @BeforeEach
  void makeTheBus() {
    if (aws.events().listEventBuses(r -> r.namePrefix(BUS)).eventBuses().isEmpty()) {
      aws.events().createEventBus(r -> r.name(BUS));
    }
  }

  @Test
  void recordedAlarms_arriveAndNothingElseDoes() {
    String queue =
        rules.queueOf(
            null, "alarms-" + run, EventPatterns.alarmStateChanged(LocalStackClients.ACCOUNT));
    for (RecordedEvent event : RecordedEvent.values()) {
      rules.put(null, event.json());
    }
    Set<JsonNode> sent =
        ALARMS.stream().map(alarm -> alarm.json().get("detail")).collect(Collectors.toSet());
    assertEquals(sent, details(queue, sent.size()));
    assertEquals(List.of(), rules.arrived(queue));
  }

  @Test
  void alarmsOfAnotherAccount_doNotArrive() {
    String queue =
        rules.queueOf(null, "others-" + run, EventPatterns.alarmStateChanged("999999999999"));
    rules.put(null, RecordedEvent.METRIC_ALARM.json());
    assertEquals(List.of(), rules.arrived(queue));
  }

  @Test
  void release_arrivesFromOurBusAlone() {
    String queue =
        rules.queueOf(
            BUS,
            "releases-" + run,
            EventPatterns.releasePublished(List.of(LocalStackClients.ACCOUNT)));
    ObjectNode release = JsonNodeFactory.instance.objectNode();
    release.put("source", "com.example.publisher").put("detail-type", ReleaseEvents.PUBLISHED);
    release.putObject("detail").put("manifest", run);
    rules.put(null, release);
    rules.put(BUS, release.deepCopy().put("detail-type", "Release Withdrawn"));
    assertEquals(List.of(), rules.arrived(queue));
    rules.put(BUS, release);
    assertEquals(Set.of(release.get("detail")), details(queue, 1));
  }

  private Set<JsonNode> details(String queue, int least) {
    Set<JsonNode> details = new HashSet<>();
    for (int looks = 0; looks < 5 && details.size() < least; looks++) {
      rules.arrived(queue).forEach(event -> details.add(event.get("detail")));
    }
    return details;
  }

  @Test
  void clock_beatsUntilTheOperationIsOver() {
    DescribeExecutionResponse end = run("BeatsUntilOver", "ROLLOUT");
    assertEquals(ExecutionStatus.SUCCEEDED, end.status());
    assertEquals(2, entered(end, "Beat"));
    assertEquals(1, entered(end, "UntilNext"));
  }

  @Test
  void failedBeat_isTriedAgain() {
    DescribeExecutionResponse end = run("FailsTwice", "ROLLOUT");
    assertEquals(ExecutionStatus.SUCCEEDED, end.status());
    assertEquals(2, counted(end, HistoryEventType.TASK_FAILED));
    assertEquals(1, entered(end, "Beat"));
    Duration took = Duration.between(end.startDate(), end.stopDate());
    assertTrue(took.toSeconds() >= 2 + 4, "the retries took only " + took);
  }

  @Test
  void beatOfNothing_isNotTriedAgainAndAsksForAPerson() {
    DescribeExecutionResponse end = run("NoSuchOperation", "RESTORE");
    assertEquals(ExecutionStatus.FAILED, end.status());
    assertEquals("GaveUp", end.error());
    assertEquals(1, counted(end, HistoryEventType.TASK_FAILED));
    assertEquals(1, entered(end, "AskForPerson"));
  }

  @Test
  void personWhoCannotBeAsked_failsTheExecutionAllTheSame() {
    DescribeExecutionResponse end = run("NobodyToAsk", "RESTORE");
    assertEquals("GaveUp", end.error());
    assertEquals(1 + 4, counted(end, HistoryEventType.TASK_FAILED));
  }

  @Test
  void unknownKind_failsAtOnce() {
    DescribeExecutionResponse end = run("BeatsUntilOver", "REHEARSAL");
    assertEquals("UnknownKind", end.error());
    assertEquals(0, entered(end, "Beat"));
  }

  private DescribeExecutionResponse run(String mockedCase, String kind) {
    String function = "arn:aws:lambda:%s:000000000000:function:".formatted(region().id());
    String definition =
        ClockDefinition.text(function + "rollout", function + "restore", function + "drill");
    String clock =
        aws.stepFunctions()
            .createStateMachine(r ->
                r.name(CLOCK)
                    .definition(definition)
                    .roleArn("arn:aws:iam::000000000000:role/" + CLOCK))
            .stateMachineArn();
    String input =
        "{\"kind\":\"%s\",\"id\":\"falcon-7.16\",\"generation\":0,\"beats\":0}".formatted(kind);
    String execution =
        aws.stepFunctions()
            .startExecution(r -> r.stateMachineArn(clock + "#" + mockedCase).input(input))
            .executionArn();
    for (Duration waited = Duration.ZERO;
        waited.compareTo(PATIENCE) < 0;
        waited = waited.plus(STEP)) {
      DescribeExecutionResponse seen = described(execution);
      if (seen.status() != ExecutionStatus.RUNNING) {
        return seen;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    throw new AssertionError(mockedCase + " runs for more than " + PATIENCE);
  }

  private DescribeExecutionResponse described(String execution) {
    return aws.stepFunctions().describeExecution(r -> r.executionArn(execution));
  }

  private List<HistoryEvent> history(DescribeExecutionResponse of) {
    return aws.stepFunctions()
        .getExecutionHistory(r -> r.executionArn(of.executionArn()).maxResults(1000))
        .events();
  }

  private long counted(DescribeExecutionResponse of, HistoryEventType type) {
    return history(of).stream().filter(event -> event.type() == type).count();
  }

  private long entered(DescribeExecutionResponse of, String state) {
    return history(of).stream()
        .filter(event -> event.stateEnteredEventDetails() != null)
        .filter(event -> event.stateEnteredEventDetails().name().equals(state))
        .count();
  }
}
