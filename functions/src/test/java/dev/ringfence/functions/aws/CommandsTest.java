package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.Outcome.Unsettled.How;
import dev.ringfence.operation.Tries;
import dev.ringfence.release.SsmDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

class CommandsTest {
  private static final Effect.SendCommand SEND =
      new Effect.SendCommand(
          "r1-w0-p0-update",
          FakeAws.START,
          null,
          Effect.SendCommand.Purpose.UPDATE,
          List.of("i-1", "i-2", "i-3"),
          new SsmDocument("Update-Agent", "7", "ab12".repeat(16)),
          Map.of("Version", List.of("2.0.1")),
          Duration.ofMinutes(10));
  private static final Instant SENT = FakeAws.START.plusSeconds(2);

  private final FakeAws aws = new FakeAws();
  private final List<Command> sent = new ArrayList<>();

  CommandsTest() {
    aws.ssm.script.on(
        SendCommandRequest.class,
        request -> {
          Command command = command("c-" + sent.size(), request.comment(), SENT);
          sent.add(command);
          return SendCommandResponse.builder().command(command).build();
        });
    aws.ssm.script.on(ListCommandsRequest.class, this::onePerPage);
  }

  @Test
  void firstAttempt_sendsWithoutLooking() {
    assertEquals(new Outcome.Done(SEND.key(), "c-0", SENT), aws.world().perform(SEND, false));
    assertEquals(1, aws.ssm.script.calls());
  }

  @Test
  void command_isPinnedCommentedAndLeftToOurOwnBrake() {
    aws.world().perform(SEND, false);
    SendCommandRequest request = aws.ssm.script.all(SendCommandRequest.class).getFirst();
    assertEquals(
        SendCommandRequest.builder()
            .instanceIds("i-1", "i-2", "i-3")
            .documentName("Update-Agent")
            .documentVersion("7")
            .documentHash("ab12".repeat(16))
            .documentHashType(DocumentHashType.SHA256)
            .parameters(Map.of("Version", List.of("2.0.1")))
            .timeoutSeconds(600)
            .maxConcurrency("3")
            .maxErrors("3")
            .comment("r1-w0-p0-update")
            .overrideConfiguration(OneAttempt.configuration())
            .build(),
        request);
  }

  @Test
  void secondAttempt_findsTheFirstOnALaterPageAndSendsNothing() {
    sent.add(command("c-other", "r1-w0-p1-update", SENT));
    sent.add(command("c-uncommented", null, SENT));
    sent.add(command("c-mine", SEND.key(), SENT));
    assertEquals(new Outcome.Done(SEND.key(), "c-mine", SENT), aws.world().perform(SEND, true));
    assertEquals(0, aws.ssm.script.all(SendCommandRequest.class).size());
    List<ListCommandsRequest> looks = aws.ssm.script.all(ListCommandsRequest.class);
    assertEquals(3, looks.size());
    for (ListCommandsRequest look : looks) {
      assertEquals(
          List.of(
              filter(CommandFilterKey.INVOKED_AFTER, "2026-03-01T09:55:00Z"),
              filter(CommandFilterKey.DOCUMENT_NAME, "Update-Agent")),
          look.filters());
    }
  }

  @Test
  void secondAttemptThatFindsNothing_sendsOnceListsHaveSettled() {
    aws.pass(Settling.TIME);
    assertEquals(new Outcome.Done(SEND.key(), "c-0", SENT), aws.world().perform(SEND, true));
  }

  @Test
  void secondAttemptRightAfterTheFirst_doesNotTrustAnEmptyList() {
    aws.pass(Settling.TIME.minusMillis(1));
    assertEquals(
        new Outcome.Unsettled(SEND.key(), "not listed, but too early to be sure", How.POSTPONED),
        aws.world().perform(SEND, true));
    assertEquals(List.of(), sent);
  }

  /** The first attempt timed out at START + 40 s, and took place late. */
  @Test
  void lookSoonAfterATimeOut_doesNotTrustAnEmptyList() {
    Tries timedOut = new Tries(FakeAws.START.plusSeconds(40), true, List.of("Read timed out"));
    Effect.SendCommand again =
        new Effect.SendCommand(
            SEND.key(),
            SEND.intended(),
            timedOut,
            SEND.purpose(),
            SEND.machines(),
            SEND.document(),
            SEND.parameters(),
            SEND.delivery());
    aws.pass(Duration.ofSeconds(40).plus(Settling.TIME).minusMillis(1));
    assertEquals(
        new Outcome.Unsettled(SEND.key(), "not listed, but too early to be sure", How.POSTPONED),
        aws.world().perform(again, true));
    assertEquals(List.of(), sent);
    aws.pass(Duration.ofMillis(1));
    assertEquals(new Outcome.Done(SEND.key(), "c-0", SENT), aws.world().perform(again, true));
  }

