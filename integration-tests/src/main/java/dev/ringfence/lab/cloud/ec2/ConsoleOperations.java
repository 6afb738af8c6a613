package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.machine.Ec2Faults;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Machine;
import dev.ringfence.lab.wire.AwsFault;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.GetConsoleScreenshotRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleScreenshotResponse;

/** GetConsoleOutput and GetConsoleScreenshot: the evidence that needs no living guest. */
public final class ConsoleOperations {
  private final Fleet fleet;
  private final InstantSource clock;

  public ConsoleOperations(Fleet fleet, InstantSource clock) {
    this.fleet = fleet;
    this.clock = clock;
  }

  public void open(Desk desk) {
    desk.open("GetConsoleOutput", GetConsoleOutputRequest::builder, this::getConsoleOutput);
    desk.open(
        "GetConsoleScreenshot", GetConsoleScreenshotRequest::builder, this::getConsoleScreenshot);
  }

  private GetConsoleOutputResponse getConsoleOutput(GetConsoleOutputRequest request) {
    if (request.instanceId() == null) {
      throw Ec2Faults.missing("InstanceId");
    }
    Machine machine = Ec2Faults.instance(fleet, request.instanceId());
    return GetConsoleOutputResponse.builder()
        .instanceId(machine.id())
        .timestamp(clock.instant())
        .output(
            Base64.getEncoder().encodeToString(console(machine).getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  private static String console(Machine machine) {
    boolean windows = machine.hardware().os() == Hardware.Os.WINDOWS;
    return switch (machine.condition()) {
      case OFF -> "";
      case BOOTING -> windows ? "" : "[    0.000000] Linux version 6.1\n";
      case UP ->
          windows
              ? machine.bootedAt() + " Windows is Ready to use\n"
              : "[   12.345678] cloud-init: finished\nlogin: \n";
      case CRASHED ->
          windows
              ? machine.conditionSince() + " BugCheck: " + machine.lastWords() + "\n"
              : "Kernel panic - not syncing: " + machine.lastWords() + "\n";
    };
  }

  private GetConsoleScreenshotResponse getConsoleScreenshot(GetConsoleScreenshotRequest request) {
    if (request.instanceId() == null) {
      throw Ec2Faults.missing("InstanceId");
    }
    Machine machine = Ec2Faults.instance(fleet, request.instanceId());
    if (machine.hardware().architecture() == Hardware.Architecture.ARM64) {
      throw new AwsFault(
          "UnsupportedOperation", 400, "Screenshots are not supported for Arm instances.");
    }
    if (machine.power() != Machine.Power.RUNNING) {
      throw Ec2Faults.incorrectInstanceState(machine.id());
    }
    return GetConsoleScreenshotResponse.builder()
        .instanceId(machine.id())
        .imageData(Base64.getEncoder().encodeToString(Screen.jpegOf(machine)))
        .build();
  }
}
