package dev.ringfence.functions.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.CellEvents;
import dev.ringfence.drill.Drill;
import dev.ringfence.drill.DrillOrder;
import dev.ringfence.drill.DrillPhase;
import dev.ringfence.functions.fakes.Calls;
import dev.ringfence.functions.record.Codec;
import dev.ringfence.notice.Notice;
import dev.ringfence.operation.DrillFailure;
import dev.ringfence.operation.Head;
import dev.ringfence.policy.ChannelPolicy;
import dev.ringfence.policy.Drills;
import dev.ringfence.release.Channel;
import dev.ringfence.release.Release;
import dev.ringfence.release.SsmDocument;
import dev.ringfence.release.VersionProbe;
import dev.ringfence.rollout.HaltReason;
import dev.ringfence.rollout.Rollout;
import dev.ringfence.rollout.RolloutPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TableChangedFunctionTest {
  private static final Instant NOW = Instant.parse("2026-11-03T12:00:00Z");
  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final HaltReason BUDGET = new HaltReason.BudgetSpent(5, 2);
  private static final RolloutPhase HALTING = new RolloutPhase.Halting(BUDGET, NOW);
  private static final RolloutPhase ASKS =
      new RolloutPhase.Ending(
          new RolloutPhase.Finish.AskPerson("its window never opened"),
          NOW,
          NOW.plus(Duration.ofHours(1)),
          Instant.EPOCH);

  private final List<Notice> told = new ArrayList<>();
  private @Nullable RuntimeException trouble;
  private final TableChangedFunction function =
      new TableChangedFunction(notice -> {
        if (trouble != null) {
          throw trouble;
        }
        told.add(notice);
      });

  private static Rollout rollout(RolloutPhase phase) {
    Release release =
        new Release(
            "falcon",
            "7.16.1",
            Channel.CONTENT,
            new SsmDocument("Falcon-Install", "3", SHA),
            Map.of(),
            false,
            new VersionProbe(new SsmDocument("Falcon-Probe", "1", SHA), Map.of()),
            null,
            null);
    return new Rollout(
        "falcon-1",
        "0123456789ab",
        NOW,
        release,
        SHA,
        Map.of("product", List.of("falcon")),
        ChannelPolicy.defaults(Channel.CONTENT),
        null,
        null,
        phase,
        List.of(),
        null);
  }

  /** A record as "DynamoDB Streams and Lambda triggers" shows it; only the head's item is ours. */
  private static ObjectNode turn(String number, Head now, @Nullable String before) {
    ObjectNode written = new JsonMapper().createObjectNode();
    written.put("eventID", number).put("eventName", before == null ? "INSERT" : "MODIFY");
    ObjectNode dynamodb = written.putObject("dynamodb");
    dynamodb.put("SequenceNumber", number).put("StreamViewType", "NEW_AND_OLD_IMAGES");
    image(dynamodb.putObject("NewImage"), now, now.phaseName());
    if (before != null) {
      image(dynamodb.putObject("OldImage"), now, before);
    }
    return written;
  }

  private static void image(ObjectNode image, Head head, String phase) {
    image.putObject("pk").put("S", "OP#" + head.id());
    image.putObject("sk").put("S", "HEAD");
    image.putObject("id").put("S", head.id());
    image.putObject("kind").put("S", head.kind().name());
    image.putObject("phase").put("S", phase);
    image.putObject("body").put("B", packed(head));
  }

  private static byte[] packed(Head head) {
    return switch (head) {
      case Drill drill -> new Codec().pack(Drill.class, drill);
      case Rollout rollout -> new Codec().pack(Rollout.class, rollout);
      default -> throw new IllegalArgumentException(head.toString());
    };
  }

  private String handle(ObjectNode... records) {
    ObjectNode batch = new JsonMapper().createObjectNode();
    List.of(records).forEach(batch.putArray("Records")::add);
    return Calls.call(function, batch.toString()).toString();
  }

  static Stream<Arguments> turns() {
    return Stream.of(
        Arguments.of(HALTING, "RUNNING", List.of(CellEvents.ROLLOUT_HALTED)),
        Arguments.of(new RolloutPhase.Succeeded(NOW), "RUNNING", List.of("Rollout Succeeded")),
        Arguments.of(ASKS, "HOLDING", List.of(CellEvents.PERSON_NEEDED)),
        Arguments.of(new RolloutPhase.Halted(BUDGET, NOW, NOW), "AFTERCARE", List.<String>of()),
        Arguments.of(new RolloutPhase.Dropped("old", NOW), "QUEUED", List.<String>of()),
        Arguments.of(HALTING, "HALTING", List.<String>of()));
  }

  @ParameterizedTest
  @MethodSource("turns")
  void onlyTurnsThatPeopleMustKnowAreTold(RolloutPhase phase, String before, List<String> types) {
    assertEquals("{\"batchItemFailures\":[]}", handle(turn("1", rollout(phase), before)));
    assertEquals(types, told.stream().map(Notice::type).toList());
  }

  private static Drill drill(DrillPhase phase) {
    return new Drill(
        "drill-1",
        "0123456789ab",
        NOW,
        "falcon",
        Map.of("product", List.of("falcon")),
        Drills.in("subnet-0123456789abcdef0", "sg-0123456789abcdef0"),
        new DrillOrder.Scope.Due(),
        null,
        "schedule",
        phase);
  }

  @Test
  void aDrillThatEndsWithAFailureIsTold() {
    Drill drill =
        drill(
            new DrillPhase.Done(
                NOW,
                3,
                List.of(DrillFailure.NO_CAPACITY, DrillFailure.DID_NOT_BOOT),
                null,
                List.of(),
                ""));
    assertEquals("{\"batchItemFailures\":[]}", handle(turn("1", drill, "RUNNING")));
    assertEquals(
        List.of(
            new Notice(
                CellEvents.DRILL_FAILED,
                "drill-1",
                "falcon",
                "",
                "The way back of falcon was tried on clones: 2 of 5 did not pass (EC2 had no"
                    + " capacity for a clone: 1; the restored clone showed no life in time: 1)."
                    + " The journal of drill-1 says which and why, and what the clones showed is in the evidence"
                    + " bucket.",
                Map.of("passed", "3", "failed", "2"))),
        told);
  }

  @Test
  void aDrillThatAllPassedOrThatIsUnderWayIsNoNews() {
    Drill passed = drill(new DrillPhase.Done(NOW, 3, List.of(), null, List.of(), ""));
    handle(turn("1", passed, "RUNNING"), turn("2", drill(new DrillPhase.Planning(NOW)), null));
    assertEquals(List.of(), told);
  }

  @Test
  void aHaltSaysWhatHappenedAndWhereToLook() {
    handle(turn("1", rollout(HALTING), "RUNNING"));
    Notice notice = told.getFirst();
    assertEquals("falcon-1", notice.detail().get("operation"));
    assertEquals(BUDGET.sentence(), notice.detail().get("reason"));
    assertTrue(notice.message().startsWith("HALTED: falcon 7.16.1."), notice::message);
    assertTrue(
        notice.message().contains("{\"action\":\"status\",\"id\":\"falcon-1\"}"), notice::message);
  }

  @Test
  void whatIsNoHeadIsNoNews() {
    ObjectNode part = turn("1", rollout(HALTING), "RUNNING");
    ((ObjectNode) part.at("/dynamodb/NewImage/sk")).put("S", "PART#00001");
    ObjectNode removed = turn("2", rollout(HALTING), "RUNNING");
    ((ObjectNode) removed.path("dynamodb")).remove("NewImage");
    assertEquals("{\"batchItemFailures\":[]}", handle(part, removed));
    assertEquals(List.of(), told);
  }

  @Test
  void fromTheFirstRecordThatCouldNotBeToldOnLambdaHandsOutAgain() {
    ObjectNode broken = turn("2", rollout(HALTING), "RUNNING");
    ((ObjectNode) broken.at("/dynamodb/NewImage/body")).put("B", "AAAA");
    assertEquals(
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}",
        handle(
            turn("1", rollout(HALTING), "RUNNING"),
            broken,
            turn("3", rollout(HALTING), "RUNNING")));
    assertEquals(1, told.size());
  }

  @Test
  void aBusThatTakesNothingIsAskedAgain() {
    trouble = new IllegalStateException("EventBridge did not take the event: ThrottlingException");
    assertEquals(
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}",
        handle(turn("1", rollout(HALTING), "RUNNING")));
  }
}
