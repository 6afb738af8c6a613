package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Filters;
import dev.ringfence.lab.cloud.account.Page;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.machine.StatusChecks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.EbsStatusDetails;
import software.amazon.awssdk.services.ec2.model.EbsStatusSummary;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusDetails;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;

/** DescribeInstanceStatus: what the minute's checks said last. */
public final class StatusOperations {
  /** DescribeInstanceStatus takes at most a hundred ids. */
  private static final int IDS_MOST = 100;

  private static final String REACHABILITY = "reachability";
  private static final int PAGE_LEAST = 5;
  private static final int PAGE_MOST = 1000;

  private final Fleet fleet;
  private final InstantSource clock;
  private final Filters<Machine> filters;

  public StatusOperations(Fleet fleet, InstantSource clock) {
    this.fleet = fleet;
    this.clock = clock;
    this.filters =
        new Filters<>(Machine::tags)
            .on("availability-zone", machine -> machine.hardware().zone())
            .on("instance-state-name", machine -> machine.power().wire())
            .on("instance-status.status", machine -> instance(machine).value().wire())
            .on("instance-status.reachability", machine -> detail(instance(machine)))
            .on("system-status.status", machine -> system(machine).value().wire())
            .on("system-status.reachability", machine -> detail(system(machine)))
            .on("attached-ebs-status.status", machine -> disks(machine).value().wire());
  }

  public void open(Desk desk) {
    desk.open(
        "DescribeInstanceStatus",
        DescribeInstanceStatusRequest::builder,
        StatusOperations::isWhole,
        this::describeInstanceStatus);
  }

  private static boolean isWhole(DescribeInstanceStatusRequest request) {
    return request.instanceIds().isEmpty()
        && request.filters().isEmpty()
        && request.maxResults() == null;
  }

  private DescribeInstanceStatusResponse describeInstanceStatus(
      DescribeInstanceStatusRequest request) {
    if (request.instanceIds().size() > IDS_MOST) {
      throw Ec2Faults.badValue("At most " + IDS_MOST + " instance IDs may be given");
    }
    if (!request.instanceIds().isEmpty() && request.maxResults() != null) {
      throw Ec2Faults.badCombination(
          "The parameter instancesSet cannot be used with the parameter maxResults");
    }
    boolean all = Boolean.TRUE.equals(request.includeAllInstances());
    Page<Machine> page =
        Page.of(
            candidates(request.instanceIds()),
            filters
                .all(request.filters())
                .and(machine -> all || machine.power() == Machine.Power.RUNNING),
            Page.limit(
                request.maxResults(),
                PAGE_LEAST,
                PAGE_MOST,
                Integer.MAX_VALUE,
                "InvalidParameterValue"),
            request.nextToken(),
            "InvalidNextToken");
    List<InstanceStatus> statuses = new ArrayList<>(page.items().size());
    page.items().forEach(machine -> statuses.add(view(machine)));
    return DescribeInstanceStatusResponse.builder()
        .instanceStatuses(statuses)
        .nextToken(page.nextToken())
        .build();
  }

  private List<Machine> candidates(List<String> ids) {
    if (ids.isEmpty()) {
      return fleet.instances();
    }
    return ids.stream().distinct().map(id -> Ec2Faults.instance(fleet, id)).toList();
  }

  private InstanceStatus view(Machine machine) {
    StatusChecks.Reading disks = disks(machine);
    return InstanceStatus.builder()
        .instanceId(machine.id())
        .availabilityZone(machine.hardware().zone())
        .availabilityZoneId(Account.zoneId(machine.hardware().zone()))
        .instanceState(InstanceView.state(machine.power()))
        .instanceStatus(summary(instance(machine)))
        .systemStatus(summary(system(machine)))
        .attachedEbsStatus(
            EbsStatusSummary.builder()
                .status(disks.value().wire())
                .details(
                    EbsStatusDetails.builder()
                        .name(REACHABILITY)
                        .status(detail(disks))
                        .impairedSince(disks.impairedSince())
                        .build())
                .build())
        .build();
  }

  private static InstanceStatusSummary summary(StatusChecks.Reading reading) {
    return InstanceStatusSummary.builder()
        .status(reading.value().wire())
        .details(
            InstanceStatusDetails.builder()
                .name(REACHABILITY)
                .status(detail(reading))
                .impairedSince(reading.impairedSince())
                .build())
        .build();
  }

  private static String detail(StatusChecks.Reading reading) {
    return switch (reading.value()) {
      case OK -> "passed";
      case IMPAIRED -> "failed";
      case INITIALIZING -> "initializing";
      case NOT_APPLICABLE -> "insufficient-data";
    };
  }

  private StatusChecks.Reading instance(Machine machine) {
    return machine.checks().instance(machine, clock.instant());
  }

  private StatusChecks.Reading system(Machine machine) {
    return machine.checks().system(machine, clock.instant());
  }

  private StatusChecks.Reading disks(Machine machine) {
    return machine.checks().disks(machine, clock.instant());
  }
}
