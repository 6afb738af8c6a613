package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Filters;
import dev.ringfence.lab.cloud.account.Page;
import dev.ringfence.lab.cloud.disk.Volume;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Reservation;

/** DescribeInstances: by ids at a cost of one look-up each, else a page of the walk. */
public final class InstanceOperations {
  /** DescribeInstances takes page sizes from 5 to 1000. */
  private static final int PAGE_LEAST = 5;

  private static final int PAGE_MOST = 1000;

  /** A terminated instance stays visible for about an hour. */
  private static final Duration TERMINATED_VISIBLE = Duration.ofHours(1);

  private static final String BAD_TOKEN = "InvalidNextToken";

  private final Fleet fleet;
  private final InstantSource clock;
  private final Filters<Machine> filters = filters();

  public InstanceOperations(Fleet fleet, InstantSource clock) {
    this.fleet = fleet;
    this.clock = clock;
  }

  public void open(Desk desk) {
    desk.open(
        "DescribeInstances",
        DescribeInstancesRequest::builder,
        InstanceOperations::isWhole,
        this::describeInstances);
  }

  static Filters<Machine> filters() {
    return new Filters<>(Machine::tags)
        .on("instance-id", Machine::id)
        .on("instance-state-name", machine -> machine.power().wire())
        .on("instance-state-code", machine -> Integer.toString(machine.power().code()))
        .on("availability-zone", machine -> machine.hardware().zone())
        .on("instance-type", machine -> machine.hardware().instanceType())
        .on("architecture", machine -> machine.hardware().architecture().wire())
        .on("image-id", machine -> machine.hardware().imageId())
        .on("instance-lifecycle", machine -> machine.hardware().spot() ? "spot" : null)
        .on("subnet-id", machine -> machine.settings().subnetId())
        .on("client-token", machine -> machine.settings().clientToken())
        .on("root-device-name", machine -> machine.hardware().rootDevice())
        .on("block-device-mapping.volume-id", InstanceOperations::rootId);
  }

  private static @Nullable String rootId(Machine machine) {
    Volume root = machine.root();
    return root == null ? null : root.id();
  }

  private static boolean isWhole(DescribeInstancesRequest request) {
    return request.instanceIds().isEmpty()
        && request.filters().isEmpty()
        && request.maxResults() == null;
  }

  private DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    if (!request.instanceIds().isEmpty() && request.maxResults() != null) {
      throw Ec2Faults.badCombination(
          "The parameter instancesSet cannot be used with the parameter maxResults");
    }
    Page<Machine> page =
        Page.of(
            candidates(request),
            visible().and(filters.all(request.filters())),
            Page.limit(
                request.maxResults(),
                PAGE_LEAST,
                PAGE_MOST,
                Integer.MAX_VALUE,
                "InvalidParameterValue"),
            request.nextToken(),
            BAD_TOKEN);
    List<Reservation> reservations = new ArrayList<>(page.items().size());
    for (Machine machine : page.items()) {
      reservations.add(
          Reservation.builder()
              .reservationId("r-" + machine.id().substring(2))
              .ownerId(Account.ID)
              .instances(InstanceView.of(machine))
              .build());
    }
    return DescribeInstancesResponse.builder()
        .reservations(reservations)
        .nextToken(page.nextToken())
        .build();
  }

  private List<Machine> candidates(DescribeInstancesRequest request) {
    if (!request.instanceIds().isEmpty()) {
      return request.instanceIds().stream()
          .distinct()
          .map(id -> Ec2Faults.instance(fleet, id))
          .toList();
    }
    List<String> filtered = Filters.values(request.filters(), "instance-id");
    if (filtered != null) {
      return filtered.stream().distinct().map(fleet::instance).filter(Objects::nonNull).toList();
    }
    return fleet.instances();
  }

  private Predicate<Machine> visible() {
    return machine ->
        machine.power() != Machine.Power.TERMINATED
            || machine.powerSince().plus(TERMINATED_VISIBLE).isAfter(clock.instant());
  }
}
