package dev.ringfence.awscontract;

import static dev.ringfence.awscontract.Promise.changing;
import static dev.ringfence.awscontract.Promise.reading;
import static dev.ringfence.awscontract.Promise.refused;
import static dev.ringfence.awscontract.Promise.same;
import static dev.ringfence.awscontract.Promise.so;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.InvalidCommandIdException;

/** What rollouts rely on in Run Command, in agents and in calendars. */
final class Commands {
  private static final String UNKNOWN_COMMAND = "01234567-89ab-cdef-0123-456789abcdef";
  private static final String UNKNOWN_MACHINE = "i-0123456789abcdef0";

  static final List<Promise> PROMISES =
      List.of(
          changing("SendCommand", "is found again by its comment", Commands::foundByComment),
          changing(
              "SendCommand",
              "an unknown machine is refused",
              target -> refused("InvalidInstanceId", () -> send(target, UNKNOWN_MACHINE))),
          changing(
              "SendCommand",
              "an unknown document is refused",
              target -> {
                String machine = target.machine();
                refused("InvalidDocument", () -> send(target, machine, "no-such-document"));
              }),
          changing(
              "ListCommandInvocations",
              "tells every machine's end with its step",
              Commands::tellsTheEnd),
          reading(
              "ListCommandInvocations",
              "of an unknown command are none, or it is refused by name",
              Commands::unknownCommandHasNone),
          changing("CancelCommand", "is taken note of", Commands::cancels),
          changing(
              "CancelCommand",
              "an unknown command is refused",
              target ->
                  refused(
                      "InvalidCommandId",
                      () ->
                          target.clients().ssm().cancelCommand(r -> r.commandId(UNKNOWN_COMMAND)))),
          changing(
              "DescribeInstanceInformation",
              "tells an agent's last ping, by id",
              target ->
                  so(
                      agents(target, target.machine()).getFirst().lastPingDateTime() != null,
                      "no ping is told")),
          reading(
              "DescribeInstanceInformation",
              "leaves out what never had an agent",
              target -> same(List.of(), agents(target, UNKNOWN_MACHINE))),
          reading("GetCalendarState", "an open calendar says OPEN", Commands::openCalendar),
          reading(
              "GetCalendarState",
              "an unknown calendar is refused",
              target ->
                  refused(
                      "InvalidDocument",
                      () ->
                          target
                              .clients()
                              .ssm()
                              .getCalendarState(r -> r.calendarNames("no-such-calendar")))));

  private Commands() {}

  private static Command send(Target target, String machine) {
    return send(target, machine, target.document());
  }

  private static Command send(Target target, String machine, String document) {
    Map<String, List<String>> parameters =
        document.equals("AWS-RunShellScript") ? Map.of("commands", List.of("true")) : Map.of();
    return target
        .clients()
        .ssm()
        .sendCommand(r ->
            r.documentName(document)
                .instanceIds(machine)
                .parameters(parameters)
                .comment(key(target, machine))
                .timeoutSeconds(600)
                .maxConcurrency("1")
                .maxErrors("1"))
        .command();
  }

  private static String key(Target target, String machine) {
    return "key-" + machine + "-" + target.run();
  }

  private static void foundByComment(Target target) {
    String machine = target.machine();
    String id = send(target, machine).commandId();
    so(target.eventually(() -> found(target, machine).isPresent()), "it is never listed");
    same(id, found(target, machine).orElseThrow().commandId());
  }

  private static Optional<Command> found(Target target, String machine) {
    return target
        .clients()
        .ssm()
        .listCommands(r ->
            r.maxResults(50)
                .filters(
                    CommandFilter.builder()
                        .key(CommandFilterKey.DOCUMENT_NAME)
                        .value(target.document())
                        .build()))
        .commands()
        .stream()
        .filter(command -> key(target, machine).equals(command.comment()))
        .findFirst();
  }

  private static List<CommandInvocation> invocations(Target target, String command) {
    return target
        .clients()
        .ssm()
        .listCommandInvocations(r -> r.commandId(command).details(true).maxResults(50))
        .commandInvocations();
  }

  private static void tellsTheEnd(Target target) {
    String machine = target.machine();
    String id = send(target, machine).commandId();
    so(
        target.eventually(() ->
            invocations(target, id).stream()
                .anyMatch(one -> "Success".equals(one.statusDetails()))),
        "it never succeeds");
    CommandInvocation one = invocations(target, id).getFirst();
    same(machine, one.instanceId());
    so(one.commandPlugins().getFirst().responseFinishDateTime() != null, "no end is told");
  }

  /** Our reader takes both: a command that nobody knows has no machines. */
  private static void unknownCommandHasNone(Target target) {
    try {
      same(List.of(), invocations(target, UNKNOWN_COMMAND));
    } catch (InvalidCommandIdException named) {
      same("InvalidCommandId", named.awsErrorDetails().errorCode());
    }
  }

  private static void cancels(Target target) {
    String id = send(target, target.machine()).commandId();
    target.clients().ssm().cancelCommand(r -> r.commandId(id));
  }

  private static List<InstanceInformation> agents(Target target, String machine) {
    return target
        .clients()
        .ssm()
        .describeInstanceInformation(r ->
            r.filters(
                InstanceInformationStringFilter.builder()
                    .key("InstanceIds")
                    .values(machine)
                    .build()))
        .instanceInformationList();
  }

  private static void openCalendar(Target target) {
    String calendar = target.calendar();
    if (calendar == null) {
      throw new Verdict.NothingToTryOn("there is no open change calendar");
    }
    same(
        "OPEN",
        target.clients().ssm().getCalendarState(r -> r.calendarNames(calendar)).stateAsString());
  }
}
