package dev.ringfence.lab.cloud.ebs;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Filters;
import dev.ringfence.lab.cloud.account.Page;
import dev.ringfence.lab.cloud.disk.Disks;
import dev.ringfence.lab.cloud.disk.Snapshot;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;

/** DescribeSnapshots: by id, volume or tag without a walk, else a page of the walk. */
public final class SnapshotListing {
  private static final int PAGE_LEAST = 5;
  private static final int PAGE_MOST = 1000;
  private static final String TAG = "tag:";

  private final Disks disks;
  private final Filters<Snapshot> filters =
      new Filters<>(Snapshot::tags)
          .on("snapshot-id", Snapshot::id)
          .on("volume-id", snapshot -> snapshot.source().id())
          .on("volume-size", snapshot -> Integer.toString(snapshot.source().sizeGib()))
          .on("status", snapshot -> snapshot.state().wire())
          .on("progress", DiskViews::progress)
          .on("start-time", snapshot -> snapshot.startedAt().toString())
          .on("storage-tier", Snapshot::storageTier)
          .on("description", Snapshot::description)
          .on("encrypted", snapshot -> Boolean.toString(snapshot.source().encrypted()))
          .on("owner-id", snapshot -> Account.ID);

  public SnapshotListing(Disks disks) {
    this.disks = disks;
  }

  public void open(Desk desk) {
    desk.open(
        "DescribeSnapshots",
        DescribeSnapshotsRequest::builder,
        SnapshotListing::isWhole,
        this::describeSnapshots);
  }

  private static boolean isWhole(DescribeSnapshotsRequest request) {
    return request.snapshotIds().isEmpty()
        && request.filters().isEmpty()
        && request.maxResults() == null;
  }

  private DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    if (!request.snapshotIds().isEmpty() && request.maxResults() != null) {
      throw Ec2Faults.badCombination(
          "The parameter snapshotSet cannot be used with the parameter maxResults");
    }
    boolean ours =
        request.ownerIds().isEmpty()
            || request.ownerIds().contains("self")
            || request.ownerIds().contains(Account.ID);
    Page<Snapshot> page =
        Page.of(
            candidates(request),
            filters
                .all(request.filters())
                .and(snapshot -> ours && snapshot.state() != Snapshot.State.DELETED),
            Page.limit(
                request.maxResults(),
                PAGE_LEAST,
                PAGE_MOST,
                Integer.MAX_VALUE,
                "InvalidParameterValue"),
            request.nextToken(),
            "InvalidNextToken");
    return DescribeSnapshotsResponse.builder()
        .snapshots(page.items().stream().map(DiskViews::snapshot).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private List<Snapshot> candidates(DescribeSnapshotsRequest request) {
    if (!request.snapshotIds().isEmpty()) {
      return request.snapshotIds().stream().distinct().map(this::find).toList();
    }
    List<String> volumes = Filters.values(request.filters(), "volume-id");
    if (volumes != null) {
      List<Snapshot> found = new ArrayList<>();
      volumes.stream().distinct().forEach(id -> found.addAll(disks.snapshotsOf(id)));
      return found;
    }
    List<Snapshot> narrowest = null;
    for (Filter filter : request.filters()) {
      List<Snapshot> tagged = tagged(filter, request.filters());
      if (tagged != null && (narrowest == null || tagged.size() < narrowest.size())) {
        narrowest = tagged;
      }
    }
    return narrowest == null ? disks.snapshots() : narrowest;
  }

  private @Nullable List<Snapshot> tagged(Filter filter, List<Filter> all) {
    List<String> values = filter.name().startsWith(TAG) ? Filters.values(all, filter.name()) : null;
    if (values == null) {
      return null;
    }
    String key = filter.name().substring(TAG.length());
    return values.stream()
        .distinct()
        .flatMap(value -> disks.snapshotsTagged(key, value).stream())
        .distinct()
        .toList();
  }

  private Snapshot find(String id) {
    Snapshot snapshot = disks.snapshot(id);
    if (snapshot == null || snapshot.state() == Snapshot.State.DELETED) {
      throw Ec2Faults.noSnapshot(id);
    }
    return snapshot;
  }
}
