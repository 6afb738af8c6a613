package dev.ringfence.functions.aws;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/** What Systems Manager knows of its agents. */
final class AgentReader {
  /**
   * DescribeInstanceInformation returns at most 50 a page (API reference), so as many ids are asked
   * for at once: one call, one page.
   */
  private static final int PAGE = 50;

  private final SsmClient ssm;

  AgentReader(SsmClient ssm) {
    this.ssm = ssm;
  }

  /**
   * By machine id. An id that was read and is not there never had an agent, or its machine is
   * stopped or terminated: Systems Manager leaves those out.
   */
  Batches.Found<InstanceInformation> byId(Collection<String> ids, List<String> gaps) {
    return Batches.read(ids, PAGE, "DescribeInstanceInformation", this::page, gaps);
  }

  /** All nodes that match every filter. */
  List<InstanceInformation> matching(List<InstanceInformationStringFilter> filters) {
    return Paging.all(token -> {
      DescribeInstanceInformationResponse page =
          ssm.describeInstanceInformation(
              DescribeInstanceInformationRequest.builder()
                  .filters(filters)
                  .maxResults(PAGE)
                  .nextToken(token)
                  .build());
      return new Paging.Page<>(page.instanceInformationList(), page.nextToken());
    });
  }

  private Map<String, InstanceInformation> page(List<String> ids) {
    Map<String, InstanceInformation> agents = new HashMap<>();
    for (InstanceInformation agent : matching(List.of(filter("InstanceIds", ids)))) {
      agents.put(agent.instanceId(), agent);
    }
    return agents;
  }

  static InstanceInformationStringFilter filter(String key, List<String> values) {
    return InstanceInformationStringFilter.builder().key(key).values(values).build();
  }
}
