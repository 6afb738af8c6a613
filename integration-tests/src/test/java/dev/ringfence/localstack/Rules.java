package dev.ringfence.localstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Rules whose targets are queues, where a test can read what arrived. */
final class Rules {
  private static final JsonMapper JSON = new JsonMapper();

  /** SQS's longest poll is 20 seconds; what is delivered within LocalStack is there in less. */
  private static final int POLL_SECONDS = 3;

  private static final int MESSAGES_MAX = 10;

  private final LocalStackClients aws;

  Rules(LocalStackClients aws) {
    this.aws = aws;
  }

  /**
   * A rule on a bus, with a queue of its own.
   *
   * @param bus null for the account's default bus
   * @return the queue's URL
   */
  String queueOf(@Nullable String bus, String name, Map<String, List<Object>> pattern) {
    String queue = aws.queues().createQueue(r -> r.queueName(name)).queueUrl();
    String arn =
        aws.queues()
            .getQueueAttributes(r -> r.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    aws.events().putRule(r -> r.eventBusName(bus).name(name).eventPattern(text(pattern)));
    aws.events()
        .putTargets(r ->
            r.eventBusName(bus).rule(name).targets(Target.builder().id("queue").arn(arn).build()));
    return queue;
  }

  /** Puts an event as it was recorded; time, account and Region are the bus's own. */
  void put(@Nullable String bus, ObjectNode event) {
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .eventBusName(bus)
            .source(event.path("source").asText())
            .detailType(event.path("detail-type").asText())
            .detail(event.path("detail").toString())
            .build();
    int failed = aws.events().putEvents(r -> r.entries(entry)).failedEntryCount();
    if (failed > 0) {
      throw new AssertionError("LocalStack does not take " + event);
    }
  }

  /** What has arrived in a queue since it was last looked at. */
  List<JsonNode> arrived(String queue) {
    return aws
        .queues()
        .receiveMessage(
            r -> r.queueUrl(queue).maxNumberOfMessages(MESSAGES_MAX).waitTimeSeconds(POLL_SECONDS))
        .messages()
        .stream()
        .peek(message ->
            aws.queues()
                .deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle())))
        .map(Message::body)
        .map(Rules::json)
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(text, notJson);
    }
  }

  private static String text(Map<String, List<Object>> pattern) {
    try {
      return JSON.writeValueAsString(pattern);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
