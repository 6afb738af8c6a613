package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Filters;
import dev.ringfence.lab.cloud.account.InstanceKinds;
import dev.ringfence.lab.cloud.account.Page;
import dev.ringfence.lab.cloud.account.TagSets;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.wire.AwsFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskResponse;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksRequest;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRootVolumeTask;

/** CreateReplaceRootVolumeTask and DescribeReplaceRootVolumeTasks. */
public final class RootReplacementOperations {
  private static final int PAGE_LEAST = 1;
  private static final int PAGE_MOST = 50;

  private record Asked(String instanceId, String snapshotId, boolean deletesReplaced) {}

  private record Given(Asked asked, RootTask task) {}

  private final Fleet fleet;
  private final Disks disks;
  private final RootReplacements replacements;
  private final Map<String, Given> byToken = new TreeMap<>();
  private final Filters<RootTask> filters =
      new Filters<RootTask>(task -> task.tags).on("instance-id", task -> task.machine.id());

  public RootReplacementOperations(Fleet fleet, Disks disks, RootReplacements replacements) {
    this.fleet = fleet;
    this.disks = disks;
    this.replacements = replacements;
  }

  public void open(Desk desk) {
    desk.open(
        "CreateReplaceRootVolumeTask", CreateReplaceRootVolumeTaskRequest::builder, this::create);
    desk.open(
        "DescribeReplaceRootVolumeTasks",
        DescribeReplaceRootVolumeTasksRequest::builder,
        this::describe);
  }

  private CreateReplaceRootVolumeTaskResponse create(CreateReplaceRootVolumeTaskRequest request) {
    if (request.instanceId() == null || request.snapshotId() == null) {
      throw Ec2Faults.missing("InstanceId and SnapshotId; the lab restores from snapshots only");
    }
    Asked asked =
        new Asked(
            request.instanceId(),
            request.snapshotId(),
            Boolean.TRUE.equals(request.deleteReplacedRootVolume()));
    String token = request.clientToken();
    Given given = token == null ? null : byToken.get(token);
    if (given != null) {
      if (!given.asked().equals(asked)) {
        throw new AwsFault(
            "IdempotentParameterMismatch", 400, "The client token was used for something else.");
      }
      return answer(given.task());
    }
    Machine machine = machine(asked.instanceId());
    Snapshot source = source(machine, asked.snapshotId());
    Map<String, String> tags = TagSets.of(request.tagSpecifications(), "replace-root-volume-task");
    RootTask task =
        replacements.begin(machine, source, asked.deletesReplaced(), rate(request), tags);
    if (token != null) {
      byToken.put(token, new Given(asked, task));
    }
    return answer(task);
  }

  private static @Nullable Integer rate(CreateReplaceRootVolumeTaskRequest request) {
    Long rate = request.volumeInitializationRate();
    return rate == null ? null : Math.toIntExact(rate);
  }

  private Machine machine(String id) {
    Machine machine = Ec2Faults.instance(fleet, id);
    if (InstanceKinds.isMetal(machine.hardware().instanceType())) {
      throw new AwsFault(
          "UnsupportedOperation", 400, "The root volume of a bare metal instance is not replaced.");
    }
    if (machine.power() != Machine.Power.RUNNING) {
      throw Ec2Faults.incorrectInstanceState(id);
    }
    if (replacements.of(id).stream().anyMatch(task -> !task.state.isFinal())) {
      throw Ec2Faults.incorrectState("A root volume replacement of " + id + " is in progress.");
    }
    return machine;
  }

  private Snapshot source(Machine machine, String id) {
    Snapshot snapshot = disks.snapshot(id);
    if (snapshot == null || snapshot.state() == Snapshot.State.DELETED) {
      throw Ec2Faults.noSnapshot(id);
    }
    if (snapshot.state() != Snapshot.State.COMPLETED) {
      throw Ec2Faults.incorrectState("Snapshot is in invalid state - " + snapshot.state().wire());
    }
    if (!snapshot.storageTier().equals("standard")) {
      throw Ec2Faults.incorrectState("Snapshot " + id + " is not in the standard tier");
    }
    if (!machine.rootLineage().contains(snapshot.source().id())) {
      throw Ec2Faults.badValue(
          "Snapshot "
              + id
              + " was not created from a current or previous root volume of "
              + machine.id());
    }
    return snapshot;
  }

  private static CreateReplaceRootVolumeTaskResponse answer(RootTask task) {
    return CreateReplaceRootVolumeTaskResponse.builder().replaceRootVolumeTask(view(task)).build();
  }

  private DescribeReplaceRootVolumeTasksResponse describe(
      DescribeReplaceRootVolumeTasksRequest request) {
    Page<RootTask> page =
        Page.of(
            candidates(request),
            filters.all(request.filters()),
            Page.limit(
                request.maxResults(), PAGE_LEAST, PAGE_MOST, PAGE_MOST, "InvalidParameterValue"),
            request.nextToken(),
            "InvalidNextToken");
    return DescribeReplaceRootVolumeTasksResponse.builder()
        .replaceRootVolumeTasks(page.items().stream().map(RootReplacementOperations::view).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private List<RootTask> candidates(DescribeReplaceRootVolumeTasksRequest request) {
    if (!request.replaceRootVolumeTaskIds().isEmpty()) {
      return request.replaceRootVolumeTaskIds().stream().distinct().map(this::task).toList();
    }
    List<String> instances = Filters.values(request.filters(), "instance-id");
    if (instances == null) {
      return replacements.inOrder();
    }
    List<RootTask> found = new ArrayList<>();
    instances.stream().distinct().forEach(id -> found.addAll(replacements.of(id)));
    return found;
  }

  private RootTask task(String id) {
    RootTask task = replacements.find(id);
    if (task == null) {
      throw new AwsFault(
          "InvalidReplaceRootVolumeTaskID.NotFound", 400, "The task '" + id + "' does not exist");
    }
    return task;
  }

  private static ReplaceRootVolumeTask view(RootTask task) {
    return ReplaceRootVolumeTask.builder()
        .replaceRootVolumeTaskId(task.id)
        .instanceId(task.machine.id())
        .snapshotId(task.source.id())
        .taskState(task.state.wire())
        .startTime(task.startedAt.toString())
        .completeTime(text(task.completedAt))
        .deleteReplacedRootVolume(task.deletesReplaced)
        .tags(TagSets.tags(task.tags))
        .build();
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
