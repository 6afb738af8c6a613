package dev.ringfence.infra.deployed;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sns.model.Topic;

/** What a cell that was taken down has left behind, other than table and bucket. */
final class Leftovers {
  /** How the name of the queue ends that a test listens with; it is no part of the cell. */
  static final String LISTENER = "-listens";

  private final Cloud cloud;

  Leftovers(Cloud cloud) {
    this.cloud = cloud;
  }

  /** The names and ARNs that have the cell's in them. */
  List<String> of(String cell) {
    List<String> all = new ArrayList<>();
    cloud.events().listEventBuses(r -> {}).eventBuses().stream()
        .map(EventBus::name)
        .forEach(all::add);
    cloud.events().listRules(r -> {}).rules().stream().map(Rule::name).forEach(all::add);
    cloud.topics().listTopics().topics().stream().map(Topic::topicArn).forEach(all::add);
    cloud.alarms().describeAlarms().metricAlarms().stream()
        .map(MetricAlarm::alarmName)
        .forEach(all::add);
    cloud.machines().listStateMachines().stateMachines().stream()
        .map(StateMachineListItem::stateMachineArn)
        .forEach(all::add);
    cloud.roles().listRoles().roles().stream().map(Role::roleName).forEach(all::add);
    all.addAll(cloud.queues().listQueues(r -> r.queueNamePrefix(cell)).queueUrls());
    return all.stream().filter(each -> each.contains(cell)).sorted().toList();
  }
}
