package dev.ringfence.infra;

import dev.ringfence.contract.AlarmEvents;
import dev.ringfence.contract.CellFunction;
import dev.ringfence.release.ReleaseEventReader;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.constructs.Construct;

/**
 * The rules that bring events to functions. EventBridge tries for a day; what it cannot deliver and
 * what a function refuses lies in the same queue.
 */
final class Intakes extends Construct {
  /** EventBridge's own defaults and maxima (event retry policy). */
  private static final int TRIES = 185;

  private static final int TRIED_HOURS = 24;

  Intakes(Construct scope, String id, Names names, Functions functions, IEventBus bus) {
    super(scope, id);
    Rule.Builder.create(this, "Releases")
        .ruleName(names.of("releases"))
        .description("Published releases, to the function that takes them in")
        .eventBus(bus)
        .eventPattern(
            EventPattern.builder().detailType(List.of(ReleaseEventReader.DETAIL_TYPE)).build())
        .targets(List.of(target(functions.get(CellFunction.RELEASE_PUBLISHED))))
        .build();
    // Alarms are on the default bus. Every alarm of the account comes by: which of them a rollout
    // watches is in the table, and changes with every rollout.
    Rule.Builder.create(this, "Alarms")
        .ruleName(names.of("alarms"))
        .description("Alarms that go off, to the function that halts")
        .eventPattern(
            EventPattern.builder()
                .source(List.of(AlarmEvents.SOURCE))
                .detailType(List.of(AlarmEvents.STATE_CHANGE))
                .detail(Map.of("state", Map.of("value", List.of("ALARM"))))
                .build())
        .targets(List.of(target(functions.get(CellFunction.ALARM_CHANGED))))
        .build();
  }

  private static LambdaFunction target(Lambda function) {
    return LambdaFunction.Builder.create(function.alias())
        .deadLetterQueue(function.deadLetters().orElseThrow())
        .retryAttempts(TRIES)
        .maxEventAge(Duration.hours(TRIED_HOURS))
        .build();
  }
}
