package dev.ringfence.functions.aws;

import dev.ringfence.health.Invocation;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;

/** Reads what became of commands, all machines of a command at once. */
final class CommandReader {
  /** The most that ListCommandInvocations returns a page (API reference); a part has as many. */
  private static final int PAGE = 50;

  /** What the agent writes between standard output and standard error in the one Output field. */
  private static final String ERROR_FOLLOWS = "----------ERROR-------";

  /** How the agent's answer starts for a step whose precondition names another platform. */
  private static final String SKIPPED = "Step execution skipped";

  private final SsmClient ssm;

  CommandReader(SsmClient ssm) {
    this.ssm = ssm;
  }

  /** By command, then by machine. A command whose pages could not all be read is left out. */
  Map<String, Map<String, Invocation>> read(Set<String> commands, List<String> gaps) {
    Map<String, Map<String, Invocation>> read = new HashMap<>();
    for (String command : new TreeSet<>(commands)) {
      try {
        read.put(command, read(command));
      } catch (SdkException failure) {
        gaps.add("ListCommandInvocations of " + command + ": " + AwsErrors.reason(failure));
      }
    }
    return Map.copyOf(read);
  }

  private Map<String, Invocation> read(String command) {
    List<CommandInvocation> invocations =
        Paging.all(token -> {
          ListCommandInvocationsResponse page =
              ssm.listCommandInvocations(
                  ListCommandInvocationsRequest.builder()
                      .commandId(command)
                      .details(true)
                      .maxResults(PAGE)
                      .nextToken(token)
                      .build());
          return new Paging.Page<>(page.commandInvocations(), page.nextToken());
        });
    Map<String, Invocation> byMachine = new HashMap<>();
    invocations.forEach(one -> byMachine.put(one.instanceId(), invocation(one)));
    return Map.copyOf(byMachine);
  }

  private static Invocation invocation(CommandInvocation said) {
    Invocation.Outcome outcome = outcome(said.statusDetails(), said.statusAsString());
    String details = Objects.requireNonNullElse(said.statusDetails(), said.statusAsString());
    return new Invocation(
        outcome,
        outcome.isTerminal() ? finishedAt(said.commandPlugins()) : null,
        output(said.commandPlugins()),
        Objects.requireNonNullElse(details, ""));
  }

  private static @Nullable Instant finishedAt(List<CommandPlugin> plugins) {
    return plugins.stream()
        .map(CommandPlugin::responseFinishDateTime)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static String output(List<CommandPlugin> plugins) {
    return plugins.stream()
        .map(plugin -> Objects.requireNonNullElse(plugin.output(), ""))
        .filter(text -> !text.startsWith(SKIPPED))
        .map(CommandReader::standardOutput)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String standardOutput(String output) {
    int error = output.indexOf(ERROR_FOLLOWS);
    return (error < 0 ? output : output.substring(0, error)).strip();
  }

  /**
   * The details are words for people, with and without spaces in different places of AWS's own
   * documentation, and say more than the status. A word that we do not know falls back on the
   * status, and an unknown status counts as still running: then our own deadline decides.
   */
  static Invocation.Outcome outcome(@Nullable String details, @Nullable String status) {
    Invocation.Outcome known = word(details);
    if (known == null) {
      known = word(status);
    }
    return known == null ? Invocation.Outcome.RUNNING : known;
  }

  private static Invocation.@Nullable Outcome word(@Nullable String said) {
    String word = said == null ? "" : said.replace(" ", "").toLowerCase(Locale.ROOT);
    return switch (word) {
      case "pending", "inprogress", "delayed", "cancelling", "canceling" ->
          Invocation.Outcome.RUNNING;
      case "success" -> Invocation.Outcome.SUCCESS;
      case "failed", "incomplete", "executiontimedout" -> Invocation.Outcome.FAILED;
      case "deliverytimedout",
          "timedout",
          "undeliverable",
          "invalidplatform",
          "accessdenied",
          "noinstancesintag",
          "rateexceeded",
          "limitexceeded" ->
          Invocation.Outcome.UNDELIVERED;
      case "cancelled", "canceled", "terminated" -> Invocation.Outcome.CANCELLED;
      default -> null;
    };
  }
}