  @Test
  void failedLook_sendsNothing() {
    aws.pass(Duration.ofHours(1));
    aws.ssm.script.on(
        ListCommandsRequest.class,
        request -> {
          throw FakeAws.error("InternalServerError", 500);
        });
    assertEquals(
        new Outcome.Unsettled(
            SEND.key(), "could not look for it: InternalServerError", How.PREVENTED),
        aws.world().perform(SEND, true));
    assertEquals(List.of(), sent);
  }

  @Test
  void throttledSend_isUnsettledAndNotSentTwice() {
    aws.ssm.script.on(
        SendCommandRequest.class,
        request -> {
          throw FakeAws.error("ThrottlingException", 400);
        });
    assertEquals(
        new Outcome.Unsettled(SEND.key(), "ThrottlingException"), aws.world().perform(SEND, false));
    assertEquals(1, aws.ssm.script.calls());
  }

  @Test
  void lostAnswer_isUnsettledAndTheNextBeatFindsTheCommand() {
    aws.ssm.script.on(
        SendCommandRequest.class,
        request -> {
          sent.add(command("c-lost", request.comment(), SENT));
          throw SdkClientException.create("Read timed out");
        });
    AwsWorld world = aws.world();
    assertEquals(new Outcome.Unsettled(SEND.key(), "Read timed out"), world.perform(SEND, false));
    aws.pass(Duration.ofMinutes(1));
    assertEquals(new Outcome.Done(SEND.key(), "c-lost", SENT), world.perform(SEND, true));
    assertEquals(1, sent.size());
  }

  @Test
  void twoCommandsWithOneKey_areAnsweredByTheEarlier() {
    sent.add(command("c-late", SEND.key(), SENT.plusSeconds(60)));
    sent.add(command("c-early", SEND.key(), SENT));
    assertEquals(new Outcome.Done(SEND.key(), "c-early", SENT), aws.world().perform(SEND, true));
  }

  @Test
  void refusal_keepsCodeAndMessage() {
    aws.ssm.script.on(
        SendCommandRequest.class,
        request -> {
          throw FakeAws.error("InvalidInstanceId", 400, "Instances not in a valid state");
        });
    assertEquals(
        new Outcome.Refused(SEND.key(), "InvalidInstanceId", "Instances not in a valid state"),
        aws.world().perform(SEND, false));
  }

  @Test
  void cancel_isDoneWhenTakenNoteOf() {
    aws.ssm.script.on(
        CancelCommandRequest.class, request -> CancelCommandResponse.builder().build());
    var cancel = new Effect.CancelCommand("cancel-1", FakeAws.START, false, "c-9");
    assertEquals(
        new Outcome.Done("cancel-1", "", FakeAws.START), aws.world().perform(cancel, true));
    assertEquals("c-9", aws.ssm.script.all(CancelCommandRequest.class).getFirst().commandId());
  }

  @Test
  void cancelOfAnUnknownCommand_isRefused() {
    aws.ssm.script.on(
        CancelCommandRequest.class,
        request -> {
          throw FakeAws.error("InvalidCommandId", 400);
        });
    assertEquals(
        new Outcome.Refused("cancel-1", "InvalidCommandId", "no"),
        aws.world()
            .perform(new Effect.CancelCommand("cancel-1", FakeAws.START, false, "c-9"), false));
  }

  @Test
  void effectOfTheStore_isABugHere() {
    var pointers = new Effect.WritePointers("p-1", FakeAws.START, false, 0, List.of("i-1"));
    IllegalStateException bug =
        assertThrows(IllegalStateException.class, () -> aws.world().perform(pointers, false));
    assertTrue(String.valueOf(bug.getMessage()).contains("WritePointers p-1"));
  }

  private static CommandFilter filter(CommandFilterKey key, String value) {
    return CommandFilter.builder().key(key).value(value).build();
  }

  private static Command command(String id, @Nullable String comment, Instant at) {
    return Command.builder().commandId(id).comment(comment).requestedDateTime(at).build();
  }

  private ListCommandsResponse onePerPage(ListCommandsRequest request) {
    int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    if (page >= sent.size()) {
      return ListCommandsResponse.builder().build();
    }
    return ListCommandsResponse.builder()
        .commands(sent.get(page))
        .nextToken(page + 1 < sent.size() ? String.valueOf(page + 1) : "")
        .build();
  }
}
