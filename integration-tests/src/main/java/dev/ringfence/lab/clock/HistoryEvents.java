package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** History events in the SDK's words, with the details that their types have. */
final class HistoryEvents {
  private HistoryEvents() {}

  static HistoryEvent told(History.Event event) {
    HistoryEvent.Builder told =
        HistoryEvent.builder()
            .id((long) event.id())
            .previousEventId(event.id() - 1L)
            .type(event.type())
            .timestamp(event.at());
    String data = event.data().toString();
    if (event.type().endsWith("StateEntered")) {
      told.stateEnteredEventDetails(d -> d.name(event.name()).input(data));
    } else if (event.type().endsWith("StateExited")) {
      told.stateExitedEventDetails(d -> d.name(event.name()).output(data));
    } else if (event.type().startsWith("Task")) {
      task(told, event, data);
    } else {
      execution(told, event, data);
    }
    return told.build();
  }

  private static void task(HistoryEvent.Builder told, History.Event event, String data) {
    String error = text(event, "Error");
    String cause = text(event, "Cause");
    switch (event.type()) {
      case "TaskScheduled" -> told.taskScheduledEventDetails(d -> d.parameters(data));
      case "TaskSucceeded" -> told.taskSucceededEventDetails(d -> d.output(data));
      case "TaskFailed" -> told.taskFailedEventDetails(d -> d.error(error).cause(cause));
      case "TaskTimedOut" -> told.taskTimedOutEventDetails(d -> d.error(error).cause(cause));
      default -> told.taskStartedEventDetails(d -> {});
    }
  }

  private static void execution(HistoryEvent.Builder told, History.Event event, String data) {
    String error = text(event, "Error");
    String cause = text(event, "Cause");
    switch (event.type()) {
      case "ExecutionStarted" -> told.executionStartedEventDetails(d -> d.input(data));
      case "ExecutionSucceeded" -> told.executionSucceededEventDetails(d -> d.output(data));
      case "ExecutionAborted" ->
          told.executionAbortedEventDetails(d -> d.error(error).cause(cause));
      case "ExecutionTimedOut" ->
          told.executionTimedOutEventDetails(d -> d.error(error).cause(cause));
      default -> told.executionFailedEventDetails(d -> d.error(error).cause(cause));
    }
  }

  private static String text(History.Event event, String name) {
    JsonNode node = event.data().path(name);
    return node.asText("");
  }
}
