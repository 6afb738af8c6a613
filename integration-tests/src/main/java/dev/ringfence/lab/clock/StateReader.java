package dev.ringfence.lab.clock;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads one state, and refuses what it does not understand. */
final class StateReader {
  /** The language's defaults for a retrier that says nothing. */
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

  private static final int DEFAULT_MAX_ATTEMPTS = 3;
  private static final double DEFAULT_BACKOFF_RATE = 2.0;
  private static final double LEAST_BACKOFF_RATE = 1.0;

  private StateReader() {}

  static State read(String name, JsonNode node) {
    Fields fields = new Fields("State " + name, node);
    String type = fields.requiredText("Type");
    StateMachineReader.jsonPathOnly(fields);
    State state =
        switch (type) {
          case "Task" -> task(fields);
          case "Choice" -> choice(fields);
          case "Wait" -> new State.Wait(inOut(fields), deadline(fields), next(fields));
          case "Pass" -> pass(fields);
          case "Succeed" -> new State.Succeed(inOut(fields));
          case "Fail" ->
              new State.Fail(fields.text("Error").orElse(""), fields.text("Cause").orElse(""));
          default -> throw fields.refused("the lab does not know the type " + type);
        };
    fields.end();
    return state;
  }

  private static Optional<String> next(Fields fields) {
    Optional<String> next = fields.text("Next");
    boolean end = fields.find("End").map(JsonNode::asBoolean).orElse(false);
    if (end == next.isPresent()) {
      throw fields.refused("needs either Next or End: true");
    }
    return next;
  }

  private static DataFlow inOut(Fields fields) {
    return new DataFlow(
        fields.path("InputPath"),
        Optional.empty(),
        Optional.empty(),
        Optional.of(ReferencePath.ROOT),
        fields.path("OutputPath"));
  }

  private static State pass(Fields fields) {
    DataFlow data =
        new DataFlow(
            fields.path("InputPath"),
            fields.template("Parameters"),
            Optional.empty(),
            fields.path("ResultPath"),
            fields.path("OutputPath"));
    return new State.Pass(data, fields.find("Result"), next(fields));
  }

  private static State choice(Fields fields) {
    List<Condition.Rule> rules = fields.objects("Choices", ConditionReader::rule);
    if (rules.isEmpty()) {
      throw fields.refused("needs at least one of Choices");
    }
    return new State.Choice(inOut(fields), rules, fields.text("Default"));
  }

  private static State task(Fields fields) {
    String arn = fields.requiredText("Resource");
    State.Resource resource =
        Arrays.stream(State.Resource.values())
            .filter(known -> known.arn().equals(arn))
            .findAny()
            .orElseThrow(() -> fields.refused("the lab does not know the resource " + arn));
    DataFlow data =
        new DataFlow(
            fields.path("InputPath"),
            fields.template("Parameters"),
            fields.template("ResultSelector"),
            fields.path("ResultPath"),
            fields.path("OutputPath"));
    return new State.Task(
        resource,
        data,
        fields.objects("Retry", StateReader::retrier),
        fields.objects("Catch", StateReader::catcher),
        fields.seconds("TimeoutSeconds"),
        next(fields));
  }

  private static Retrier retrier(Fields fields) {
    String jitter = fields.text("JitterStrategy").orElse("NONE");
    if (!jitter.equals("NONE")) {
      throw fields.refused("JitterStrategy " + jitter + " would not be repeatable");
    }
    Retrier retrier =
        new Retrier(
            errorEquals(fields),
            fields.seconds("IntervalSeconds").orElse(DEFAULT_INTERVAL),
            fields.number("BackoffRate", LEAST_BACKOFF_RATE).orElse(DEFAULT_BACKOFF_RATE),
            fields.integer("MaxAttempts", 0).orElse(DEFAULT_MAX_ATTEMPTS),
            fields.seconds("MaxDelaySeconds"));
    fields.end();
    return retrier;
  }

  private static Catcher catcher(Fields fields) {
    Catcher catcher =
        new Catcher(errorEquals(fields), fields.path("ResultPath"), fields.requiredText("Next"));
    fields.end();
    return catcher;
  }

  private static List<String> errorEquals(Fields fields) {
    List<String> errors = fields.texts("ErrorEquals");
    if (errors.contains(AslError.ALL) && errors.size() > 1) {
      throw fields.refused("States.ALL must stand alone in ErrorEquals");
    }
    return errors;
  }

  private static State.Deadline deadline(Fields fields) {
    Optional<Integer> seconds = fields.integer("Seconds", 0);
    if (seconds.isPresent()) {
      return (in, context, now) -> now.plusSeconds(seconds.get());
    }
    if (fields.has("SecondsPath")) {
      ReferencePath path = fields.requiredPath("SecondsPath");
      return (in, context, now) ->
          now.plusSeconds(wholeSeconds(path, path.read(in, context, AslError.RUNTIME)));
    }
    if (fields.has("TimestampPath")) {
      ReferencePath path = fields.requiredPath("TimestampPath");
      return (in, context, now) ->
          instant(path.read(in, context, AslError.RUNTIME).asText())
              .orElseThrow(() -> AslError.runtime(path.text() + " is not a timestamp"));
    }
    Instant fixed =
        instant(fields.requiredText("Timestamp"))
            .orElseThrow(() -> fields.refused("Timestamp is not one"));
    return (in, context, now) -> fixed;
  }

  private static long wholeSeconds(ReferencePath path, JsonNode value) {
    if (!value.isIntegralNumber() || value.longValue() < 0) {
      throw AslError.runtime(path.text() + " is not a number of seconds: " + value);
    }
    return value.longValue();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notATime) {
      return Optional.empty();
    }
  }
}
