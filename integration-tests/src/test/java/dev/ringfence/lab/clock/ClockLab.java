package dev.ringfence.lab.clock;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringfence.lab.time.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A Step Functions with one machine and a function named beat, on a clock that starts at noon. */
final class ClockLab {
  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  final VirtualClock clock = new VirtualClock(NOON);
  final LabLambda lambda = new LabLambda(clock);
  final StepFunctions steps = new StepFunctions(clock, lambda, "eu-central-1", "000000000000");

  /** When the function was started, in seconds after noon. */
  final List<Long> beats = new ArrayList<>();

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Installs the function and remembers when it was started. */
  void beat(UnaryOperator<JsonNode> answer) {
    RequestStreamHandler handler =
        (in, out, context) -> {
          beats.add(secondsSinceNoon());
          JSON.writeValue(out, answer.apply(JSON.readTree(in)));
        };
    lambda.function("beat", handler);
  }

  long secondsSinceNoon() {
    return Duration.between(NOON, clock.instant()).toSeconds();
  }

  /** Defines the machine; single quotes stand for double ones. */
  String define(String definition) {
    return steps.define(StateMachine.parse("clock", json(definition).toString()));
  }

  /** Defines, starts and lets everything happen that is due. */
  Execution run(String definition, String input) {
    Execution started = steps.start(define(definition), Optional.of("op"), json(input).toString());
    drain();
    return steps.execution(started.arn());
  }

  void drain() {
    boolean due = true;
    while (due) {
      due = clock.step();
    }
  }
}
