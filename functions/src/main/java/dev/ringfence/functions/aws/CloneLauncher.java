package dev.ringfence.functions.aws;

import dev.ringfence.operation.DrillEffect.LaunchClone;
import dev.ringfence.operation.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * Launches the isolated clone of a machine: from its image and of its type, in the drill's subnet
 * and security group, with tokens required for metadata, and with nothing that would let it act for
 * the machine: no user data, no profile of the machine, no public address, none of its tags.
 */
final class CloneLauncher {
  /** A clone's metadata is for itself and for nothing that it forwards for. */
  private static final int ONE_HOP = 1;

  private final Ec2Client ec2;
  private final Pacer pacer;
  private final InstantSource clock;

  CloneLauncher(Ec2Client ec2, Pacer pacer, InstantSource clock) {
    this.ec2 = ec2;
    this.pacer = pacer;
    this.clock = clock;
  }

  /**
   * Done with the clone's id. The key is the client token, which EC2 forgets after a day or so; a
   * clone that was launched before is found by its tag, dead or alive.
   */
  Outcome launch(LaunchClone effect, boolean lookFirst) {
    try {
      Optional<Instance> earlier = lookFirst ? find(effect.key()) : Optional.empty();
      String id = earlier.map(Instance::instanceId).orElseGet(() -> run(effect));
      return new Outcome.Done(effect.key(), id, clock.instant());
    } catch (SdkException failure) {
      return AwsErrors.settle(effect.key(), failure);
    }
  }

  private String run(LaunchClone effect) {
    pacer.spend(Pacer.Budget.EC2_MUTATE);
    return ec2.runInstances(request(effect)).instances().getFirst().instanceId();
  }

  private static RunInstancesRequest request(LaunchClone effect) {
    RunInstancesRequest.Builder request =
        RunInstancesRequest.builder()
            .clientToken(effect.key())
            .imageId(effect.build().image())
            .instanceType(effect.build().instanceType())
            .minCount(1)
            .maxCount(1)
            .networkInterfaces(card(effect))
            .metadataOptions(metadata ->
                metadata.httpTokens(HttpTokensState.REQUIRED).httpPutResponseHopLimit(ONE_HOP))
            .tagSpecifications(
                Stream.of(
                        ResourceType.INSTANCE, ResourceType.VOLUME, ResourceType.NETWORK_INTERFACE)
                    .map(type -> SnapshotTaker.tags(type, effect.tags(), effect.key()))
                    .toList());
    String profile = effect.instanceProfile();
    if (profile != null) {
      request.iamInstanceProfile(IamInstanceProfileSpecification.builder().name(profile).build());
    }
    return request.build();
  }

  private static InstanceNetworkInterfaceSpecification card(LaunchClone effect) {
    return InstanceNetworkInterfaceSpecification.builder()
        .deviceIndex(0)
        .subnetId(effect.subnet())
        .groups(effect.securityGroup())
        .associatePublicIpAddress(false)
        .deleteOnTermination(true)
        .build();
  }

  private Optional<Instance> find(String key) {
    pacer.spend(Pacer.Budget.EC2_DESCRIBE);
    DescribeInstancesResponse found =
        ec2.describeInstances(request ->
            request.filters(
                Filter.builder()
                    .name("tag:" + SnapshotTaker.KEY_TAG)
                    .values(List.of(key))
                    .build()));
    return found.reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .findFirst();
  }
}
