package dev.ringfence.functions.aws;

import dev.ringfence.operation.Disk;
import dev.ringfence.operation.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Reads volumes, always filtered and paginated. */
final class VolumeReader {
  /** The most values that one EC2 filter takes ("Using filtering"). */
  private static final int FILTER_VALUES = 200;

  /** More than ever answer to one filter of ours, and less than a page may hold. */
  private static final int PAGE = 500;

  /**
   * Types whose IOPS are chosen. EC2 reports a gp2 volume's baseline too, but refuses it as a wish
   * (CreateVolume, "Iops").
   */
  private static final Set<String> PROVISIONED_IOPS = Set.of("gp3", "io1", "io2");

  /** Types whose throughput is chosen (CreateVolume, "Throughput"). */
  private static final Set<String> PROVISIONED_THROUGHPUT = Set.of("gp3");

  private final Ec2Client ec2;
  private final Pacer pacer;

  VolumeReader(Ec2Client ec2, Pacer pacer) {
    this.ec2 = ec2;
    this.pacer = pacer;
  }

  /** By volume id; one that EC2 does not list is missing, as is one that could not be read. */
  Map<String, Volume> read(Set<String> ids, List<String> gaps) {
    return Batches.read(ids, FILTER_VALUES, "DescribeVolumes", this::page, gaps).found();
  }

  /** By volume id, telling apart what EC2 does not list and what could not be read. */
  Batches.Found<Volume> roots(Set<String> ids, List<String> gaps) {
    return Batches.read(ids, FILTER_VALUES, "DescribeVolumes", this::page, gaps);
  }

  /** One volume as it is now; empty when EC2 does not list it. */
  Optional<Volume> one(String id) {
    return matching("volume-id", List.of(id)).stream().findFirst();
  }

  /** The volume that bears this key; empty when EC2 lists none. */
  Optional<Volume> ofKey(String key) {
    return matching("tag:" + SnapshotTaker.KEY_TAG, List.of(key)).stream().findFirst();
  }

  /**
   * So many volumes as one filter takes.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when they could not be read
   */
  Map<String, Volume> all(List<String> ids) {
    return page(ids);
  }

  private Map<String, Volume> page(List<String> ids) {
    Map<String, Volume> volumes = new HashMap<>();
    matching("volume-id", ids).forEach(volume -> volumes.put(volume.id(), volume));
    return volumes;
  }

  private List<Volume> matching(String filter, List<String> values) {
    return Paging.all(token -> {
      pacer.spend(Pacer.Budget.EC2_DESCRIBE);
      DescribeVolumesResponse page =
          ec2.describeVolumes(
              DescribeVolumesRequest.builder()
                  .filters(Filter.builder().name(filter).values(values).build())
                  .maxResults(PAGE)
                  .nextToken(token)
                  .build());
      List<Volume> volumes = page.volumes().stream().map(VolumeReader::volume).toList();
      return new Paging.Page<>(volumes, page.nextToken());
    });
  }

  private static Volume volume(software.amazon.awssdk.services.ec2.model.Volume seen) {
    Map<String, String> tags = new HashMap<>();
    for (Tag tag : seen.tags()) {
      tags.put(tag.key(), text(tag.value()));
    }
    String snapshot = text(seen.snapshotId());
    String type = text(seen.volumeTypeAsString());
    return new Volume(
        seen.volumeId(),
        text(seen.availabilityZone()),
        text(seen.stateAsString()),
        new Disk(
            type,
            Objects.requireNonNullElse(seen.size(), 0),
            PROVISIONED_IOPS.contains(type) ? seen.iops() : null,
            PROVISIONED_THROUGHPUT.contains(type) ? seen.throughput() : null,
            Boolean.TRUE.equals(seen.encrypted()) ? seen.kmsKeyId() : null),
        snapshot.isEmpty() ? null : snapshot,
        seen.attachments().stream()
            .map(one ->
                new Volume.Attachment(
                    text(one.instanceId()), text(one.device()), text(one.stateAsString())))
            .toList(),
        tags);
  }

  private static String text(@Nullable String said) {
    return Objects.requireNonNullElse(said, "");
  }
}
