package dev.ringfence.lab.judge;

import dev.ringfence.contract.Tags;
import dev.ringfence.fleet.Consistency;
import dev.ringfence.lab.cloud.machine.Rest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * No machine stays frozen longer than its limit, and no restore point claims a consistency that it
 * has not.
 */
final class AtRest implements Promises.Promise {
  @Override
  public Verdict judge(Run run) {
    List<String> breaches = new ArrayList<>();
    List<Rest.Hold> holds = run.cloud().truth().holds();
    Instant now = run.cloud().clock().instant();
    for (Rest.Hold hold : holds) {
      Instant until = hold.until() == null ? now : hold.until();
      if (Duration.between(hold.from(), until).compareTo(hold.limit()) > 0) {
        breaches.add(hold.machine() + " was frozen from " + hold.from() + " to " + until);
      }
    }
    int claims = 0;
    for (Snapshot snapshot : WayBackFirst.snapshots(run).values()) {
      if (claim(snapshot) != Consistency.CRASH) {
        claims++;
        if (!isTrue(snapshot, run.cloud().truth().vouchedShadows(), holds)) {
          breaches.add(snapshot.snapshotId() + " claims to be taken at rest, and was not");
        }
      }
    }
    return Verdict.of(
        10,
        "nothing frozen for long, nothing claimed that is not so",
        breaches,
        holds.size() + " freezes, " + claims + " snapshots at rest");
  }

  private static Consistency claim(Snapshot snapshot) {
    return snapshot.tags().stream()
        .filter(tag -> tag.key().equals(Tags.CONSISTENCY))
        .map(tag -> Consistency.ofTag(tag.value()))
        .findFirst()
        .orElse(Consistency.CRASH);
  }

  private static boolean isTrue(Snapshot snapshot, Set<String> vouched, List<Rest.Hold> holds) {
    String machine =
        snapshot.tags().stream()
            .filter(tag -> tag.key().equals(Tags.MACHINE))
            .map(Tag::value)
            .findFirst()
            .orElse("");
    return vouched.contains(snapshot.snapshotId())
        || holds.stream()
            .anyMatch(hold -> hold.machine().equals(machine) && hold.covers(snapshot.startTime()));
  }
}
