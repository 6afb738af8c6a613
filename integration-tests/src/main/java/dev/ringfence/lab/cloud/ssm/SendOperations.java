package dev.ringfence.lab.cloud.ssm;

import dev.ringfence.lab.cloud.account.Account;
import dev.ringfence.lab.cloud.account.Chance;
import dev.ringfence.lab.cloud.account.Desk;
import dev.ringfence.lab.cloud.machine.Fleet;
import dev.ringfence.lab.cloud.machine.Machine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/** SendCommand and CancelCommand. */
final class SendOperations {
  /** SendCommand takes at most fifty instance ids. */
  private static final int IDS_MOST = 50;

  private static final int COMMENT_MOST = 100;
  private static final int TIMEOUT_LEAST = 30;
  private static final int TIMEOUT_MOST = 2_592_000;

  /** Delivery and execution each wait an hour unless told otherwise: 7,200 s in all. */
  private static final int TIMEOUT_DEFAULT = 3600;

  private static final String CONCURRENCY_DEFAULT = "50";
  private static final String ERRORS_DEFAULT = "0";
  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,6}|[1-9][0-9]?%|100%");
  private static final Pattern LIMIT_OR_NONE = Pattern.compile("0|0%|" + LIMIT.pattern());
  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,5}");

  private final Fleet fleet;
  private final Documents documents;
  private final Commands commands;
  private final CommandRunner runner;
  private final InstantSource clock;
  private final Chance chance;
  private long sent;

  SendOperations(
      Fleet fleet,
      Documents documents,
      Commands commands,
      CommandRunner runner,
      InstantSource clock,
      Chance chance) {
    this.fleet = fleet;
    this.documents = documents;
    this.commands = commands;
    this.runner = runner;
    this.clock = clock;
    this.chance = chance;
  }

  void open(Desk desk) {
    desk.open("SendCommand", SendCommandRequest::builder, this::sendCommand);
    desk.open("CancelCommand", CancelCommandRequest::builder, this::cancelCommand);
  }

  private SendCommandResponse sendCommand(SendCommandRequest request) {
    checkShape(request);
    Documents.Version document = document(request);
    Duration execution = checkParameters(request, document);
    List<Machine> machines = machines(request.instanceIds());
    Command command =
        new Command(
            new Command.Order(
                chance.uuid("command-id", sent++),
                document,
                request.parameters(),
                request.comment() == null ? "" : request.comment(),
                clock.instant(),
                Duration.ofSeconds(orElse(request.timeoutSeconds(), TIMEOUT_DEFAULT)),
                execution,
                request.maxConcurrency() == null ? CONCURRENCY_DEFAULT : request.maxConcurrency(),
                request.maxErrors() == null ? ERRORS_DEFAULT : request.maxErrors()),
            machines);
    commands.add(command);
    runner.begin(command);
    return SendCommandResponse.builder().command(CommandViews.command(command)).build();
  }

  private static void checkShape(SendCommandRequest request) {
    List<String> ids = request.instanceIds();
    if (ids.isEmpty() || !request.targets().isEmpty()) {
      throw SsmFaults.validation("instanceIds", "The lab sends to instance ids only");
    }
    if (ids.size() > IDS_MOST) {
      throw SsmFaults.validation(
          "instanceIds", "Member must have length less than or equal to " + IDS_MOST);
    }
    if (request.comment() != null && request.comment().length() > COMMENT_MOST) {
      throw SsmFaults.validation(
          "comment", "Member must have length less than or equal to " + COMMENT_MOST);
    }
    int timeout = orElse(request.timeoutSeconds(), TIMEOUT_DEFAULT);
    if (timeout < TIMEOUT_LEAST || timeout > TIMEOUT_MOST) {
      throw SsmFaults.validation(
          "timeoutSeconds", "Member must be between " + TIMEOUT_LEAST + " and " + TIMEOUT_MOST);
    }
    checkLimit("maxConcurrency", request.maxConcurrency(), LIMIT);
    checkLimit("maxErrors", request.maxErrors(), LIMIT_OR_NONE);
  }

  private static void checkLimit(String member, @Nullable String limit, Pattern pattern) {
    if (limit != null && !pattern.matcher(limit).matches()) {
      throw SsmFaults.validation(member, "Member must satisfy regular expression pattern");
    }
  }

  private Documents.Version document(SendCommandRequest request) {
    if (request.documentName() == null || !documents.exists(request.documentName())) {
      throw SsmFaults.of(
          "InvalidDocument", "Document with name " + request.documentName() + " does not exist.");
    }
    Documents.Version document = documents.find(request.documentName(), request.documentVersion());
    if (document == null) {
      throw SsmFaults.of(
          "InvalidDocumentVersion",
          "Document version " + request.documentVersion() + " does not exist.");
    }
    String hash = request.documentHash();
    if (hash != null && !"Sha256".equals(request.documentHashTypeAsString())) {
      throw SsmFaults.of("InvalidDocument", "The hash type of the document must be Sha256.");
    }
    if (hash != null && !hash.equals(document.sha256())) {
      throw SsmFaults.of(
          "InvalidDocument", "The specified hash does not match the hash of the document.");
    }
    return document;
  }

  private static Duration checkParameters(SendCommandRequest request, Documents.Version document) {
    var parameters = request.parameters();
    if (document.builtIn().isEmpty() && !document.action().accepts(parameters.keySet())) {
      throw SsmFaults.of(
          "InvalidParameters", "Parameters do not fit the document: " + parameters.keySet());
    }
    List<String> reboot = parameters.get("reboot");
    if (reboot != null && !Work.acceptsReboot(reboot.isEmpty() ? "" : reboot.getFirst())) {
      throw SsmFaults.of("InvalidParameters", "reboot must be never or after, but is " + reboot);
    }
    List<String> seconds = parameters.get("executionTimeout");
    if (seconds == null) {
      return Duration.ofSeconds(TIMEOUT_DEFAULT);
    }
    if (seconds.size() != 1 || !SECONDS.matcher(seconds.getFirst()).matches()) {
      throw SsmFaults.of("InvalidParameters", "executionTimeout must be seconds: " + seconds);
    }
    return Duration.ofSeconds(Integer.parseInt(seconds.getFirst()));
  }

  private List<Machine> machines(List<String> ids) {
    Set<String> seen = new HashSet<>();
    List<String> invalid = new ArrayList<>();
    List<Machine> machines = new ArrayList<>();
    for (String id : ids) {
      if (!seen.add(id)) {
        throw SsmFaults.of("DuplicateInstanceId", "Instance id " + id + " is given twice.");
      }
      Machine machine = fleet.find(id);
      if (machine == null
          || machine.power() != Machine.Power.RUNNING
          || !machine.agent().isKnown()) {
        invalid.add(id);
      } else {
        machines.add(machine);
      }
    }
    if (!invalid.isEmpty()) {
      throw SsmFaults.of(
          "InvalidInstanceId",
          "Instances [" + invalid + "] not in a valid state for account " + Account.ID);
    }
    return machines;
  }

  private CancelCommandResponse cancelCommand(CancelCommandRequest request) {
    Command command = commands.require(request.commandId());
    if (request.instanceIds().isEmpty()) {
      runner.cancel(command, command.inOrder);
      return CancelCommandResponse.builder().build();
    }
    List<Invocation> which = new ArrayList<>();
    for (String id : request.instanceIds()) {
      Invocation invocation = command.invocations.get(id);
      if (invocation == null) {
        throw SsmFaults.of("InvalidInstanceId", "The command was not sent to " + id);
      }
      which.add(invocation);
    }
    runner.cancel(command, which);
    return CancelCommandResponse.builder().build();
  }

  private static int orElse(@Nullable Integer value, int ifAbsent) {
    return value == null ? ifAbsent : value;
  }
}
