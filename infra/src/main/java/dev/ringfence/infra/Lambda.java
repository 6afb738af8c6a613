package dev.ringfence.infra;

import dev.ringfence.contract.CellFunction;
import dev.ringfence.contract.ClockDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * One function with all that is its own: a role, a log group, the version that its code makes, the
 * alias by which everybody calls it, and, where events come by themselves, a queue for those that
 * it refused.
 */
final class Lambda extends Construct {
  /** A virtual processor is had from 1,769 MB on (Lambda, memory); half of one is enough here. */
  private static final int MEGABYTES = 1024;

  /** A release or an alarm is a few calls; the rest is room for throttles. */
  private static final Duration INTAKE_TIMEOUT = Duration.seconds(60);

  /** A person waits; a plan of ten thousand machines reads all of them first. */
  private static final Duration CONSOLE_TIMEOUT = Duration.seconds(60);

  /** A halt must find room whatever else runs in the account; ten alarms at once wait seconds. */
  private static final int RESERVED_FOR_ALARMS = 5;

  /** One release after the other: two of one product would only be in each other's way. */
  private static final int RESERVED_FOR_RELEASES = 1;

  private static final int RESERVED_FOR_SWEEPS = 1;

  /** A hundred thousand snapshots are a hundred pages, and 200 deletions a minute. */
  private static final Duration SWEEP_TIMEOUT = Duration.minutes(5);

  /** The library warns of this whenever SnapStart is on, whether a version is made or not. */
  private static final String UNPUBLISHED = "@aws-cdk/aws-lambda:snapStartRequirePublish";

  private final Alias alias;
  private final Role role;
  private final @Nullable Queue deadLetters;

  Lambda(
      Construct scope,
      Names names,
      CellFunction function,
      RingfenceProps props,
      Map<String, String> environment) {
    super(scope, function.title());
    this.role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .description(names.of(function) + ": " + function.sentence())
            .build();
    this.deadLetters =
        isEventDriven(function)
            ? DeadLetters.queue(this, "DeadLetters", names.of(function) + "-dead-letters")
            : null;
    Function.Builder builder = code(function, props).functionName(names.of(function));
    builder.role(role).logGroup(logs(names, function, props)).environment(environment);
    if (deadLetters != null) {
      builder.deadLetterQueue(deadLetters);
    }
    Function made = builder.build();
    Annotations.of(made).acknowledgeWarning(UNPUBLISHED, "The version below is published");
    this.alias =
        Alias.Builder.create(this, "Live")
            .aliasName(Names.ALIAS)
            .version(made.getCurrentVersion())
            .build();
  }

  /** What runs and on what; it belongs to nobody yet. */
  private Function.Builder code(CellFunction function, RingfenceProps props) {
    Function.Builder builder =
        Function.Builder.create(this, "Function")
            .description(function.sentence())
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .code(Code.fromAsset(props.functions().toString()))
            .handler(function.className() + "::handleRequest")
            .memorySize(MEGABYTES)
            .timeout(timeout(function))
            .tracing(props.tracing() ? Tracing.ACTIVE : Tracing.DISABLED);
    if (props.reservedConcurrency()) {
      reserved(function).ifPresent(builder::reservedConcurrentExecutions);
    }
    return builder;
  }

  /** A group of the function's own, to which its role alone may write. */
  private LogGroup logs(Names names, CellFunction function, RingfenceProps props) {
    may(
        Grants.allow(
            List.of(names.arn("logs", "log-group", names.logGroup(function) + ":*")),
            List.of("logs:CreateLogStream", "logs:PutLogEvents")));
    return LogGroup.Builder.create(this, "Logs")
        .logGroupName(names.logGroup(function))
        .retention(props.logRetention())
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  void may(PolicyStatement statement) {
    role.addToPolicy(statement);
  }

  Alias alias() {
    return alias;
  }

  Role role() {
    return role;
  }

  /** Where events go that it failed on; a function that is waited for has none. */
  Optional<Queue> deadLetters() {
    return Optional.ofNullable(deadLetters);
  }

  private static boolean isEventDriven(CellFunction function) {
    return switch (function) {
      case RELEASE_PUBLISHED, ALARM_CHANGED, DRILL_SCHEDULE, EXPIRY_SWEEP -> true;
      case ROLLOUT_BEAT, RESTORE_BEAT, DRILL_BEAT, TABLE_CHANGED -> false;
      case ROLLOUT_CONSOLE, RESTORE_CONSOLE, DRILL_CONSOLE, WIDGET -> false;
    };
  }

  private static Duration timeout(CellFunction function) {
    return switch (function) {
      case RELEASE_PUBLISHED, ALARM_CHANGED, TABLE_CHANGED, DRILL_SCHEDULE -> INTAKE_TIMEOUT;
      case EXPIRY_SWEEP -> SWEEP_TIMEOUT;
      case ROLLOUT_CONSOLE, RESTORE_CONSOLE, DRILL_CONSOLE, WIDGET -> CONSOLE_TIMEOUT;
      case ROLLOUT_BEAT, RESTORE_BEAT, DRILL_BEAT ->
          Duration.seconds(ClockDefinition.BEAT_TIMEOUT.toSeconds());
    };
  }

  private static Optional<Integer> reserved(CellFunction function) {
    return switch (function) {
      case RELEASE_PUBLISHED -> Optional.of(RESERVED_FOR_RELEASES);
      case ALARM_CHANGED -> Optional.of(RESERVED_FOR_ALARMS);
      case ROLLOUT_BEAT, RESTORE_BEAT, DRILL_BEAT, TABLE_CHANGED -> Optional.empty();
      case DRILL_SCHEDULE -> Optional.empty();
      // Two at once would only remove the same things.
      case EXPIRY_SWEEP -> Optional.of(RESERVED_FOR_SWEEPS);
      case ROLLOUT_CONSOLE, RESTORE_CONSOLE, DRILL_CONSOLE, WIDGET -> Optional.empty();
    };
  }
}
