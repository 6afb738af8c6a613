package dev.ringfence.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringfence.contract.Tags;
import dev.ringfence.fleet.Consistency;
import dev.ringfence.operation.Effect;
import dev.ringfence.operation.Outcome;
import dev.ringfence.operation.QuietEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/** Machines are brought to rest and let go, and what that achieved is found and written down. */
class QuietTest {
  private static final String SET = "rf-1-i-1-point1";
  private static final Instant SENT = FakeAws.START.plusSeconds(2);

  private static final QuietEffect.Thaw THAW =
      new QuietEffect.Thaw(
          "rf-1-i-1-freeze1-thaw1",
          FakeAws.START,
          null,
          "i-1",
          List.of("# ringfence thaw rf-1-i-1-freeze1 60", "true"),
          Duration.ofMinutes(3));

  private static final QuietEffect.FindShadows FIND =
      new QuietEffect.FindShadows(SET + "-find", FakeAws.START, null, SET, "vol-root");

  private final FakeAws aws = new FakeAws();
  private final SnapshotScript ec2 = new SnapshotScript(aws);
  private final List<Command> sent = new ArrayList<>();

  QuietTest() {
    aws.ssm.script.on(
        SendCommandRequest.class,
        request -> {
          Command command =
              Command.builder()
                  .commandId("c-" + sent.size())
                  .comment(request.comment())
                  .requestedDateTime(SENT)
                  .build();
          sent.add(command);
          return SendCommandResponse.builder().command(command).build();
        });
    aws.ssm.script.on(
        ListCommandsRequest.class,
        request -> ListCommandsResponse.builder().commands(sent).build());
    aws.ec2.script.on(CreateTagsRequest.class, request -> CreateTagsResponse.builder().build());
  }

  private static QuietEffect.MarkSnapshots mark(boolean shadows) {
    return new QuietEffect.MarkSnapshots(
        SET + "-mark", FakeAws.START, null, SET, Consistency.APPLICATION, shadows);
  }

  private static Snapshot snapshot(String id, String volume, boolean vouched) {
    List<Tag> tags = new ArrayList<>();
    tags.add(tag(SnapshotTaker.KEY_TAG, SET));
    tags.add(tag("ringfence:disks", "2"));
    tags.add(tag(Tags.CONSISTENCY, "crash"));
    if (vouched) {
      tags.add(tag("AppConsistent", "True"));
    }
    return Snapshot.builder()
        .snapshotId(id)
        .volumeId(volume)
        .state("pending")
        .startTime(SENT)
        .tags(tags)
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void script_isRunByTheShellWithTheShortestDelivery() {
    assertEquals(new Outcome.Done(THAW.key(), "c-0", SENT), aws.world().perform(THAW, false));
    assertEquals(
        SendCommandRequest.builder()
            .instanceIds("i-1")
            .documentName("AWS-RunShellScript")
            .comment(THAW.key())
            .timeoutSeconds(30)
            .parameters(Map.of("commands", THAW.script(), "executionTimeout", List.of("180")))
            .overrideConfiguration(OneAttempt.configuration())
            .build(),
        aws.ssm.script.all(SendCommandRequest.class).getFirst());
  }

  @Test
  void thawWhoseAnswerWasLost_isFoundAndNotSentTwice() {
    aws.world().perform(THAW, false);
    assertEquals(new Outcome.Done(THAW.key(), "c-0", SENT), aws.world().perform(THAW, true));
    assertEquals(1, aws.ssm.script.all(SendCommandRequest.class).size());
  }

  @Test
  void windows_isToldEveryTagThatASnapshotOfOursNeeds() {
    QuietEffect.TakeShadows take =
        new QuietEffect.TakeShadows(
            SET, FakeAws.START, null, "i-1", Map.of(Tags.RELEASE, "falcon 7.16;1,\"x\""));
    assertEquals(new Outcome.Done(SET, "c-0", SENT), aws.world().perform(take, false));
    SendCommandRequest request = aws.ssm.script.all(SendCommandRequest.class).getFirst();
    assertEquals("AWSEC2-VssInstallAndSnapshot", request.documentName());
    String tags = String.join("", request.parameters().getOrDefault("tags", List.of()));
    assertTrue(tags.contains("Key=ringfence:key,Value=" + SET), tags);
    assertTrue(tags.contains("Key=ringfence:release,Value=falcon 7.16_1__x_"), tags);
    assertTrue(tags.contains("Key=ringfence:consistency,Value=crash"), tags);
    assertTrue(tags.contains("Key=ringfence:disks,Value=2"), tags);
  }

  @Test
  void wholeSet_isFoundByItsKey() {
    ec2.listed.add(snapshot("snap-data", "vol-data", true));
    ec2.listed.add(snapshot("snap-root", "vol-root", true));
    assertEquals(new Outcome.Done(FIND.key(), "snap-root", SENT), aws.world().perform(FIND, false));
  }

  @Test
  void setThatLacksAVolume_isNone() {
    ec2.listed.add(snapshot("snap-root", "vol-root", true));
    Outcome early = aws.world().perform(FIND, false);
    assertTrue(early instanceof Outcome.Unsettled, early.toString());
    aws.pass(Settling.TIME);
    assertEquals(
        new Outcome.Refused(
            FIND.key(), QuietEffect.FindShadows.INCOMPLETE, "it has 1 snapshots and lacks some"),
        aws.world().perform(FIND, false));
  }

  @Test
  void noSetAtAll_isSaidOnceListsHaveSettled() {
    aws.pass(Settling.TIME);
    assertEquals(
        new Outcome.Refused(FIND.key(), Effect.FindCommand.NOT_FOUND, "none was made"),
        aws.world().perform(FIND, false));
  }

  @Test
  void setThatAwsVouchesFor_isMarked() {
    ec2.listed.add(snapshot("snap-data", "vol-data", true));
    ec2.listed.add(snapshot("snap-root", "vol-root", true));
    Outcome.Done done = (Outcome.Done) aws.world().perform(mark(true), false);
    assertEquals("application", done.result());
    assertEquals(
        CreateTagsRequest.builder()
            .resources("snap-data", "snap-root")
            .tags(tag(Tags.CONSISTENCY, "application"))
            .build(),
        aws.ec2.script.all(CreateTagsRequest.class).getFirst());
  }

  @Test
  void setOfWhichAwsVouchesForOneOnly_staysAsAfterAPowerCut() {
    ec2.listed.add(snapshot("snap-data", "vol-data", false));
    ec2.listed.add(snapshot("snap-root", "vol-root", true));
    Outcome.Done done = (Outcome.Done) aws.world().perform(mark(true), false);
    assertEquals("crash", done.result());
    assertEquals(List.of(), aws.ec2.script.all(CreateTagsRequest.class));
  }
}
