package dev.ringfence.infra;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** A queue for events that could not be delivered or were refused: bad input is kept, not lost. */
final class DeadLetters {
  /** As long as SQS can: nobody looks on a public holiday. */
  private static final int KEPT_DAYS = 14;

  private DeadLetters() {}

  static Queue queue(Construct scope, String id, String name) {
    Queue queue =
        Queue.Builder.create(scope, id)
            .queueName(name)
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .retentionPeriod(Duration.days(KEPT_DAYS))
            .build();
    Suppressions.on(queue, "AwsSolutions-SQS3", "It is a dead-letter queue itself.");
    return queue;
  }
}
