package dev.ringfence.lab.cloud.ssm;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.TagSets;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Hybrid nodes' tags, which live in Systems Manager, and what documents are. */
final class ResourceTagOperations {
  private static final String MANAGED_INSTANCE = "ManagedInstance";

  private final Fleet fleet;
  private final Documents documents;

  ResourceTagOperations(Fleet fleet, Documents documents) {
    this.fleet = fleet;
    this.documents = documents;
  }

  void open(Desk desk) {
    desk.open(
        "ListTagsForResource", ListTagsForResourceRequest::builder, this::listTagsForResource);
    desk.open("AddTagsToResource", AddTagsToResourceRequest::builder, this::addTagsToResource);
    desk.open("DescribeDocument", DescribeDocumentRequest::builder, this::describeDocument);
  }

  private ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    Machine node = node(request.resourceTypeAsString(), request.resourceId());
    List<Tag> tags = new ArrayList<>();
    node.tags().forEach((key, value) -> tags.add(Tag.builder().key(key).value(value).build()));
    return ListTagsForResourceResponse.builder().tagList(tags).build();
  }

  private AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest request) {
    Machine node = node(request.resourceTypeAsString(), request.resourceId());
    Map<String, String> more = new TreeMap<>();
    request.tags().forEach(tag -> more.put(tag.key(), tag.value()));
    node.tag(TagSets.with(node.tags(), more));
    return AddTagsToResourceResponse.builder().build();
  }

  private DescribeDocumentResponse describeDocument(DescribeDocumentRequest request) {
    if (!documents.exists(request.name())) {
      throw SsmFaults.of(
          "InvalidDocument", "Document with name " + request.name() + " does not exist.");
    }
    Documents.Version version = documents.find(request.name(), request.documentVersion());
    if (version == null) {
      throw SsmFaults.of("InvalidDocumentVersion", "There is no such version.");
    }
    String latest = documents.latest(request.name()).number();
    return DescribeDocumentResponse.builder()
        .document(d ->
            d.name(version.name())
                .documentVersion(version.number())
                .latestVersion(latest)
                .defaultVersion(latest)
                .documentType("Command")
                .schemaVersion("2.2")
                .status("Active")
                .hash(version.sha256())
                .hashType("Sha256"))
        .build();
  }

  private Machine node(@Nullable String type, String id) {
    if (!MANAGED_INSTANCE.equals(type)) {
      throw SsmFaults.of("InvalidResourceType", "The lab keeps tags of " + MANAGED_INSTANCE);
    }
    Machine machine = fleet.find(id);
    if (machine == null || !machine.hardware().hybrid()) {
      throw SsmFaults.of("InvalidResourceId", "There is no managed instance " + id);
    }
    return machine;
  }
}
