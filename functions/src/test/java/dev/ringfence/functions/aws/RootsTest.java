package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Sight;
import dev.ringfence.operation.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskResponse;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksRequest;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRootVolumeTask;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

class RootsTest {
  private static final Effect.ReplaceRoot REPLACE =
      new Effect.ReplaceRoot(
          "x1-i1-root", FakeAws.START, false, "i-1", "snap-1", Map.of("ringfence:restore", "x1"));

  private final FakeAws aws = new FakeAws();
  private final List<ReplaceRootVolumeTask> tasks = new ArrayList<>();

  RootsTest() {
    aws.ec2.script.on(
        CreateReplaceRootVolumeTaskRequest.class,
        request ->
            CreateReplaceRootVolumeTaskResponse.builder()
                .replaceRootVolumeTask(task("replacevol-1", "pending", null))
                .build());
    aws.ec2.script.on(DescribeReplaceRootVolumeTasksRequest.class, this::describe);
  }

  @Test
  void replace_bearsTheKeyAsClientTokenAndKeepsTheOldRoot() {
    assertEquals(
        new Outcome.Done(REPLACE.key(), "replacevol-1", Instant.parse("2026-03-01T09:59:59Z")),
        aws.world().perform(REPLACE, true));
    assertEquals(
        List.of(
            CreateReplaceRootVolumeTaskRequest.builder()
                .instanceId("i-1")
                .snapshotId("snap-1")
                .clientToken("x1-i1-root")
                .deleteReplacedRootVolume(false)
                .tagSpecifications(
                    TagSpecification.builder()
                        .resourceType(ResourceType.REPLACE_ROOT_VOLUME_TASK)
                        .tags(
                            Tag.builder().key("ringfence:restore").value("x1").build(),
                            Tag.builder().key("ringfence:key").value("x1-i1-root").build())
                        .build())
                .build()),
        aws.ec2.script.all(CreateReplaceRootVolumeTaskRequest.class));
  }

  @Test
  void machineThatIsNotRunning_isRefused() {
    aws.ec2.script.on(
        CreateReplaceRootVolumeTaskRequest.class,
        request -> {
          throw FakeAws.error("IncorrectInstanceState", 400, "i-1 is stopped");
        });
    assertEquals(
        new Outcome.Refused(REPLACE.key(), "IncorrectInstanceState", "i-1 is stopped"),
        aws.world().perform(REPLACE, false));
  }

  @Test
  void burstOfReplacements_isPaced() {
    AwsWorld world = aws.world();
    int done = 0;
    for (int n = 0; n < 60; n++) {
      done += world.perform(REPLACE, false) instanceof Outcome.Done ? 1 : 0;
    }
    assertEquals(50, done);
    assertEquals(50, aws.ec2.script.calls());
  }

  @Test
  void taskStates_areReadByTheirWordsIncludingTheOneTheSdkLacks() {
    Instant end = Instant.parse("2026-03-01T09:58:00Z");
    tasks.add(task("replacevol-1", "pending", null));
    tasks.add(task("replacevol-2", "in-progress", null));
    tasks.add(task("replacevol-3", "failing", null));
    tasks.add(task("replacevol-4", "failing-detached", null));
    tasks.add(task("replacevol-5", "succeeded", "2026-03-01T09:58:00Z"));
    tasks.add(task("replacevol-6", "failed", "2026-03-01T10:58:00+01:00"));
    tasks.add(task("replacevol-7", "failed-detached", "2026-03-01T09:58:00.000Z"));
    tasks.add(task("replacevol-8", "succeeded", "yesterday"));
    var open = new Sight.Replacement(Sight.Progress.UNDER_WAY, null);
    assertEquals(
        Map.of(
            "replacevol-1",
            open,
            "replacevol-2",
            open,
            "replacevol-3",
            open,
            "replacevol-4",
            open,
            "replacevol-5",
            new Sight.Replacement(Sight.Progress.SUCCEEDED, end),
            "replacevol-6",
            new Sight.Replacement(Sight.Progress.FAILED, end),
            "replacevol-7",
            new Sight.Replacement(Sight.Progress.FAILED_DETACHED, end),
            "replacevol-8",
            new Sight.Replacement(Sight.Progress.SUCCEEDED, FakeAws.START)),
        look(ids(8)).replacements());
  }

  @Test
  void manyTasks_areReadFiftyAtATimeAndAnUnknownOneIsNamed() {
    for (int n = 1; n <= 119; n++) {
      tasks.add(task("replacevol-" + n, "in-progress", null));
    }
    Sight sight = look(ids(120));
    assertEquals(119, sight.replacements().size());
    assertEquals(
        List.of("DescribeReplaceRootVolumeTasks: EC2 lists no replacevol-120"), sight.gaps());
    assertEquals(
        List.of(50, 50, 20),
        aws.ec2.script.all(DescribeReplaceRootVolumeTasksRequest.class).stream()
            .map(request -> request.replaceRootVolumeTaskIds().size())
            .toList());
  }

  private Sight look(Set<String> ids) {
    return aws.world().observe(Watch.NOTHING.withReplacements(ids));
  }

  private static Set<String> ids(int count) {
    Set<String> ids = new HashSet<>();
    for (int n = 1; n <= count; n++) {
      ids.add("replacevol-" + n);
    }
    return ids;
  }

  private static ReplaceRootVolumeTask task(String id, String state, @Nullable String completed) {
    return ReplaceRootVolumeTask.builder()
        .replaceRootVolumeTaskId(id)
        .taskState(state)
        .startTime("2026-03-01T09:59:59Z")
        .completeTime(completed)
        .build();
  }

  private DescribeReplaceRootVolumeTasksResponse describe(
      DescribeReplaceRootVolumeTasksRequest request) {
    return DescribeReplaceRootVolumeTasksResponse.builder()
        .replaceRootVolumeTasks(
            tasks.stream()
                .filter(task ->
                    request.replaceRootVolumeTaskIds().contains(task.replaceRootVolumeTaskId()))
                .toList())
        .build();
  }
}
