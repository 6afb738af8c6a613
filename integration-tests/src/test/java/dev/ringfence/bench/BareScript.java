package dev.ringfence.bench;

import dev.ringfence.lab.cloud.FleetSpec;
import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.lab.plane.Lab;
import dev.ringfence.lab.plane.LabClients;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/**
 * What somebody would write who only wants the same calls made: no record, no plan, no judgement,
 * nothing that survives its own end.
 */
final class BareScript {
  private static final int INSTANCES_PER_PAGE = 1000;
  private static final int AGENTS_PER_CALL = 50;

  private final Lab lab;
  private final LabClients clients;

  /** Its calls go over the control plane's wire, so that the same taps see them. */
  BareScript(Lab lab) {
    this.lab = lab;
    this.clients = LabClients.over(lab.wire());
  }

  /** Finds the fleet and sends the update to the first so many that can take it. */
  void release(int pilot) {
    List<Instance> instances = instances();
    Set<String> online = online(instances.stream().map(Instance::instanceId).toList());
    hybridNodes();
    List<Instance> first =
        instances.stream()
            .filter(instance -> online.contains(instance.instanceId()))
            .limit(pilot)
            .toList();
    Set<String> secured = secured(first);
    List<String> ids =
        first.stream()
            .filter(instance -> secured.contains(root(instance)))
            .map(Instance::instanceId)
            .toList();
    clients.ec2().describeInstanceStatus(r -> r.instanceIds(ids).includeAllInstances(true));
    clients.cloudWatch().describeAlarms(r -> r.alarmNames(Ground.ALARM));
    send(ids);
  }

  private void send(List<String> ids) {
    Documents.Version install = lab.cloud().documents().latest(Documents.INSTALL);
    clients
        .ssm()
        .sendCommand(r ->
            r.instanceIds(ids)
                .documentName(install.name())
                .documentVersion(install.number())
                .documentHash(install.sha256())
                .documentHashType("Sha256")
                .parameters(
                    Map.of(
                        "product", List.of(Ground.PRODUCT),
                        "version", List.of(Ground.VERSION),
                        "reboot", List.of("never"))));
  }

  /** Cancels every install command that has not ended. */
  void alarm() {
    CommandFilter document =
        CommandFilter.builder()
            .key(CommandFilterKey.DOCUMENT_NAME)
            .value(Documents.INSTALL)
            .build();
    List<Command> sent = new ArrayList<>();
    clients.ssm().listCommandsPaginator(r -> r.filters(document)).commands().forEach(sent::add);
    for (Command command : sent) {
      if (command.status() == CommandStatus.PENDING
          || command.status() == CommandStatus.IN_PROGRESS) {
        clients.ssm().cancelCommand(r -> r.commandId(command.commandId()));
      }
    }
  }

  private List<Instance> instances() {
    Filter product =
        Filter.builder().name("tag:" + FleetSpec.PRODUCT_TAG).values(Ground.PRODUCT).build();
    List<Instance> instances = new ArrayList<>();
    clients
        .ec2()
        .describeInstancesPaginator(r -> r.filters(product).maxResults(INSTANCES_PER_PAGE))
        .reservations()
        .forEach(reservation -> instances.addAll(reservation.instances()));
    return instances;
  }

  private Set<String> online(List<String> ids) {
    Set<String> online = new HashSet<>();
    for (int from = 0; from < ids.size(); from += AGENTS_PER_CALL) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + AGENTS_PER_CALL));
      for (InstanceInformation agent : agents(List.of(filter("InstanceIds", some)))) {
        if (agent.pingStatusAsString().equals("Online")) {
          online.add(agent.instanceId());
        }
      }
    }
    return online;
  }

  private void hybridNodes() {
    List<InstanceInformationStringFilter> filters =
        List.of(
            filter("ResourceType", List.of("ManagedInstance")),
            filter("tag:" + FleetSpec.PRODUCT_TAG, List.of(Ground.PRODUCT)));
    for (InstanceInformation node : agents(filters)) {
      clients
          .ssm()
          .listTagsForResource(
              r -> r.resourceType("ManagedInstance").resourceId(node.instanceId()));
    }
  }

  private List<InstanceInformation> agents(List<InstanceInformationStringFilter> filters) {
    List<InstanceInformation> agents = new ArrayList<>();
    clients
        .ssm()
        .describeInstanceInformationPaginator(r -> r.filters(filters).maxResults(AGENTS_PER_CALL))
        .instanceInformationList()
        .forEach(agents::add);
    return agents;
  }

  private static InstanceInformationStringFilter filter(String key, List<String> values) {
    return InstanceInformationStringFilter.builder().key(key).values(values).build();
  }

  private Set<String> secured(List<Instance> instances) {
    Filter volumes =
        Filter.builder()
            .name("volume-id")
            .values(instances.stream().map(BareScript::root).toList())
            .build();
    Set<String> secured = new HashSet<>();
    clients
        .ec2()
        .describeSnapshotsPaginator(r -> r.filters(volumes).maxResults(INSTANCES_PER_PAGE))
        .snapshots()
        .forEach(snapshot -> secured.add(snapshot.volumeId()));
    return secured;
  }

  private static String root(Instance instance) {
    return instance.blockDeviceMappings().stream()
        .filter(device -> device.deviceName().equals(instance.rootDeviceName()))
        .map(InstanceBlockDeviceMapping::ebs)
        .map(ebs -> ebs.volumeId())
        .findFirst()
        .orElse("");
  }
}
