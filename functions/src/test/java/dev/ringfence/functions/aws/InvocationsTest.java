package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.health.Invocation;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;

class InvocationsTest {
  private static final Instant EARLY = FakeAws.START.minusSeconds(60);
  private static final Instant LATE = FakeAws.START.minusSeconds(30);

  private final FakeAws aws = new FakeAws();
  private final Map<String, List<CommandInvocation>> commands = new HashMap<>();

  InvocationsTest() {
    aws.ssm.script.on(ListCommandInvocationsRequest.class, this::onePerPage);
  }

  @Test
  void allMachinesOfACommand_areReadPageByPageWithDetails() {
    given("c-1", invocation("i-1", "Success", plugin(EARLY, "1.2.3\n")));
    given("c-1", invocation("i-2", "InProgress", plugin(EARLY, "half")));
    given("c-2", invocation("i-3", "Failed"));
    Sight sight = look(Set.of("c-1", "c-2"));
    assertEquals(
        Map.of(
            "c-1",
            Map.of(
                "i-1",
                new Invocation(Invocation.Outcome.SUCCESS, EARLY, "1.2.3", "Success"),
                "i-2",
                new Invocation(Invocation.Outcome.RUNNING, null, "half", "InProgress")),
            "c-2",
            Map.of("i-3", new Invocation(Invocation.Outcome.FAILED, null, "", "Failed"))),
        sight.invocations());
    for (var request : aws.ssm.script.all(ListCommandInvocationsRequest.class)) {
      assertEquals(true, request.details());
      assertEquals(50, request.maxResults());
    }
  }

  @Test
  void severalPlugins_finishWithTheLastAndSkippedStepsSayNothing() {
    given(
        "c-1",
        invocation(
            "i-1",
            "Success",
            plugin(EARLY, "Step execution skipped due to incompatible platform. Step name: win"),
            plugin(LATE, "2.0.1\n----------ERROR-------\nwarning: old kernel\n")));
    assertEquals(
        new Invocation(Invocation.Outcome.SUCCESS, LATE, "2.0.1", "Success"),
        look(Set.of("c-1")).invocation("c-1", "i-1"));
  }

  @Test
  void commandWhoseSecondPageFails_isLeftOutAndNamed() {
    given("c-1", invocation("i-1", "Success"));
    given("c-1", invocation("i-2", "Success"));
    given("c-2", invocation("i-3", "Success"));
    aws.ssm.script.on(
        ListCommandInvocationsRequest.class,
        request -> {
          if ("1".equals(request.nextToken())) {
            throw FakeAws.error("ThrottlingException", 400);
          }
          return onePerPage(request);
        });
    Sight sight = look(Set.of("c-1", "c-2"));
    assertEquals(Set.of("c-2"), sight.invocations().keySet());
    assertEquals(List.of("ListCommandInvocations of c-1: ThrottlingException"), sight.gaps());
  }

  @Test
  void commandThatIsNotListedYet_hasNoInvocations() {
    assertEquals(Map.of("c-1", Map.of()), look(Set.of("c-1")).invocations());
  }

  @ParameterizedTest
  @CsvSource({
    "Pending, Pending, RUNNING",
    "In Progress, InProgress, RUNNING",
    "Delayed, Delayed, RUNNING",
    "Cancelling, Cancelling, RUNNING",
    "Success, Success, SUCCESS",
    "Failed, Failed, FAILED",
    "Execution Timed Out, TimedOut, FAILED",
    "ExecutionTimedOut, TimedOut, FAILED",
    "Delivery Timed Out, TimedOut, UNDELIVERED",
    "DeliveryTimedOut, TimedOut, UNDELIVERED",
    "delivery timed out, TimedOut, UNDELIVERED",
    "Undeliverable, Failed, UNDELIVERED",
    "Invalid Platform, Failed, UNDELIVERED",
    "Access Denied, Failed, UNDELIVERED",
    "Canceled, Cancelled, CANCELLED",
    "Cancelled, Cancelled, CANCELLED",
    "Terminated, Failed, CANCELLED",
    "A New Word, Failed, FAILED",
    "A New Word, TimedOut, UNDELIVERED",
    "A New Word, Newer, RUNNING",
    ", Success, SUCCESS",
    ", , RUNNING"
  })
  void statusDetails_areReadWhateverTheirSpelling(
      String details, String status, Invocation.Outcome outcome) {
    assertEquals(outcome, CommandReader.outcome(details, status));
  }

  private Sight look(Set<String> ids) {
    return aws.world().observe(Watch.NOTHING.withMachines(Set.of(), ids));
  }

  private void given(String command, CommandInvocation invocation) {
    commands.computeIfAbsent(command, id -> new ArrayList<>()).add(invocation);
  }

  private static CommandInvocation invocation(
      String machine, String details, CommandPlugin... plugins) {
    return CommandInvocation.builder()
        .instanceId(machine)
        .status(details)
        .statusDetails(details)
        .commandPlugins(plugins)
        .build();
  }

  private static CommandPlugin plugin(Instant finished, String output) {
    return CommandPlugin.builder().responseFinishDateTime(finished).output(output).build();
  }

  private ListCommandInvocationsResponse onePerPage(ListCommandInvocationsRequest request) {
    List<CommandInvocation> all = commands.getOrDefault(request.commandId(), List.of());
    int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    if (page >= all.size()) {
      return ListCommandInvocationsResponse.builder().build();
    }
    return ListCommandInvocationsResponse.builder()
        .commandInvocations(all.get(page))
        .nextToken(page + 1 < all.size() ? String.valueOf(page + 1) : null)
        .build();
  }
}
