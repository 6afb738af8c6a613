package dev.ringfence.awscontract;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * A real account, with the credentials of the SDK's usual chain. Nothing is touched but instances
 * that somebody tagged {@code ringfence:contract = may-be-harmed}, each once. An alarm, a state
 * machine and a table named {@code ringfence-contract} must be there for the promises about them.
 * Snapshots, volumes and clones that this makes bear the tag {@link Disks#MADE} and are deleted at
 * the end.
 */
final class AwsTarget implements Target, AutoCloseable {
  /** The tag of instances that may be stopped, restored and lost. */
  private static final String CONSENT = "ringfence:contract";

  private static final String GIVEN = "may-be-harmed";
  private static final String CALENDAR = "RINGFENCE_CONTRACT_CALENDAR";
  private static final String BUCKET = "RINGFENCE_CONTRACT_BUCKET";

  private final Clients clients = Clients.ofAws();
  private final boolean mayChange;
  private @Nullable Deque<String> machines;

  AwsTarget(String mode) {
    mayChange =
        switch (mode) {
          case "read-only" -> false;
          case "tagged" -> true;
          default ->
              throw new IllegalArgumentException(
                  Targets.ACCOUNT + " must be read-only or tagged, not " + mode);
        };
  }

  @Override
  public String name() {
    return Targets.AWS;
  }

  @Override
  public Clients clients() {
    return clients;
  }

  @Override
  public boolean mayChange() {
    return mayChange;
  }

  @Override
  public String machine() {
    Deque<String> known = machines;
    if (known == null) {
      Deque<String> found = new ArrayDeque<>();
      clients
          .ec2()
          .describeInstancesPaginator(r ->
              r.filters(
                  Machines.filter("tag:" + CONSENT, GIVEN),
                  Machines.filter("instance-state-name", "running")))
          .reservations()
          .forEach(
              reservation -> reservation.instances().forEach(one -> found.add(one.instanceId())));
      known = found;
      machines = found;
    }
    String next = known.poll();
    if (next == null) {
      throw new Verdict.NothingToTryOn("no further instance is tagged " + CONSENT + "=" + GIVEN);
    }
    return next;
  }

  @Override
  public String document() {
    return "AWS-RunShellScript";
  }

  @Override
  public String alarm() {
    if (clients
        .cloudWatch()
        .describeAlarms(r -> r.alarmNames(EndpointTarget.NAME))
        .metricAlarms()
        .isEmpty()) {
      throw new Verdict.NothingToTryOn("there is no alarm " + EndpointTarget.NAME);
    }
    return EndpointTarget.NAME;
  }

  @Override
  public @Nullable String calendar() {
    return Targets.text(CALENDAR).orElse(null);
  }

  @Override
  public String slowClock() {
    return clients.stepFunctions().listStateMachinesPaginator().stateMachines().stream()
        .filter(machine -> machine.name().equals(EndpointTarget.NAME))
        .findFirst()
        .orElseThrow(
            () -> new Verdict.NothingToTryOn("there is no state machine " + EndpointTarget.NAME))
        .stateMachineArn();
  }

  @Override
  public String table() {
    if (!clients.dynamo().listTablesPaginator().tableNames().stream()
        .anyMatch(EndpointTarget.NAME::equals)) {
      throw new Verdict.NothingToTryOn("there is no table " + EndpointTarget.NAME);
    }
    return EndpointTarget.NAME;
  }

  @Override
  public String bucket() {
    return Targets.text(BUCKET)
        .orElseThrow(() -> new Verdict.NothingToTryOn(BUCKET + " names no bucket"));
  }

  @Override
  public String run() {
    return Targets.RUN;
  }

  @Override
  public void pass(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  @Override
  public Duration step() {
    return Duration.ofSeconds(10);
  }

  @Override
  public void close() {
    if (!mayChange) {
      return;
    }
    Filter made = Machines.filter("tag:" + Disks.MADE, "yes");
    List<String> clones =
        clients.ec2().describeInstancesPaginator(r -> r.filters(made)).reservations().stream()
            .flatMap(reservation -> reservation.instances().stream())
            .map(Instance::instanceId)
            .toList();
    if (!clones.isEmpty()) {
      clients.ec2().terminateInstances(r -> r.instanceIds(clones));
    }
    for (Snapshot one :
        clients
            .ec2()
            .describeSnapshotsPaginator(r -> r.ownerIds("self").filters(made))
            .snapshots()) {
      clients.ec2().deleteSnapshot(r -> r.snapshotId(one.snapshotId()));
    }
    for (Volume one : clients.ec2().describeVolumesPaginator(r -> r.filters(made)).volumes()) {
      if (one.stateAsString().equals("available")) {
        clients.ec2().deleteVolume(r -> r.volumeId(one.volumeId()));
      }
    }
  }
}
