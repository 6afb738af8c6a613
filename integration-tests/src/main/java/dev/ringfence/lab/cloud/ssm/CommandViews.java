package dev.ringfence.lab.cloud.ssm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;

/** How commands and invocations look in Systems Manager's answers. */
final class CommandViews {
  /** ListCommandInvocations cuts a plugin's output here. */
  private static final int OUTPUT_MOST = 2500;

  private CommandViews() {}

  static software.amazon.awssdk.services.ssm.model.Command command(Command command) {
    Command.Order order = command.order;
    return software.amazon.awssdk.services.ssm.model.Command.builder()
        .commandId(order.id())
        .documentName(order.document().name())
        .documentVersion(order.document().number())
        .comment(order.comment())
        .parameters(order.parameters())
        .instanceIds(command.invocations.keySet())
        .requestedDateTime(order.requestedAt())
        .expiresAfter(order.expiresAfter())
        .timeoutSeconds((int) order.delivery().toSeconds())
        .maxConcurrency(order.maxConcurrency())
        .maxErrors(order.maxErrors())
        .status(command.status())
        .statusDetails(command.statusDetails())
        .targetCount(command.inOrder.size())
        .completedCount((int) command.completed())
        .errorCount((int) command.errors())
        .deliveryTimedOutCount((int) command.count(Invocation.Stage.DELIVERY_TIMED_OUT))
        .build();
  }

  static CommandInvocation invocation(Invocation invocation, boolean details) {
    Command.Order order = invocation.command.order;
    CommandInvocation.Builder view =
        CommandInvocation.builder()
            .commandId(order.id())
            .instanceId(invocation.machine.id())
            .instanceName(invocation.machine.tags().getOrDefault("Name", ""))
            .comment(order.comment())
            .documentName(order.document().name())
            .documentVersion(order.document().number())
            .requestedDateTime(order.requestedAt())
            .status(invocation.stage.status())
            .statusDetails(invocation.stage.details());
    if (details) {
      view.commandPlugins(plugin(invocation));
    }
    return view.build();
  }

  /** When the plugin's answer was complete, as far as Systems Manager has heard. */
  static @Nullable Instant reportedFinish(Invocation invocation) {
    return invocation.reportedCode() == -1 ? null : invocation.finishedAt;
  }

  private static CommandPlugin plugin(Invocation invocation) {
    String output = invocation.reportedOutput();
    return CommandPlugin.builder()
        .name(invocation.command.order.document().action().step())
        .status(invocation.stage.status())
        .statusDetails(invocation.stage.details())
        .responseCode(invocation.reportedCode())
        .responseStartDateTime(invocation.startedAt)
        .responseFinishDateTime(reportedFinish(invocation))
        .output(output.length() > OUTPUT_MOST ? output.substring(0, OUTPUT_MOST) : output)
        .build();
  }
}
