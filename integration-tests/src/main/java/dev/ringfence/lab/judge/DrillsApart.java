package dev.ringfence.lab.judge;

import dev.ringfence.contract.Tags;
import dev.ringfence.lab.cloud.network.Networks;
import dev.ringfence.lab.cloud.network.SecurityGroup;
import dev.ringfence.lab.cloud.network.Subnet;
import dev.ringfence.restore.Patient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * Drills work on clones that nobody can mistake for machines: isolated from their first moment, and
 * gone without a trace. Hands are laid on machines of the fleet only by restores.
 */
final class DrillsApart implements Promises.Promise {
  @Override
  public Verdict judge(Run run) {
    List<String> breaches = new ArrayList<>();
    List<Observed.Launched> launched = run.file().all(Observed.Launched.class).toList();
    launched.forEach(one -> isolated(run, one.request(), breaches));
    untouched(run, breaches);
    boolean over = run.drills().stream().allMatch(drill -> drill.head().isFinal());
    List<String> left = run.cloud().truth().leftovers().tagged(Tags.DRILL);
    if (over && !left.isEmpty()) {
      breaches.add("drills left " + left);
    }
    return Verdict.of(
        9,
        "drills stay apart",
        breaches,
        launched.isEmpty()
            ? "no drill launched anything"
            : launched.size() + " clones, each isolated, and all of them removed");
  }

  private static void isolated(Run run, RunInstancesRequest request, List<String> breaches) {
    String clone = "the clone " + request.clientToken();
    IamInstanceProfileSpecification profile = request.iamInstanceProfile();
    if (profile != null && !isAllowed(run, profile)) {
      breaches.add(clone + " has the profile " + profile);
    }
    if (request.userData() != null) {
      breaches.add(clone + " has user data");
    }
    if (request.metadataOptions() == null
        || request.metadataOptions().httpTokens() != HttpTokensState.REQUIRED) {
      breaches.add(clone + " gives its metadata without a token");
    }
    boolean tagged =
        request.tagSpecifications().stream()
            .flatMap(specification -> specification.tags().stream())
            .anyMatch(tag -> tag.key().equals(Tags.DRILL));
    if (!tagged) {
      breaches.add(clone + " has no drill tag");
    }
    boolean sealed =
        request.networkInterfaces().size() == 1
            && isSealed(run.cloud().networks(), request.networkInterfaces().getFirst());
    if (!sealed) {
      breaches.add(clone + " has a way out: " + request.networkInterfaces());
    }
  }

  private static boolean isAllowed(Run run, IamInstanceProfileSpecification profile) {
    return run.drills().stream()
        .anyMatch(drill -> profile.name().equals(drill.head().rules().instanceProfile()));
  }

  private static boolean isSealed(Networks networks, InstanceNetworkInterfaceSpecification card) {
    Subnet subnet = networks.subnet(String.valueOf(card.subnetId()));
    List<SecurityGroup> groups = new ArrayList<>();
    for (String id : card.groups()) {
      SecurityGroup group = networks.group(id);
      if (group != null) {
        groups.add(group);
      }
    }
    return subnet != null
        && !subnet.routed()
        && !Boolean.TRUE.equals(card.associatePublicIpAddress())
        && groups.size() == card.groups().size()
        && !groups.isEmpty()
        && groups.stream().noneMatch(SecurityGroup::open);
  }

  /** Restores may touch their patients; nobody may touch another machine of the fleet. */
  private static void untouched(Run run, List<String> breaches) {
    Set<String> clones = Set.copyOf(run.cloud().truth().leftovers().launched());
    Set<String> patients =
        run.restores().stream()
            .flatMap(restore -> restore.parts().stream())
            .flatMap(ward -> ward.patients().stream())
            .map(Patient::machine)
            .collect(Collectors.toSet());
    run.file()
        .all(Observed.Touched.class)
        .filter(touch -> !clones.contains(touch.instance()))
        .filter(touch -> !patients.contains(touch.instance()))
        .forEach(touch ->
            breaches.add(touch.operation() + " on " + touch.instance() + " at " + touch.at()));
  }
}
