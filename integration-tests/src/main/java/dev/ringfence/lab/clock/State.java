package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A state of a definition; an empty {@code next} ends the execution. */
sealed interface State {
  /** The prefix of its history events, such as {@code Task} in TaskStateEntered. */
  String type();

  /** The integrations that a task may use. */
  enum Resource {
    LAMBDA_INVOKE("arn:aws:states:::lambda:invoke"),
    START_EXECUTION("arn:aws:states:::states:startExecution");

    private final String arn;

    Resource(String arn) {
      this.arn = arn;
    }

    String arn() {
      return arn;
    }
  }

  record Task(
      Resource resource,
      DataFlow data,
      List<Retrier> retriers,
      List<Catcher> catchers,
      Optional<Duration> timeout,
      Optional<String> next)
      implements State {
    @Override
    public String type() {
      return "Task";
    }
  }

  record Choice(DataFlow data, List<Condition.Rule> rules, Optional<String> otherwise)
      implements State {
    @Override
    public String type() {
      return "Choice";
    }
  }

  /** Until when a Wait waits. */
  @FunctionalInterface
  interface Deadline {
    Instant from(JsonNode input, JsonNode context, Instant now);
  }

  record Wait(DataFlow data, Deadline deadline, Optional<String> next) implements State {
    @Override
    public String type() {
      return "Wait";
    }
  }

  record Pass(DataFlow data, Optional<JsonNode> result, Optional<String> next) implements State {
    @Override
    public String type() {
      return "Pass";
    }
  }

  record Succeed(DataFlow data) implements State {
    @Override
    public String type() {
      return "Succeed";
    }
  }

  record Fail(String error, String cause) implements State {
    @Override
    public String type() {
      return "Fail";
    }
  }
}
