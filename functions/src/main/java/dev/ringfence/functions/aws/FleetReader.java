package dev.ringfence.functions.aws;

import dev.ringfence.fleet.Machine;
import dev.ringfence.fleet.Unrestorable;
import dev.ringfence.operation.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;

/**
 * Finds the machines of a fleet by their tags: EC2 instances by DescribeInstances, hybrid nodes by
 * DescribeInstanceInformation. It finds all of them or says that it could not: a plan made over
 * half a fleet would call itself complete.
 */
final class FleetReader {
  /** The most that DescribeInstances returns a page (API reference). */
  private static final int INSTANCES_PER_PAGE = 1000;

  /** Machines that are there; those shutting down or terminated are not coming back. */
  private static final List<String> STATES = List.of("pending", "running", "stopping", "stopped");

  private final Ec2Client ec2;
  private final SsmClient ssm;
  private final AgentReader agents;
  private final Pacer pacer;
  private final VolumeReader volumes;
  private final ObstacleReader obstacles;

  FleetReader(
      Ec2Client ec2, SsmClient ssm, AgentReader agents, ObstacleReader obstacles, Pacer pacer) {
    this.ec2 = ec2;
    this.ssm = ssm;
    this.agents = agents;
    this.pacer = pacer;
    this.volumes = new VolumeReader(ec2, pacer);
    this.obstacles = obstacles;
  }

  /**
   * @param selector tags and the values they may have; all tags must match
   * @return sorted by id; null with a gap when anything of it could not be read
   */
  @Nullable List<Machine> read(Map<String, List<String>> selector, Instant now, List<String> gaps) {
    if (selector.isEmpty()) {
      gaps.add("fleet: a selector without tags would mean every machine of the account");
      return null;
    }
    try {
      List<Machine> machines = new ArrayList<>();
      boolean complete = addInstances(machines, selector, now, gaps);
      addHybridNodes(machines, selector, now);
      // EC2 reads * and ? in a filter's value as wildcards; the selector means what it says.
      machines.removeIf(machine -> !MachineFacts.selected(machine, selector));
      machines.sort(Comparator.comparing(Machine::id));
      return complete ? List.copyOf(machines) : null;
    } catch (SdkException failure) {
      gaps.add("fleet: " + AwsErrors.reason(failure));
      return null;
    }
  }

  private boolean addInstances(
      List<Machine> machines, Map<String, List<String>> selector, Instant now, List<String> gaps) {
    Map<String, Instance> instances = new HashMap<>();
    instances(selector).forEach(instance -> instances.put(instance.instanceId(), instance));
    Batches.Found<InstanceInformation> known = agents.byId(instances.keySet(), gaps);
    Batches.Found<Volume> roots = volumes.roots(roots(instances.values()), gaps);
    Map<String, Set<Unrestorable>> bars = obstacles.ofFleet(instances.values(), gaps);
    instances.forEach((id, instance) ->
        machines.add(
            MachineFacts.instance(
                instance,
                known.found().get(id),
                roots.found(),
                bars.getOrDefault(id, Set.of()),
                now)));
    return known.complete() && roots.complete() && bars.size() == instances.size();
  }

  private static Set<String> roots(Collection<Instance> instances) {
    Set<String> roots = new HashSet<>();
    for (Instance instance : instances) {
      String root = MachineFacts.rootVolume(instance);
      if (root != null) {
        roots.add(root);
      }
    }
    return roots;
  }

  private List<Instance> instances(Map<String, List<String>> selector) {
    List<Filter> filters = new ArrayList<>();
    filters.add(Filter.builder().name("instance-state-name").values(STATES).build());
    selector.forEach(
        (tag, values) -> filters.add(Filter.builder().name("tag:" + tag).values(values).build()));
    return Paging.all(token -> {
      pacer.spend(Pacer.Budget.EC2_DESCRIBE);
      DescribeInstancesResponse page =
          ec2.describeInstances(
              DescribeInstancesRequest.builder()
                  .filters(filters)
                  .maxResults(INSTANCES_PER_PAGE)
                  .nextToken(token)
                  .build());
      List<Instance> found = new ArrayList<>();
      page.reservations().forEach(reservation -> found.addAll(reservation.instances()));
      return new Paging.Page<>(found, page.nextToken());
    });
  }

  private void addHybridNodes(
      List<Machine> machines, Map<String, List<String>> selector, Instant now) {
    List<InstanceInformationStringFilter> filters = new ArrayList<>();
    filters.add(AgentReader.filter("ResourceType", List.of("ManagedInstance")));
    selector.forEach((tag, values) -> filters.add(AgentReader.filter("tag:" + tag, values)));
    for (InstanceInformation node : agents.matching(filters)) {
      Map<String, String> tags = hybridTags(node.instanceId());
      if (tags != null) {
        machines.add(MachineFacts.hybrid(node, tags, now));
      }
    }
  }

  /**
   * One call a node: Systems Manager has no batch for it. Null when the node was deregistered in
   * the meantime.
   */
  private @Nullable Map<String, String> hybridTags(String node) {
    try {
      Map<String, String> tags = new HashMap<>();
      ssm.listTagsForResource(
              ListTagsForResourceRequest.builder()
                  .resourceType(ResourceTypeForTagging.MANAGED_INSTANCE)
                  .resourceId(node)
                  .build())
          .tagList()
          .forEach(tag -> tags.put(tag.key(), tag.value()));
      return tags;
    } catch (SdkException failure) {
      if (AwsErrors.hasCode(failure, "InvalidResourceId")) {
        return null;
      }
      throw failure;
    }
  }
}
