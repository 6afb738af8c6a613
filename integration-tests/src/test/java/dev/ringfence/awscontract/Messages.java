package dev.ringfence.awscontract;

import static dev.ringfence.awscontract.Promise.changing;
import static dev.ringfence.awscontract.Promise.reading;
import static dev.ringfence.awscontract.Promise.refused;
import static dev.ringfence.awscontract.Promise.same;
import static dev.ringfence.awscontract.Promise.so;

import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;

/** What is relied on where news is told, evidence kept and small things are asked. */
final class Messages {
  static final List<Promise> PROMISES =
      List.of(
          changing(
              "PutEvents",
              "an event that is taken is no failed entry",
              target -> same(0, put(target, "{}").failedEntryCount())),
          reading(
              "PutEvents",
              "an event that is not taken is told in an answer, not as an error",
              target -> same(1, put(target, "no JSON").failedEntryCount())),
          changing("PutObject", "what is put again is put", Messages::putsAgain),
          changing(
              "PutObject",
              "a bucket that is not there is refused by name",
              target ->
                  refused("NoSuchBucket", () -> keep(target, "ringfence-no-" + target.run()))),
          reading(
              "ListCommands",
              "of a document that nobody ran there are none",
              target -> same(List.of(), commands(target, "ringfence-no-such-document"))),
          reading(
              "ListTagsForResource",
              "an unknown node is refused",
              target ->
                  refused(
                      "InvalidResourceId",
                      () ->
                          target
                              .clients()
                              .ssm()
                              .listTagsForResource(r ->
                                  r.resourceType(ResourceTypeForTagging.MANAGED_INSTANCE)
                                      .resourceId("mi-0123456789abcdef0")))));

  private Messages() {}

  private static PutEventsResponse put(Target target, String detail) {
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .source(EndpointTarget.NAME)
            .detailType("Contract")
            .detail(detail)
            .build();
    return target.clients().events().putEvents(r -> r.entries(entry));
  }

  private static void putsAgain(Target target) {
    String bucket = target.bucket();
    for (int times = 0; times < 2; times++) {
      so(!keep(target, bucket).isEmpty(), "no tag of what was put is told");
    }
  }

  private static String keep(Target target, String bucket) {
    return target
        .clients()
        .s3()
        .putObject(
            r -> r.bucket(bucket).key(EndpointTarget.NAME + "/" + target.run()),
            RequestBody.fromString("evidence"))
        .eTag();
  }

  private static List<Command> commands(Target target, String document) {
    return target
        .clients()
        .ssm()
        .listCommands(r ->
            r.maxResults(50)
                .filters(
                    CommandFilter.builder()
                        .key(CommandFilterKey.DOCUMENT_NAME)
                        .value(document)
                        .build()))
        .commands();
  }
}
