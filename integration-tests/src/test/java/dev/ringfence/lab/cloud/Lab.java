package dev.ringfence.lab.cloud;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringfence.lab.cloud.machine.Behaviour;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.cloud.ssm.Documents;
import dev.ringfence.lab.time.VirtualClock;
import dev.ringfence.lab.wire.AwsFault;
import dev.ringfence.lab.wire.Services;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/** A cloud of the asked size with the calls that the tests make again and again. */
final class Lab {
  static final String PRODUCT = "falcon";
  static final String NEXT = "7.16.0";

  final SimulatedCloud cloud;
  final VirtualClock clock;

  private Lab(SimulatedCloud cloud) {
    this.cloud = cloud;
    this.clock = cloud.clock();
  }

  static Lab of(int machines, long seed) {
    return of(FleetSpec.of(machines, seed));
  }

  static Lab of(FleetSpec spec) {
    Lab lab = new Lab(new SimulatedCloud(spec, new VirtualClock(spec.start()), new Services()));
    lab.cloud.throttles().switchOff();
    return lab;
  }

  Lab publishing(Behaviour behaviour) {
    cloud.catalog().publish(PRODUCT, NEXT, behaviour);
    return this;
  }

  /** Asks an operation and expects its answer to be of a type. */
  <R extends SdkPojo> R ask(String service, String operation, SdkPojo request, Class<R> type) {
    SdkPojo answer =
        cloud.services().find(service, operation).orElseThrow().answer().apply(request);
    return type.cast(answer);
  }

  String faultOf(String service, String operation, SdkPojo request) {
    AwsFault fault =
        assertThrows(AwsFault.class, () -> ask(service, operation, request, SdkPojo.class));
    return fault.status() + " " + fault.code();
  }

  void pass(Duration time) {
    clock.runUntil(clock.instant().plus(time));
  }

  Instant now() {
    return clock.instant();
  }

  Machine any(Predicate<Machine> wanted) {
    return cloud.fleet().machines().stream().filter(wanted).findFirst().orElseThrow();
  }

  Machine anyInstance() {
    return any(machine -> !machine.hardware().hybrid());
  }

  String install(List<String> ids, String reboot) {
    return send(
        Documents.INSTALL, ids, Map.of("product", PRODUCT, "version", NEXT, "reboot", reboot));
  }

  String readVersion(List<String> ids) {
    return send(Documents.READ_VERSION, ids, Map.of("product", PRODUCT));
  }

  String send(String document, List<String> ids, Map<String, String> parameters) {
    return ask(
            "ssm",
            "SendCommand",
            request(document, ids, parameters).build(),
            SendCommandResponse.class)
        .command()
        .commandId();
  }

  static SendCommandRequest.Builder request(
      String document, List<String> ids, Map<String, String> parameters) {
    Map<String, List<String>> lists = new TreeMap<>();
    parameters.forEach((key, value) -> lists.put(key, List.of(value)));
    return SendCommandRequest.builder()
        .documentName(document)
        .instanceIds(ids)
        .parameters(lists)
        .timeoutSeconds(600);
  }

  List<CommandInvocation> invocations(String commandId) {
    return ask(
            "ssm",
            "ListCommandInvocations",
            ListCommandInvocationsRequest.builder().commandId(commandId).details(true).build(),
            ListCommandInvocationsResponse.class)
        .commandInvocations();
  }

  InstanceStatus status(String id) {
    return ask(
            "ec2",
            "DescribeInstanceStatus",
            DescribeInstanceStatusRequest.builder()
                .instanceIds(id)
                .includeAllInstances(true)
                .build(),
            DescribeInstanceStatusResponse.class)
        .instanceStatuses()
        .getFirst();
  }

  InstanceInformation agent(String id) {
    return ask(
            "ssm",
            "DescribeInstanceInformation",
            DescribeInstanceInformationRequest.builder()
                .filters(
                    InstanceInformationStringFilter.builder().key("InstanceIds").values(id).build())
                .build(),
            DescribeInstanceInformationResponse.class)
        .instanceInformationList()
        .getFirst();
  }
}
