package dev.ringfence.functions.aws;

import dev.ringfence.fleet.Machine;
import dev.ringfence.health.Check;
import dev.ringfence.health.Vitals;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.EbsStatusSummary;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;

/** Reads signs of life from outside the guest: EC2's status checks and the agents' pings. */
final class VitalsReader {
  /** The most ids that DescribeInstanceStatus takes (API reference). */
  private static final int IDS_PER_CALL = 100;

  private static final Vitals.Ec2 ABSENT =
      new Vitals.Ec2("absent", Check.UNKNOWN, Check.UNKNOWN, Check.UNKNOWN);

  private final Ec2Client ec2;
  private final AgentReader agents;
  private final Pacer pacer;

  VitalsReader(Ec2Client ec2, AgentReader agents, Pacer pacer) {
    this.ec2 = ec2;
    this.agents = agents;
    this.pacer = pacer;
  }

  /**
   * Vitals of every machine asked for. A part that could not be read is null; a machine that AWS
   * was asked for and does not list is absent, which is a reading.
   */
  Map<String, Vitals> read(Set<String> machines, Instant now, List<String> gaps) {
    List<String> instances = machines.stream().filter(id -> !Machine.isHybrid(id)).toList();
    Batches.Found<Vitals.Ec2> statuses =
        Batches.read(instances, IDS_PER_CALL, "DescribeInstanceStatus", this::page, gaps);
    Batches.Found<InstanceInformation> known = agents.byId(machines, gaps);
    Map<String, Vitals> vitals = new HashMap<>();
    for (String id : machines) {
      vitals.put(id, new Vitals(now, ec2Part(id, statuses), agentPart(id, known)));
    }
    return Map.copyOf(vitals);
  }

  private static Vitals.@Nullable Ec2 ec2Part(String id, Batches.Found<Vitals.Ec2> statuses) {
    if (Machine.isHybrid(id) || statuses.unread().contains(id)) {
      return null;
    }
    return statuses.found().getOrDefault(id, ABSENT);
  }

  private static Vitals.@Nullable Agent agentPart(
      String id, Batches.Found<InstanceInformation> known) {
    if (known.unread().contains(id)) {
      return null;
    }
    InstanceInformation agent = known.found().get(id);
    return new Vitals.Agent(agent == null ? null : agent.lastPingDateTime());
  }

  private Map<String, Vitals.Ec2> page(List<String> ids) {
    List<InstanceStatus> statuses =
        Paging.all(token -> {
          pacer.spend(Pacer.Budget.EC2_DESCRIBE);
          DescribeInstanceStatusResponse page =
              ec2.describeInstanceStatus(
                  DescribeInstanceStatusRequest.builder()
                      .instanceIds(ids)
                      // Without it only running machines are listed, and a stopped one would
                      // look like one that never was.
                      .includeAllInstances(true)
                      .nextToken(token)
                      .build());
          return new Paging.Page<>(page.instanceStatuses(), page.nextToken());
        });
    Map<String, Vitals.Ec2> parts = new HashMap<>();
    statuses.forEach(status -> parts.put(status.instanceId(), part(status)));
    return parts;
  }

  private static Vitals.Ec2 part(InstanceStatus status) {
    return new Vitals.Ec2(
        status.instanceState().nameAsString(),
        check(status.instanceStatus()),
        check(status.systemStatus()),
        check(status.attachedEbsStatus()));
  }

  private static Check check(@Nullable InstanceStatusSummary summary) {
    return summary == null ? Check.UNKNOWN : check(summary.statusAsString());
  }

  /** Instances on the older hypervisor have no such check, and EC2 leaves it out for them. */
  private static Check check(@Nullable EbsStatusSummary summary) {
    return summary == null ? Check.NOT_APPLICABLE : check(summary.statusAsString());
  }

  private static Check check(@Nullable String word) {
    return switch (word) {
      case "ok" -> Check.OK;
      case "impaired" -> Check.IMPAIRED;
      case "initializing" -> Check.INITIALIZING;
      case "insufficient-data" -> Check.INSUFFICIENT_DATA;
      case "not-applicable" -> Check.NOT_APPLICABLE;
      case null, default -> Check.UNKNOWN;
    };
  }
}
