package dev.ringfence.functions.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/**
 * Which instance types have instance store volumes. DescribeInstances does not list those volumes,
 * and a type's never change, so each type is asked for once in the life of a process.
 */
final class InstanceTypes {
  /** The most values that one EC2 filter takes ("Using filtering"). */
  private static final int FILTER_VALUES = 200;

  private static final int PAGE = 100;

  private final Ec2Client ec2;
  private final Pacer pacer;
  private final Map<String, Boolean> store = new HashMap<>();

  InstanceTypes(Ec2Client ec2, Pacer pacer) {
    this.ec2 = ec2;
    this.pacer = pacer;
  }

  /**
   * By type; one that the Region does not offer any more may have such volumes for all that is
   * known. Types that could not be read are missing.
   */
  Map<String, Boolean> haveStore(Collection<String> types, List<String> gaps) {
    List<String> unknown = types.stream().filter(type -> !store.containsKey(type)).toList();
    store.putAll(
        Batches.read(unknown, FILTER_VALUES, "DescribeInstanceTypes", this::page, gaps).found());
    return Map.copyOf(store);
  }

  private Map<String, Boolean> page(List<String> types) {
    List<InstanceTypeInfo> known =
        Paging.all(token -> {
          pacer.spend(Pacer.Budget.EC2_DESCRIBE);
          DescribeInstanceTypesResponse page =
              ec2.describeInstanceTypes(
                  DescribeInstanceTypesRequest.builder()
                      .filters(Filter.builder().name("instance-type").values(types).build())
                      .maxResults(PAGE)
                      .nextToken(token)
                      .build());
          return new Paging.Page<>(new ArrayList<>(page.instanceTypes()), page.nextToken());
        });
    Map<String, Boolean> found = new HashMap<>();
    types.forEach(type -> found.put(type, Boolean.TRUE));
    known.forEach(type ->
        found.put(
            type.instanceTypeAsString(), Boolean.TRUE.equals(type.instanceStorageSupported())));
    return found;
  }
}
