package dev.ringfence.lab.clock;

import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.Services;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;

/** The operations of Step Functions, translated. */
final class StepFunctionsApi {
  private static final String SERVICE = "states";

  /** The service's own page size when none is asked for, and its largest. */
  private static final int PAGE = 100;

  private static final int LARGEST_PAGE = 1000;

  private final StepFunctions steps;

  StepFunctionsApi(StepFunctions steps) {
    this.steps = steps;
  }

  void register(Services services) {
    services.on(SERVICE, "StartExecution", StartExecutionRequest::builder, this::start);
    services.on(SERVICE, "StopExecution", StopExecutionRequest::builder, this::stop);
    services.on(SERVICE, "DescribeExecution", DescribeExecutionRequest::builder, this::describe);
    services.on(SERVICE, "ListExecutions", ListExecutionsRequest::builder, this::list);
    services.on(SERVICE, "GetExecutionHistory", GetExecutionHistoryRequest::builder, this::history);
    services.on(
        SERVICE,
        "DescribeStateMachine",
        DescribeStateMachineRequest::builder,
        this::describeMachine);
    services.on(
        SERVICE, "ListStateMachines", ListStateMachinesRequest::builder, this::listMachines);
  }

  private StartExecutionResponse start(StartExecutionRequest request) {
    Execution started =
        steps.start(
            request.stateMachineArn(),
            Optional.ofNullable(request.name()),
            Objects.requireNonNullElse(request.input(), "{}"));
    return StartExecutionResponse.builder()
        .executionArn(started.arn())
        .startDate(started.startedAt())
        .build();
  }

  private StopExecutionResponse stop(StopExecutionRequest request) {
    steps.stop(
        request.executionArn(),
        Objects.requireNonNullElse(request.error(), ""),
        Objects.requireNonNullElse(request.cause(), ""));
    return StopExecutionResponse.builder().stopDate(steps.now()).build();
  }

  private DescribeExecutionResponse describe(DescribeExecutionRequest request) {
    Execution seen = steps.execution(request.executionArn());
    return DescribeExecutionResponse.builder()
        .executionArn(seen.arn())
        .stateMachineArn(seen.machineArn())
        .name(seen.name())
        .status(seen.status())
        .startDate(seen.startedAt())
        .stopDate(seen.stoppedAt().orElse(null))
        .input(seen.input())
        .output(seen.output().orElse(null))
        .error(seen.error().orElse(null))
        .cause(seen.cause().orElse(null))
        .build();
  }

  /** Newest first, as the service lists them. */
  private ListExecutionsResponse list(ListExecutionsRequest request) {
    steps.machine(request.stateMachineArn());
    List<ExecutionListItem> items = new ArrayList<>();
    for (Execution seen : steps.executions()) {
      if (seen.machineArn().equals(request.stateMachineArn())
          && (request.statusFilter() == null || request.statusFilter() == seen.status())) {
        items.add(item(seen));
      }
    }
    Collections.reverse(items);
    Page<ExecutionListItem> page = Page.of(items, request.maxResults(), request.nextToken());
    return ListExecutionsResponse.builder()
        .executions(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static ExecutionListItem item(Execution seen) {
    return ExecutionListItem.builder()
        .executionArn(seen.arn())
        .stateMachineArn(seen.machineArn())
        .name(seen.name())
        .status(seen.status())
        .startDate(seen.startedAt())
        .stopDate(seen.stoppedAt().orElse(null))
        .build();
  }

  private GetExecutionHistoryResponse history(GetExecutionHistoryRequest request) {
    List<History.Event> events = new ArrayList<>(steps.history(request.executionArn()));
    if (Boolean.TRUE.equals(request.reverseOrder())) {
      Collections.reverse(events);
    }
    Page<History.Event> page = Page.of(events, request.maxResults(), request.nextToken());
    List<HistoryEvent> told = page.items().stream().map(HistoryEvents::told).toList();
    return GetExecutionHistoryResponse.builder().events(told).nextToken(page.nextToken()).build();
  }

  private DescribeStateMachineResponse describeMachine(DescribeStateMachineRequest request) {
    StateMachine machine = steps.machine(request.stateMachineArn());
    return DescribeStateMachineResponse.builder()
        .stateMachineArn(request.stateMachineArn())
        .name(machine.name())
        .definition(machine.definition())
        .status(StateMachineStatus.ACTIVE)
        .type(StateMachineType.STANDARD)
        .creationDate(steps.createdAt())
        .build();
  }

  private ListStateMachinesResponse listMachines(ListStateMachinesRequest request) {
    List<StateMachineListItem> items = new ArrayList<>();
    for (String arn : steps.machineArns()) {
      items.add(
          StateMachineListItem.builder()
              .stateMachineArn(arn)
              .name(steps.machine(arn).name())
              .type(StateMachineType.STANDARD)
              .creationDate(steps.createdAt())
              .build());
    }
    Page<StateMachineListItem> page = Page.of(items, request.maxResults(), request.nextToken());
    return ListStateMachinesResponse.builder()
        .stateMachines(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** A part of a list; its token is the position at which the next part starts. */
  private record Page<T>(List<T> items, @Nullable String nextToken) {
    static <T> Page<T> of(List<T> all, @Nullable Integer maxResults, @Nullable String token) {
      int size = maxResults == null || maxResults == 0 ? PAGE : Math.min(maxResults, LARGEST_PAGE);
      int from = position(token, all.size());
      int to = Math.min(all.size(), from + size);
      return new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }

    private static int position(@Nullable String token, int size) {
      try {
        return token == null ? 0 : Math.clamp(Integer.parseInt(token), 0, size);
      } catch (NumberFormatException foreign) {
        throw new AwsFault("InvalidToken", 400, "Invalid Token");
      }
    }
  }
}
