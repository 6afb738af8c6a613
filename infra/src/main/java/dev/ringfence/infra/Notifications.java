package dev.ringfence.infra;

import dev.ringfence.contract.CellEvents;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * The topic that people listen to. What the cell says on its bus about halts, restores, drills that
 * failed and what needs a person is sent on in its own words; functions need no permission for the
 * topic. The key is ours because CloudWatch and EventBridge may not use the one that SNS brings.
 */
final class Notifications extends Construct {
  /** What people should hear of; a rollout that succeeds is no news. */
  static final List<String> NEWS =
      List.of(
          CellEvents.ROLLOUT_HALTED,
          CellEvents.RESTORE_STARTED,
          CellEvents.RESTORE_ENDED,
          CellEvents.PERSON_NEEDED,
          CellEvents.DRILL_FAILED);

  /** Whose services publish to the topic. */
  private static final List<String> SPEAKERS =
      List.of("cloudwatch.amazonaws.com", "events.amazonaws.com");

  private final Topic topic;
  private final Queue deadLetters;

  Notifications(Construct scope, String id, Names names, IEventBus bus, List<String> addresses) {
    super(scope, id);
    Key key =
        Key.Builder.create(this, "Key")
            .description(names.of("news") + ": what its topic sends")
            .enableKeyRotation(true)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    this.topic =
        Topic.Builder.create(this, "Topic")
            .topicName(names.of("news"))
            .displayName(names.cell())
            .masterKey(key)
            .enforceSsl(true)
            .build();
    for (String speaker : SPEAKERS) {
      key.addToResourcePolicy(
          from(names, speaker, List.of("kms:Decrypt", "kms:GenerateDataKey*"), "*"));
      topic.addToResourcePolicy(from(names, speaker, List.of("sns:Publish"), topic.getTopicArn()));
    }
    addresses.forEach(address -> topic.addSubscription(new EmailSubscription(address)));
    this.deadLetters = DeadLetters.queue(this, "DeadLetters", names.of("news-dead-letters"));
    rule(names, bus);
  }

  Topic topic() {
    return topic;
  }

  Queue deadLetters() {
    return deadLetters;
  }

  private void rule(Names names, IEventBus bus) {
    Rule.Builder.create(this, "News")
        .ruleName(names.of("news"))
        .description("What people should hear of, to the topic")
        .eventBus(bus)
        .eventPattern(
            EventPattern.builder().source(List.of(CellEvents.SOURCE)).detailType(NEWS).build())
        .targets(
            List.of(
                SnsTopic.Builder.create(topic)
                    .message(
                        RuleTargetInput.fromText(
                            EventField.getDetailType()
                                + ": "
                                + EventField.fromPath("$.detail." + CellEvents.MESSAGE)))
                    .deadLetterQueue(deadLetters)
                    .build()))
        .build();
  }

  /** Only for what happens in this account: a service acts for many. */
  private static PolicyStatement from(
      Names names, String service, List<String> actions, String resource) {
    return PolicyStatement.Builder.create()
        .principals(List.of(new ServicePrincipal(service)))
        .actions(actions)
        .resources(List.of(resource))
        .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", names.stack().getAccount())))
        .build();
  }
}
