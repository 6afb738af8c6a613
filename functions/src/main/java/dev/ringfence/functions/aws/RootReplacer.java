package dev.ringfence.functions.aws;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sight;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksRequest;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRootVolumeTask;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * Replaces roots. The key is the client token, so repeating a request gives the first one's task
 * and neither the SDK's retries nor a second attempt of ours need to look first.
 */
final class RootReplacer {
  /** The most that DescribeReplaceRootVolumeTasks returns a page (API reference). */
  private static final int PAGE = 50;

  private final Ec2Client ec2;
  private final Pacer pacer;
  private final InstantSource clock;

  RootReplacer(Ec2Client ec2, Pacer pacer, InstantSource clock) {
    this.ec2 = ec2;
    this.pacer = pacer;
    this.clock = clock;
  }

  /** Done with the task's id; the old root is kept, since it is the evidence and the way back. */
  Outcome replace(Effect.ReplaceRoot effect) {
    try {
      pacer.spend(Pacer.Budget.EC2_MUTATE);
      ReplaceRootVolumeTask task =
          ec2.createReplaceRootVolumeTask(
                  CreateReplaceRootVolumeTaskRequest.builder()
                      .instanceId(effect.machine())
                      .snapshotId(effect.snapshot())
                      .clientToken(effect.key())
                      .deleteReplacedRootVolume(false)
                      .tagSpecifications(
                          SnapshotTaker.tags(
                              ResourceType.REPLACE_ROOT_VOLUME_TASK, effect.tags(), effect.key()))
                      .build())
              .replaceRootVolumeTask();
      Instant started = instant(task.startTime(), clock.instant());
      return new Outcome.Done(effect.key(), task.replaceRootVolumeTaskId(), started);
    } catch (SdkException failure) {
      return AwsErrors.settle(effect.key(), failure);
    }
  }

  /** By task id. A task that EC2 does not list is missing and named in the gaps. */
  Map<String, Sight.Replacement> read(Set<String> tasks, Instant now, List<String> gaps) {
    Batches.Found<Sight.Replacement> read =
        Batches.read(tasks, PAGE, "DescribeReplaceRootVolumeTasks", page -> page(page, now), gaps);
    for (String id : tasks) {
      if (!read.unread().contains(id) && !read.found().containsKey(id)) {
        gaps.add("DescribeReplaceRootVolumeTasks: EC2 lists no " + id);
      }
    }
    return read.found();
  }

  private Map<String, Sight.Replacement> page(List<String> ids, Instant now) {
    List<ReplaceRootVolumeTask> tasks =
        Paging.all(token -> {
          pacer.spend(Pacer.Budget.EC2_DESCRIBE);
          DescribeReplaceRootVolumeTasksResponse page =
              ec2.describeReplaceRootVolumeTasks(
                  DescribeReplaceRootVolumeTasksRequest.builder()
                      .replaceRootVolumeTaskIds(ids)
                      .nextToken(token)
                      .build());
          return new Paging.Page<>(page.replaceRootVolumeTasks(), page.nextToken());
        });
    Map<String, Sight.Replacement> replacements = new HashMap<>();
    tasks.forEach(task -> replacements.put(task.replaceRootVolumeTaskId(), replacement(task, now)));
    return replacements;
  }

  /**
   * States by their words: {@code failing-detached} is documented and missing from the SDK's enum.
   * A word that we do not know is not an end.
   */
  private static Sight.Replacement replacement(ReplaceRootVolumeTask task, Instant now) {
    Sight.Progress progress =
        switch (task.taskStateAsString()) {
          case "succeeded" -> Sight.Progress.SUCCEEDED;
          case "failed" -> Sight.Progress.FAILED;
          case "failed-detached" -> Sight.Progress.FAILED_DETACHED;
          case null, default -> Sight.Progress.UNDER_WAY;
        };
    return new Sight.Replacement(
        progress, progress == Sight.Progress.UNDER_WAY ? null : instant(task.completeTime(), now));
  }

  /** EC2 gives these times as text. An end without a readable time ended when we saw it. */
  private static Instant instant(@Nullable String text, Instant otherwise) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException unreadable) {
      return otherwise;
    }
  }
}
