package dev.ringfence.clockdefinition;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.ClockDefinition;
import dev.ringfence.engine.Clocks;
import dev.ringfence.functions.aws.StepFunctionsClocks;
import dev.ringfence.lab.clock.Execution;
import dev.ringfence.lab.clock.LabLambda;
import dev.ringfence.lab.clock.StateMachine;
import dev.ringfence.lab.clock.StepFunctions;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.LabHttpClient;
import dev.ringfence.lab.wire.Services;
import dev.ringfence.lab.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The deployed definition on a virtual clock that starts at noon, with one beat function that a
 * test fills in, started as the functions start it.
 */
final class ClockBench {
  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  /** Twice the day for which a failing beat is retried, and as much again. */
  private static final Duration LONGEST_STORY = Duration.ofDays(4);

  private static final ObjectMapper JSON = new ObjectMapper();

  final VirtualClock time = new VirtualClock(NOON);
  final LabLambda lambda = new LabLambda(time);
  final StepFunctions steps = new StepFunctions(time, lambda, "eu-central-1", "000000000000");
  final String machine =
      steps.define(
          StateMachine.parse("clock", ClockDefinition.text("rollout", "restore", "drill")));
  final Clocks clocks;

  /** When each attempt to beat was made, in seconds after noon. */
  final List<Long> attempts = new ArrayList<>();

  /** With which error and cause the clock gave up and asked for a person. */
  final List<JsonNode> givenUp = new ArrayList<>();

  /** What the function was given at each attempt. */
  final List<JsonNode> ticks = new ArrayList<>();

  /** Answers or throws, given how many attempts there were before. */
  @FunctionalInterface
  interface Beats {
    void beat(int before, ObjectNode answer);
  }

  ClockBench() {
    Services services = new Services();
    steps.serve(services);
    clocks =
        new StepFunctionsClocks(
            SfnClient.builder()
                .httpClient(new LabHttpClient(new Wire(services)))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")))
                .build(),
            machine);
  }

  /** Installs the function; unless the test says otherwise the next beat is 30 seconds later. */
  ClockBench function(String name, Beats beats) {
    RequestStreamHandler handler =
        (in, out, context) -> {
          ObjectNode tick = (ObjectNode) JSON.readTree(in);
          if (tick.has("gaveUp")) {
            givenUp.add(tick.path("gaveUp"));
            JSON.writeValue(out, tick);
            return;
          }
          attempts.add(Duration.between(NOON, time.instant()).toSeconds());
          ticks.add(tick.deepCopy());
          tick.put("phase", "RUNNING")
              .put("over", false)
              .put("next", time.instant().plusSeconds(30).toString());
          beats.beat(attempts.size() - 1, tick);
          JSON.writeValue(out, tick);
        };
    lambda.function(name, handler);
    return this;
  }

  /** Lets everything happen that should be over by then, and a clock that never stops be seen. */
  List<Execution> drain() {
    time.runUntil(NOON.plus(LONGEST_STORY));
    return steps.executions();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
