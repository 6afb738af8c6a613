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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.Tag;

/** CreateTags and DeleteTags on instances, volumes, snapshots and root replacements. */
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
    desk.open("DeleteTags", DeleteTagsRequest::builder, this::deleteTags);
  }

  private CreateTagsResponse createTags(CreateTagsRequest request) {
    Map<String, String> more = TagSets.of(request.tags());
    if (request.resources().isEmpty() || more.isEmpty()) {
      throw Ec2Faults.missing("ResourceId and Tag");
    }
    mayBeNamed(more.keySet());
    change(request.resources(), tags -> TagSets.with(tags, more));
    return CreateTagsResponse.builder().build();
  }

  /** What is not there need not be deleted, and is no fault. */
  private DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
    if (request.resources().isEmpty()) {
      throw Ec2Faults.missing("ResourceId");
    }
    List<Tag> less = request.tags();
    mayBeNamed(less.stream().map(Tag::key).toList());
    change(request.resources(), tags -> TagSets.without(tags, less));
    return DeleteTagsResponse.builder().build();
  }

  private static void mayBeNamed(Collection<String> keys) {
    if (keys.stream().anyMatch(key -> key.startsWith(TagSets.RESERVED))) {
      throw Ec2Faults.badValue("Tag keys starting with 'aws:' are reserved for internal use");
    }
  }

  /** All or, when one id is unknown, none. */
  private void change(List<String> ids, UnaryOperator<Map<String, String>> change) {
    List<Runnable> changes = ids.stream().map(id -> tagging(id, change)).toList();
    changes.forEach(Runnable::run);
  }

  private Runnable tagging(String id, UnaryOperator<Map<String, String>> change) {
    Snapshot snapshot = disks.snapshot(id);
    if (snapshot != null) {
      return () -> disks.tag(snapshot, change.apply(snapshot.tags()));
    }
    Volume volume = disks.volume(id);
    if (volume != null) {
      return () -> volume.tag(change.apply(volume.tags()));
    }
    Machine machine = fleet.instance(id);
    if (machine != null) {
      return () -> machine.tag(change.apply(machine.tags()));
    }
    RootTask task = replacements.find(id);
    if (task != null) {
      return () -> task.tags = change.apply(task.tags);
    }
    throw new AwsFault("InvalidID", 400, "The ID '" + id + "' is not valid");
  }
}
