package dev.ringfence.lab.cloud.ssm;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.account.Page;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;

/** DescribeInstanceInformation: the agents as Systems Manager last heard of them. */
final class InventoryOperations {
  private static final int PAGE_LEAST = 5;
  private static final int PAGE_MOST = 50;
  private static final int PAGE_DEFAULT = 10;

  /**
   * AWS does not say how long it takes until a silent agent is ConnectionLost; two missed
   * five-minute pings is what a careful reader would compute from LastPingDateTime.
   */
  private static final Duration CONNECTION_LOST_AFTER = Duration.ofMinutes(10);

  private static final String AGENT_VERSION = "3.3.2299.0";
  private static final String TAG = "tag:";

  /** A filter of either of the request's two kinds. */
  private record Wanted(String key, List<String> values) {}

  private final Fleet fleet;
  private final InstantSource clock;

  InventoryOperations(Fleet fleet, InstantSource clock) {
    this.fleet = fleet;
    this.clock = clock;
  }

  void open(Desk desk) {
    desk.open(
        "DescribeInstanceInformation",
        DescribeInstanceInformationRequest::builder,
        this::describeInstanceInformation);
  }

  private DescribeInstanceInformationResponse describeInstanceInformation(
      DescribeInstanceInformationRequest request) {
    List<Wanted> filters = filters(request);
    Predicate<Machine> keep = InventoryOperations::isManaged;
    for (Wanted filter : filters) {
      keep = keep.and(one(filter));
    }
    Page<Machine> page =
        Page.of(
            candidates(filters),
            keep,
            Page.limit(
                request.maxResults(), PAGE_LEAST, PAGE_MOST, PAGE_DEFAULT, "ValidationException"),
            request.nextToken(),
            "InvalidNextToken");
    List<InstanceInformation> views = new ArrayList<>(page.items().size());
    page.items().forEach(machine -> views.add(view(machine)));
    return DescribeInstanceInformationResponse.builder()
        .instanceInformationList(views)
        .nextToken(page.nextToken())
        .build();
  }

  private static List<Wanted> filters(DescribeInstanceInformationRequest request) {
    if (!request.filters().isEmpty() && !request.instanceInformationFilterList().isEmpty()) {
      throw SsmFaults.of(
          "InvalidInstanceInformationFilterValue",
          "Filters and InstanceInformationFilterList cannot be used together.");
    }
    List<Wanted> filters = new ArrayList<>();
    request.filters().forEach(filter -> filters.add(new Wanted(filter.key(), filter.values())));
    request
        .instanceInformationFilterList()
        .forEach(filter -> filters.add(new Wanted(filter.keyAsString(), filter.valueSet())));
    return filters;
  }

  /** By ids at one look-up each when ids are asked for, else everybody. */
  private List<Machine> candidates(List<Wanted> filters) {
    for (Wanted filter : filters) {
      if (filter.key().equals("InstanceIds")) {
        return filter.values().stream()
            .distinct()
            .map(fleet::find)
            .filter(Objects::nonNull)
            .toList();
      }
    }
    return fleet.machines();
  }

  /** Stopped and terminated machines are not listed, nor those whose agent was never heard. */
  private static boolean isManaged(Machine machine) {
    return machine.power() == Machine.Power.RUNNING && machine.agent().isKnown();
  }

  private Predicate<Machine> one(Wanted filter) {
    String key = filter.key();
    if (key.startsWith(TAG)) {
      String tag = key.substring(TAG.length());
      return machine -> holds(filter, machine.tags().get(tag));
    }
    return switch (key) {
      case "InstanceIds" -> machine -> holds(filter, machine.id());
      case "PingStatus" -> machine -> holds(filter, pingStatus(machine));
      case "ResourceType" -> machine -> holds(filter, resourceType(machine));
      case "PlatformTypes", "PlatformType" -> machine -> holds(filter, platform(machine));
      case "AgentVersion" -> machine -> holds(filter, AGENT_VERSION);
      default -> throw SsmFaults.of("InvalidFilterKey", "The filter key " + key + " is not valid.");
    };
  }

  private static boolean holds(Wanted filter, @Nullable String actual) {
    return actual != null && filter.values().contains(actual);
  }

  private InstanceInformation view(Machine machine) {
    boolean windows = machine.hardware().os() == Hardware.Os.WINDOWS;
    String name = machine.tags().getOrDefault("Name", machine.id());
    return InstanceInformation.builder()
        .instanceId(machine.id())
        .pingStatus(pingStatus(machine))
        .lastPingDateTime(lastPing(machine))
        .agentVersion(AGENT_VERSION)
        .isLatestVersion(true)
        .platformType(platform(machine))
        .platformName(windows ? "Microsoft Windows Server 2022 Datacenter" : "Amazon Linux")
        .platformVersion(windows ? "10.0.20348" : "2023")
        .resourceType(resourceType(machine))
        .computerName(name)
        .registrationDate(machine.hardware().hybrid() ? machine.hardware().launchedAt() : null)
        .name(machine.hardware().hybrid() ? name : null)
        .sourceId(machine.id())
        .sourceType(
            machine.hardware().hybrid() ? "AWS::SSM::ManagedInstance" : "AWS::EC2::Instance")
        .build();
  }

  private Instant lastPing(Machine machine) {
    return machine.agent().lastPing(clock.instant());
  }

  private String pingStatus(Machine machine) {
    boolean lost = lastPing(machine).plus(CONNECTION_LOST_AFTER).isBefore(clock.instant());
    return lost ? "ConnectionLost" : "Online";
  }

  private static String resourceType(Machine machine) {
    return machine.hardware().hybrid() ? "ManagedInstance" : "EC2Instance";
  }

  private static String platform(Machine machine) {
    return machine.hardware().os() == Hardware.Os.WINDOWS ? "Windows" : "Linux";
  }
}
