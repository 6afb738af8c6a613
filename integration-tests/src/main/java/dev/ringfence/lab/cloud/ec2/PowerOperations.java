package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.wire.AwsFault;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/**
 * StopInstances, StartInstances and TerminateInstances: all of the given instances, or none and a
 * fault.
 */
public final class PowerOperations {
  private final Fleet fleet;
  private final PowerControl control;

  public PowerOperations(Fleet fleet, PowerControl control) {
    this.fleet = fleet;
    this.control = control;
  }

  public void open(Desk desk) {
    desk.open("StopInstances", StopInstancesRequest::builder, this::stopInstances);
    desk.open("StartInstances", StartInstancesRequest::builder, this::startInstances);
    desk.open("TerminateInstances", TerminateInstancesRequest::builder, this::terminateInstances);
  }

  private StopInstancesResponse stopInstances(StopInstancesRequest request) {
    List<Machine> machines = machines(request.instanceIds());
    machines.forEach(PowerOperations::checkStoppable);
    boolean skip = Boolean.TRUE.equals(request.skipOsShutdown());
    return StopInstancesResponse.builder()
        .stoppingInstances(
            changes(
                machines,
                machine -> {
                  if (machine.power() == Machine.Power.RUNNING) {
                    control.stop(machine, skip);
                  } else if (machine.power() == Machine.Power.STOPPING && skip) {
                    control.hasten(machine);
                  }
                }))
        .build();
  }

  private static void checkStoppable(Machine machine) {
    if (machine.settings().stopProtected()) {
      throw new AwsFault(
          "OperationNotPermitted",
          400,
          "The instance '"
              + machine.id()
              + "' may not be stopped. Modify its 'disableApiStop'"
              + " instance attribute and try again.");
    }
    if (machine.hardware().spot() && !machine.settings().persistentSpot()) {
      throw new AwsFault(
          "UnsupportedOperation",
          400,
          "You can't stop the Spot Instance '"
              + machine.id()
              + "' because it is associated with"
              + " a one-time Spot Instance request.");
    }
    switch (machine.power()) {
      case RUNNING, STOPPING, STOPPED -> {}
      case PENDING, SHUTTING_DOWN, TERMINATED ->
          throw Ec2Faults.incorrectInstanceState(machine.id());
    }
  }

  private StartInstancesResponse startInstances(StartInstancesRequest request) {
    List<Machine> machines = machines(request.instanceIds());
    machines.forEach(PowerOperations::checkStartable);
    return StartInstancesResponse.builder()
        .startingInstances(
            changes(
                machines,
                machine -> {
                  if (machine.power() == Machine.Power.STOPPED) {
                    control.start(machine);
                  }
                }))
        .build();
  }

  private static void checkStartable(Machine machine) {
    switch (machine.power()) {
      case STOPPED, PENDING, RUNNING -> {}
      case STOPPING, SHUTTING_DOWN, TERMINATED ->
          throw Ec2Faults.incorrectInstanceState(machine.id());
    }
    // A Spot instance's start is accepted, and then EC2 terminates it.
    if (machine.root() == null && !machine.hardware().spot()) {
      throw Ec2Faults.badValue(
          "Invalid value '"
              + machine.id()
              + "' for instanceId. Instance does not have a volume"
              + " attached at root ("
              + machine.hardware().rootDevice()
              + ")");
    }
  }

  private TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
    List<Machine> machines = machines(request.instanceIds());
    for (Machine machine : machines) {
      if (machine.settings().terminationProtected()) {
        throw new AwsFault(
            "OperationNotPermitted",
            400,
            "The instance '"
                + machine.id()
                + "' may not be terminated. Modify its 'disableApiTermination' instance attribute"
                + " and try again.");
      }
    }
    return TerminateInstancesResponse.builder()
        .terminatingInstances(changes(machines, control::terminate))
        .build();
  }

  private List<Machine> machines(List<String> ids) {
    if (ids.isEmpty()) {
      throw Ec2Faults.missing("InstanceId");
    }
    return ids.stream().distinct().map(id -> Ec2Faults.instance(fleet, id)).toList();
  }

  private static List<InstanceStateChange> changes(
      List<Machine> machines, Consumer<Machine> change) {
    return machines.stream()
        .map(machine -> {
          Machine.Power before = machine.power();
          change.accept(machine);
          return InstanceStateChange.builder()
              .instanceId(machine.id())
              .previousState(InstanceView.state(before))
              .currentState(InstanceView.state(machine.power()))
              .build();
        })
        .toList();
  }
}
