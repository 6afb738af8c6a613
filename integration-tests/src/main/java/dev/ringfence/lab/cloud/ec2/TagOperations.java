package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.TagSets;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.wire.AwsFault;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;

/** CreateTags on instances, volumes, snapshots and root replacements. */
public final class TagOperations {
  private final Fleet fleet;
  private final Disks disks;
  private final RootReplacements replacements;

  public TagOperations(Fleet fleet, Disks disks, RootReplacements replacements) {
    this.fleet = fleet;
    this.disks = disks;
    this.replacements = replacements;
  }

  public void open(Desk desk) {
    desk.open("CreateTags", CreateTagsRequest::builder, this::createTags);
  }

  private CreateTagsResponse createTags(CreateTagsRequest request) {
    Map<String, String> more = TagSets.of(request.tags());
    if (request.resources().isEmpty() || more.isEmpty()) {
      throw Ec2Faults.missing("ResourceId and Tag");
    }
    if (more.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
      throw Ec2Faults.badValue("Tag keys starting with 'aws:' are reserved for internal use");
    }
    List<Runnable> changes = request.resources().stream().map(id -> tagging(id, more)).toList();
    changes.forEach(Runnable::run);
    return CreateTagsResponse.builder().build();
  }

  private Runnable tagging(String id, Map<String, String> more) {
    Snapshot snapshot = disks.snapshot(id);
    if (snapshot != null) {
      return () -> disks.tag(snapshot, more);
    }
    Volume volume = disks.volume(id);
    if (volume != null) {
      return () -> volume.tag(TagSets.with(volume.tags(), more));
    }
    Machine machine = fleet.instance(id);
    if (machine != null) {
      return () -> machine.tag(TagSets.with(machine.tags(), more));
    }
    RootTask task = replacements.find(id);
    if (task != null) {
      return () -> task.tags = TagSets.with(task.tags, more);
    }
    throw new AwsFault("InvalidID", 400, "The ID '" + id + "' is not valid");
  }
}
