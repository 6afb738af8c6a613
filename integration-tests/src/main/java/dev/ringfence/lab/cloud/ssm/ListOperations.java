package dev.ringfence.lab.cloud.ssm;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;

/** ListCommands, ListCommandInvocations and GetCommandInvocation. */
final class ListOperations {
  private static final int PAGE_MOST = 50;

  /** A command shows up in reads about a second after it was sent. */
  private static final Duration READ_LAG = Duration.ofSeconds(1);

  private static final String BAD_TOKEN = "InvalidNextToken";

  private final Commands commands;
  private final InstantSource clock;

  ListOperations(Commands commands, InstantSource clock) {
    this.commands = commands;
    this.clock = clock;
  }

  void open(Desk desk) {
    desk.open("ListCommands", ListCommandsRequest::builder, this::listCommands);
    desk.open(
        "ListCommandInvocations",
        ListCommandInvocationsRequest::builder,
        this::listCommandInvocations);
    desk.open(
        "GetCommandInvocation", GetCommandInvocationRequest::builder, this::getCommandInvocation);
  }

  /** Newest first; a token names the command to go on below, so later commands do not shift it. */
  private ListCommandsResponse listCommands(ListCommandsRequest request) {
    int limit = limit(request.maxResults());
    Predicate<Command> keep = filter(request.filters()).and(this::isVisible);
    if (request.commandId() != null) {
      commands.require(request.commandId());
      keep = keep.and(command -> command.order.id().equals(request.commandId()));
    }
    if (request.instanceId() != null) {
      keep = keep.and(command -> command.invocations.containsKey(request.instanceId()));
    }
    List<Command> all = commands.inOrder();
    List<software.amazon.awssdk.services.ssm.model.Command> views = new ArrayList<>();
    int from =
        request.nextToken() == null ? all.size() : Page.position(request.nextToken(), BAD_TOKEN);
    for (int i = Math.min(from, all.size()) - 1; i >= 0; i--) {
      if (keep.test(all.get(i))) {
        if (views.size() == limit) {
          return ListCommandsResponse.builder()
              .commands(views)
              .nextToken(Page.token(i + 1))
              .build();
        }
        views.add(CommandViews.command(all.get(i)));
      }
    }
    return ListCommandsResponse.builder().commands(views).build();
  }

  private ListCommandInvocationsResponse listCommandInvocations(
      ListCommandInvocationsRequest request) {
    Predicate<Command> keep = filter(request.filters()).and(this::isVisible);
    List<Invocation> candidates = new ArrayList<>();
    List<Command> searched =
        request.commandId() == null
            ? commands.inOrder()
            : List.of(commands.require(request.commandId()));
    for (Command command : searched) {
      if (keep.test(command)) {
        candidates.addAll(command.inOrder);
      }
    }
    Page<Invocation> page =
        Page.of(
            candidates,
            invocation ->
                request.instanceId() == null
                    || invocation.machine.id().equals(request.instanceId()),
            limit(request.maxResults()),
            request.nextToken(),
            BAD_TOKEN);
    boolean details = Boolean.TRUE.equals(request.details());
    List<CommandInvocation> views =
        page.items().stream().map(item -> CommandViews.invocation(item, details)).toList();
    return ListCommandInvocationsResponse.builder()
        .commandInvocations(views)
        .nextToken(page.nextToken())
        .build();
  }

  private GetCommandInvocationResponse getCommandInvocation(GetCommandInvocationRequest request) {
    Command command = commands.require(request.commandId());
    Invocation invocation = command.invocations.get(request.instanceId());
    if (invocation == null || !isVisible(command)) {
      throw SsmFaults.of("InvocationDoesNotExist", "");
    }
    Command.Order order = command.order;
    Instant finished = CommandViews.reportedFinish(invocation);
    String output = invocation.reportedOutput();
    boolean failed = invocation.stage == Invocation.Stage.FAILED;
    return GetCommandInvocationResponse.builder()
        .commandId(order.id())
        .instanceId(invocation.machine.id())
        .comment(order.comment())
        .documentName(order.document().name())
        .documentVersion(order.document().number())
        .pluginName(order.document().action().step())
        .responseCode(invocation.reportedCode())
        .executionStartDateTime(text(invocation.startedAt))
        .executionEndDateTime(text(finished))
        .status(invocation.stage.status())
        .statusDetails(invocation.stage.details())
        .standardOutputContent(failed ? "" : output)
        .standardErrorContent(failed ? output : "")
        .build();
  }

  private boolean isVisible(Command command) {
    return !command.order.requestedAt().plus(READ_LAG).isAfter(clock.instant());
  }

  private static Predicate<Command> filter(List<CommandFilter> filters) {
    Predicate<Command> all = command -> true;
    for (CommandFilter filter : filters) {
      all = all.and(one(filter.keyAsString(), filter.value()));
    }
    return all;
  }

  private static Predicate<Command> one(@Nullable String key, String value) {
    return switch (key) {
      case "InvokedAfter" -> {
        Instant after = instant(value);
        yield command -> command.order.requestedAt().isAfter(after);
      }
      case "InvokedBefore" -> {
        Instant before = instant(value);
        yield command -> command.order.requestedAt().isBefore(before);
      }
      case "Status" -> command -> value.equals(command.status());
      case "DocumentName" -> command -> value.equals(command.order.document().name());
      case null, default -> throw SsmFaults.of("InvalidFilterKey", "The filter " + key);
    };
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notAnInstant) {
      throw SsmFaults.of("InvalidFilterKey", "Not an ISO 8601 instant: " + text);
    }
  }

  private static String text(@Nullable Instant instant) {
    return instant == null ? "" : instant.toString();
  }

  private static int limit(@Nullable Integer asked) {
    return Page.limit(asked, 1, PAGE_MOST, PAGE_MOST, "ValidationException");
  }
}
