package dev.ringfence.infra.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.model.Message;

/** Puts events on the deployed bus, and listens with queues of its own at its far ends. */
final class Publishing {
  /** In the account that everything on LocalStack belongs to. */
  static final String PUBLISHER = "arn:aws:iam::" + Cloud.ACCOUNT + ":role/releases";

  /** Long enough for an event to pass through rule, topic and queue on one machine. */
  private static final int POLL_SECONDS = 20;

  /** What arrives twice or should not arrive comes within that. */
  private static final int QUIET_SECONDS = 2;

  private static final String DEFAULT = "default";
  private static final String LISTENER = "listener";

  private final Cloud cloud;
  private final String cell;
  private final String bus;

  Publishing(Cloud cloud, DeployedCell cell) {
    this.cloud = cloud;
    this.cell = cell.name();
    this.bus = cell.only("AWS::Events::EventBus");
  }

  /** Puts an event on the cell's own bus. */
  void put(String source, String type, JsonNode detail) {
    put(bus, source, type, detail);
  }

  /** Puts an event, as AWS's own services do, on the account's default bus. */
  void putOnDefault(JsonNode event) {
    put(
        DEFAULT,
        event.path("source").asText(),
        event.path("detail-type").asText(),
        event.path("detail"));
  }

  private void put(String on, String source, String type, JsonNode detail) {
    PutEventsRequestEntry event =
        PutEventsRequestEntry.builder()
            .eventBusName(on)
            .source(source)
            .detailType(type)
            .detail(detail.toString())
            .build();
    cloud.events().putEvents(r -> r.entries(event));
  }

  /** A queue with an end of a name that tells it from the cell's. */
  private String queue(String what) {
    return cloud.queues().createQueue(r -> r.queueName(nameOf(what))).queueUrl();
  }

  private String nameOf(String what) {
    return cell + "-" + what + Leftovers.LISTENER;
  }

  /** Listens beside whoever subscribes to the topic. */
  String listenTo(String topic) {
    String queue = queue("news");
    cloud
        .topics()
        .subscribe(r ->
            r.topicArn(topic)
                .protocol("sqs")
                .endpoint(Cloud.arn("sqs", nameOf("news")))
                .attributes(Map.of("RawMessageDelivery", "true")));
    return queue;
  }

  /** Listens beside the targets that a rule of the cell was deployed with. */
  String listenToReleases() {
    return listenBeside(bus, "releases");
  }

  String listenToAlarms() {
    return listenBeside(DEFAULT, "alarms");
  }

  private String listenBeside(String on, String rule) {
    String queue = queue(rule);
    Target target = Target.builder().id(LISTENER).arn(Cloud.arn("sqs", nameOf(rule))).build();
    cloud.events().putTargets(r -> r.eventBusName(on).rule(cell + "-" + rule).targets(target));
    return queue;
  }

  /** Takes these targets and all queues of its own away. */
  void listenNoMore() {
    removeTarget(bus, "releases");
    removeTarget(DEFAULT, "alarms");
    cloud.queues().listQueues(r -> r.queueNamePrefix(cell)).queueUrls().stream()
        .filter(url -> url.endsWith(Leftovers.LISTENER))
        .forEach(url -> cloud.queues().deleteQueue(r -> r.queueUrl(url)));
  }

  private void removeTarget(String on, String rule) {
    cloud.events().removeTargets(r -> r.eventBusName(on).rule(cell + "-" + rule).ids(LISTENER));
  }

  /** What arrives in a queue: the first is waited for, the others come right after it or never. */
  List<String> arrived(String queue) {
    List<Message> first = received(queue, POLL_SECONDS);
    return Stream.concat(first.stream(), received(queue, QUIET_SECONDS).stream())
        .map(Message::body)
        .toList();
  }

  private List<Message> received(String queue, int seconds) {
    return cloud
        .queues()
        .receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(seconds).maxNumberOfMessages(10))
        .messages();
  }
}
