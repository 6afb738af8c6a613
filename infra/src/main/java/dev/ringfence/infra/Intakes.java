package dev.ringfence.infra;

import dev.ringfence.contract.CellFunction;
import dev.ringfence.contract.DrillTimes;
import dev.ringfence.contract.EventPatterns;
import dev.ringfence.contract.ExpiryTimes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
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

  /** Where an ARN has the account, counted from zero. */
  private static final int ACCOUNT = 4;

  Intakes(
      Construct scope,
      String id,
      Names names,
      Functions functions,
      IEventBus bus,
      List<String> publishers) {
    super(scope, id);
    rule("Releases", names.of("releases"), bus, functions.get(CellFunction.RELEASE_PUBLISHED))
        .setEventPattern(EventPatterns.releasePublished(accountsOf(publishers)));
    // Alarms are on the default bus.
    rule("Alarms", names.of("alarms"), null, functions.get(CellFunction.ALARM_CHANGED))
        .setEventPattern(EventPatterns.alarmStateChanged(names.stack().getAccount()));
    Rule.Builder.create(this, "Drills")
        .ruleName(names.of("drills"))
        .description("Sweeps up after drills and starts those that are due")
        .schedule(Schedule.rate(Duration.seconds(DrillTimes.EVERY.toSeconds())))
        .targets(List.of(target(functions.get(CellFunction.DRILL_SCHEDULE))))
        .build();
    Rule.Builder.create(this, "Expiry")
        .ruleName(names.of("expiry"))
        .description("Removes restore points and replaced roots that have expired")
        .schedule(Schedule.rate(Duration.seconds(ExpiryTimes.EVERY.toSeconds())))
        .targets(List.of(target(functions.get(CellFunction.EXPIRY_SWEEP))))
        .build();
  }

  /** The pattern is set afterwards: the library's own type of patterns cannot hold ours. */
  private CfnRule rule(String id, String name, @Nullable IEventBus bus, Lambda function) {
    Rule.Builder rule =
        Rule.Builder.create(this, id)
            .ruleName(name)
            .eventPattern(EventPattern.builder().detailType(List.of(name)).build())
            .targets(List.of(target(function)));
    if (bus != null) {
      rule.eventBus(bus);
    }
    return (CfnRule)
        Objects.requireNonNull(rule.build().getNode().getDefaultChild(), "a rule has a resource");
  }

  /** The fifth part of an ARN; that of a role which is not known yet is a reference. */
  private static Set<String> accountsOf(List<String> arns) {
    Set<String> accounts = new TreeSet<>();
    arns.forEach(arn -> accounts.add(Fn.select(ACCOUNT, Fn.split(":", arn))));
    return accounts;
  }

  private static LambdaFunction target(Lambda function) {
    return LambdaFunction.Builder.create(function.alias())
        .deadLetterQueue(function.deadLetters().orElseThrow())
        .retryAttempts(TRIES)
        .maxEventAge(Duration.hours(TRIED_HOURS))
        .build();
  }
}
