package dev.ringfence.functions.aws;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Outcome.Unsettled.How;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/**
 * Sends and cancels commands. SendCommand takes no client token, so the effect's key travels as the
 * comment and an attempt that may be the second one looks for it among the commands sent since.
 */
final class CommandSender {
  /** The most that ListCommands returns a page (API reference). */
  private static final int PAGE = 50;

  /** How far our clock and Systems Manager's may disagree when we look for an earlier attempt. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private final SsmClient ssm;
  private final InstantSource clock;

  CommandSender(SsmClient ssm, InstantSource clock) {
    this.ssm = ssm;
    this.clock = clock;
  }

  /** Done with the command's id. */
  Outcome send(Effect.SendCommand effect, boolean lookFirst) {
    return once(effect, effect.document().name(), lookFirst, () -> request(effect));
  }

  /**
   * Done with the command's id.
   *
   * @param document whose commands are searched for the effect's key
   * @param request made when it is to be sent; it carries the key as its comment
   */
  Outcome once(
      Effect effect, String document, boolean lookFirst, Supplier<SendCommandRequest> request) {
    try {
      if (lookFirst) {
        Optional<Command> earlier = find(effect.key(), document, effect.intended());
        if (earlier.isPresent()) {
          return done(effect.key(), earlier.get());
        }
        if (Settling.tooEarly(effect, clock.instant())) {
          return Settling.wait(effect);
        }
      }
    } catch (SdkException blind) {
      return couldNotLook(effect.key(), blind);
    }
    try {
      return done(effect.key(), ssm.sendCommand(request.get()).command());
    } catch (SdkException failure) {
      return AwsErrors.settle(effect.key(), failure);
    }
  }

  /** Done with the id of a command that was sent earlier; refused once it is sure that none was. */
  Outcome find(Effect.FindCommand effect) {
    try {
      Optional<Command> earlier = find(effect.lost(), effect.document().name(), effect.intended());
      if (earlier.isPresent()) {
        return done(effect.key(), earlier.get());
      }
      return Settling.tooEarly(effect, clock.instant())
          ? Settling.wait(effect)
          : new Outcome.Refused(effect.key(), Effect.FindCommand.NOT_FOUND, "it was never sent");
    } catch (SdkException blind) {
      return couldNotLook(effect.key(), blind);
    }
  }

  /** Whatever kept us from looking, a denial too, says nothing of whether the command was sent. */
  private static Outcome couldNotLook(String key, SdkException blind) {
    return new Outcome.Unsettled(
        key, "could not look for it: " + AwsErrors.reason(blind), How.PREVENTED);
  }

  /** Done when Systems Manager has taken note, which is no promise that anything stops. */
  Outcome cancel(Effect.CancelCommand effect) {
    try {
      ssm.cancelCommand(CancelCommandRequest.builder().commandId(effect.commandId()).build());
      return new Outcome.Done(effect.key(), "", clock.instant());
    } catch (SdkException failure) {
      return AwsErrors.settle(effect.key(), failure);
    }
  }

  /**
   * All machines at once and no error limit: which machines are put at risk together is decided
   * before the command is written, and our own breaker judges them. Systems Manager's would stop
   * after the first error, yet does not count machines that it could not reach ("Understanding
   * command statuses": Delivery Timed Out and Undeliverable do not count against max-errors).
   */
  private static SendCommandRequest request(Effect.SendCommand effect) {
    String everyMachine = String.valueOf(effect.machines().size());
    return SendCommandRequest.builder()
        .instanceIds(effect.machines())
        .documentName(effect.document().name())
        .documentVersion(effect.document().version())
        .documentHash(effect.document().sha256())
        .documentHashType(DocumentHashType.SHA256)
        .parameters(effect.parameters())
        .timeoutSeconds(Math.toIntExact(effect.delivery().toSeconds()))
        .maxConcurrency(everyMachine)
        .maxErrors(everyMachine)
        .comment(effect.key())
        .overrideConfiguration(OneAttempt.configuration())
        .build();
  }

  /** The first command that carries the key; ListCommands knows commands of the last 30 days. */
  private Optional<Command> find(String key, String document, Instant intended) {
    String since = intended.minus(CLOCK_SKEW).truncatedTo(ChronoUnit.SECONDS).toString();
    List<Command> sent =
        Paging.all(token -> {
          ListCommandsResponse page =
              ssm.listCommands(
                  ListCommandsRequest.builder()
                      .filters(
                          filter(CommandFilterKey.INVOKED_AFTER, since),
                          filter(CommandFilterKey.DOCUMENT_NAME, document))
                      .maxResults(PAGE)
                      .nextToken(token)
                      .build());
          return new Paging.Page<>(page.commands(), page.nextToken());
        });
    return sent.stream()
        .filter(command -> key.equals(command.comment()))
        .min(Comparator.comparing(this::requestedAt));
  }

  private static CommandFilter filter(CommandFilterKey key, String value) {
    return CommandFilter.builder().key(key).value(value).build();
  }

  private Outcome done(String key, Command command) {
    return new Outcome.Done(key, command.commandId(), requestedAt(command));
  }

  private Instant requestedAt(Command command) {
    Instant at = command.requestedDateTime();
    return at == null ? clock.instant() : at;
  }
}
