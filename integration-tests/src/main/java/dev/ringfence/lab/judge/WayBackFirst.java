package dev.ringfence.lab.judge;

import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.operation.Operation;
import dev.ringfence.operation.RestorePoint;
import dev.ringfence.policy.RestorePointRule;
import dev.ringfence.rollout.Batch;
import dev.ringfence.rollout.Member;
import dev.ringfence.rollout.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotState;

/** Who is updated can be brought back, or its team said that it need not be. */
final class WayBackFirst implements Promises.Promise {
  @Override
  public Verdict judge(Run run) {
    Map<String, Snapshot> snapshots = snapshots(run);
    List<String> breaches = new ArrayList<>();
    int updated = 0;
    for (Operation<Rollout, Batch> rollout : run.rollouts()) {
      Map<String, Member> members = new HashMap<>();
      Run.members(rollout).forEach(member -> members.put(member.machine(), member));
      Map<String, Instant> exposed = new HashMap<>();
      for (Observed.Sent sent : run.updates(rollout.head())) {
        sent.machines().forEach(machine -> exposed.putIfAbsent(machine, sent.at()));
      }
      updated += exposed.size();
      exposed.forEach((id, at) ->
          objection(run, rollout.head(), id, members.get(id), at, snapshots)
              .ifPresent(why -> breaches.add(id + " was updated at " + at + " but " + why)));
    }
    return Verdict.of(
        2, "no update without a way back", breaches, updated + " machines updated, each secured");
  }

  private static Optional<String> objection(
      Run run,
      Rollout rollout,
      String id,
      @Nullable Member member,
      Instant exposed,
      Map<String, Snapshot> snapshots) {
    Machine machine = run.cloud().fleet().find(id);
    if (member == null || machine == null) {
      return Optional.of("is in no plan");
    }
    List<Unrestorable> obstacles = obstacles(machine);
    if (!obstacles.isEmpty()) {
      return rollout.policy().updateWithoutRestore().containsAll(obstacles)
          ? Optional.empty()
          : Optional.of("cannot be restored and was not opted in: " + obstacles);
    }
    RestorePoint point = member.point();
    Snapshot snapshot = point == null ? null : snapshots.get(point.snapshot());
    if (snapshot == null) {
      return Optional.of("has no restore point");
    }
    if (!machine.rootLineage().contains(snapshot.volumeId())) {
      return Optional.of("its restore point " + snapshot.snapshotId() + " is of another disk");
    }
    boolean completed =
        snapshot.state() == SnapshotState.COMPLETED && !snapshot.completionTime().isAfter(exposed);
    if (!completed) {
      return Optional.of("its restore point was not completed: " + snapshot.completionTime());
    }
    if (snapshot.startTime().isAfter(exposed)) {
      return Optional.of("its restore point is younger than its exposure");
    }
    boolean tooOld =
        switch (rollout.policy().restorePoint()) {
          case RestorePointRule.Fresh f -> snapshot.startTime().isBefore(rollout.acceptedAt());
          case RestorePointRule.ReuseYoungerThan(var age) -> false;
        };
    return tooOld ? Optional.of("its restore point is not fresh") : Optional.empty();
  }

  /** What really stands in a restore's way, as far as the lab's machines have it. */
  private static List<Unrestorable> obstacles(Machine machine) {
    if (machine.hardware().hybrid()) {
      return List.of(Unrestorable.HYBRID_NODE);
    }
    return machine.settings().hibernating() ? List.of(Unrestorable.HIBERNATION) : List.of();
  }

  static Map<String, Snapshot> snapshots(Run run) {
    var answer =
        run.cloud()
            .services()
            .find("ec2", "DescribeSnapshots")
            .orElseThrow()
            .answer()
            .apply(DescribeSnapshotsRequest.builder().build());
    Map<String, Snapshot> snapshots = new HashMap<>();
    ((DescribeSnapshotsResponse) answer)
        .snapshots()
        .forEach(snapshot -> snapshots.put(snapshot.snapshotId(), snapshot));
    return snapshots;
  }
}
