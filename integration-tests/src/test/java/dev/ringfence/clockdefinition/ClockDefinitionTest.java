package dev.ringfence.clockdefinition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.contract.ClockDefinition;
import dev.ringfence.engine.Engine;
import dev.ringfence.functions.beat.UnreadableTick;
import dev.ringfence.lab.clock.Execution;
import dev.ringfence.lab.clock.FunctionKilled;
import dev.ringfence.lab.clock.LambdaFault;
import dev.ringfence.lab.clock.LambdaTap;
import dev.ringfence.operation.Head;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** What the clock does with good beats, bad beats and many beats. */
class ClockDefinitionTest {
  /** A restart comes after so many attempts; {@link ClockDefinition} says why. */
  private static final int ATTEMPTS_PER_EXECUTION = 2500;

  /** What an execution may have, with room that nobody should need. */
  private static final int EVENTS_MAX = 24_300;

  private final ClockBench bench = new ClockBench();

  private static ClockBench.Beats overAfter(int beats) {
    return (before, answer) -> answer.put("over", before + 1 == beats);
  }

  private Execution only() {
    List<Execution> all = bench.drain();
    assertEquals(1, all.size());
    return all.getFirst();
  }

  @Test
  void beats_comeWhenTheLastOneSaidAndEndWhenItIsOver() {
    bench.function("rollout", overAfter(3)).clocks.start(Head.Kind.ROLLOUT, "r-1");

    Execution done = only();

    assertEquals(List.of(0L, 30L, 60L), bench.attempts);
    assertEquals("r-1", done.name());
    assertEquals(ExecutionStatus.SUCCEEDED, done.status());
    assertEquals(
        ClockBench.json(
            """
            {"kind": "ROLLOUT", "id": "r-1", "function": "rollout", "generation": 0, "beats": 3,
             "phase": "RUNNING", "over": true, "next": "2026-11-01T12:01:30Z"}
            """),
        ClockBench.json(done.output().orElseThrow()));
  }

  @Test
  void restore_isBeatenByItsOwnFunction() {
    bench.function("restore", overAfter(1)).clocks.start(Head.Kind.RESTORE, "s-1");

    assertEquals(ExecutionStatus.SUCCEEDED, only().status());
    assertEquals(
        List.of(
            ClockBench.json(
                """
                {"kind": "RESTORE", "id": "s-1", "function": "restore", "generation": 0, "beats": 1}
                """)),
        bench.ticks);
  }

  @Test
  void drill_isBeatenByItsOwnFunction() {
    bench.function("drill", overAfter(1)).clocks.start(Head.Kind.DRILL, "d-1");

    assertEquals(ExecutionStatus.SUCCEEDED, only().status());
    assertEquals(1, bench.ticks.size());
  }

  @Test
  void kindThatNobodyBeatsFor_failsAtOnce() {
    bench.steps.start(bench.machine, Optional.of("d-1"), "{\"kind\":\"DREAM\",\"id\":\"d-1\"}");

    assertEquals(Optional.of("UnknownKind"), only().error());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Lambda.ServiceException",
        "Lambda.AWSLambdaException",
        "Lambda.SdkClientException",
        "Lambda.TooManyRequestsException",
        "Lambda.Unknown",
        "Sandbox.Timedout",
        "java.lang.IllegalStateException"
      })
  void failedBeat_isTriedAgainSoonAndTheRhythmGoesOn(String error) {
    bench.function(
        "rollout",
        (before, answer) -> {
          if (before < 3) {
            throw new LambdaFault(error, "down", Duration.ZERO);
          }
          answer.put("over", before == 4);
        });
    bench.clocks.start(Head.Kind.ROLLOUT, "r-1");

    assertEquals(ExecutionStatus.SUCCEEDED, only().status());
    assertEquals(List.of(0L, 2L, 6L, 14L, 44L), bench.attempts);
  }

  @Test
  void beatThatHangs_isGivenUpAfterItsFunctionIsDeadAndTriedAgain() {
    bench.function("rollout", overAfter(1));
    bench.lambda.tap(
        new LambdaTap() {
          private boolean hung;

          @Override
          public void before(String function, JsonNode payload) {
            if (!hung) {
              hung = true;
              throw LambdaFault.timedOut(Duration.ofMinutes(15));
            }
          }
        });
    bench.clocks.start(Head.Kind.ROLLOUT, "r-1");

    assertEquals(ExecutionStatus.SUCCEEDED, only().status());
    assertEquals(List.of(112L), bench.attempts);
    assertTrue(ClockDefinition.BEAT_TIMEOUT.toSeconds() < 110);
  }

  @Test
  void killedBeat_isTriedAgain() {
    bench.function(
        "rollout",
        (before, answer) -> {
          if (before == 0) {
            throw new FunctionKilled("half-way");
          }
          answer.put("over", true);
        });
    bench.clocks.start(Head.Kind.ROLLOUT, "r-1");

    assertEquals(ExecutionStatus.SUCCEEDED, only().status());
  }

  @Test
  void beatThatFailsForADay_asksForAPersonAndFailsTheExecution() {
    bench.function(
        "rollout",
        (before, answer) -> {
          throw new IllegalStateException("batch 3 has no members");
        });
    bench.clocks.start(Head.Kind.ROLLOUT, "r-1");

    Execution done = only();

    assertEquals(ExecutionStatus.FAILED, done.status());
    assertEquals(Optional.of("GaveUp"), done.error());
    assertEquals(1, bench.givenUp.size());
    JsonNode why = bench.givenUp.getFirst();
    assertEquals("java.lang.IllegalStateException", why.path("Error").textValue());
    assertTrue(why.path("Cause").asText().contains("batch 3 has no members"), why.toString());
    assertEquals(295, bench.attempts.size());
    assertEquals(
        List.of(0L, 2L, 6L, 14L, 30L, 62L, 126L, 254L, 510L, 810L), bench.attempts.subList(0, 10));
    assertEquals(Duration.ofDays(1).toSeconds() - 90, bench.attempts.getLast());
  }

  @Test
  void beatThatWorksOnceInBetween_getsAWholeDayAgain() {
    bench.function(
        "rollout",
        (before, answer) -> {
          if (before != 290) {
            throw new IllegalStateException("down");
          }
        });
    bench.clocks.start(Head.Kind.ROLLOUT, "r-1");

    assertEquals(ExecutionStatus.FAILED, only().status());
    assertEquals(291 + 295, bench.attempts.size());
  }

  @Test
  void operationThatDoesNotExist_failsTheExecutionAtOnce() {
    bench.function(
        "rollout",
        (before, answer) -> {
          throw new Engine.NoSuchOperation("ROLLOUT r-1");
        });
    bench.clocks.start(Head.Kind.ROLLOUT, "r-1");

    Execution done = only();

    assertEquals(Optional.of("GaveUp"), done.error());
    assertEquals(
        List.of("dev.ringfence.engine.Engine$NoSuchOperation"),
        bench.givenUp.stream().map(why -> why.path("Error").textValue()).toList());
    assertEquals(List.of(0L), bench.attempts);
  }

  @Test
  void namesOfErrorsThatAreNotRetried_areClassesOfOurs() {
    JsonNode names = ClockBench.json(ClockDefinition.text()).at("/States/Beat/Retry/0/ErrorEquals");
    assertEquals(
        List.of(Engine.NoSuchOperation.class.getName(), UnreadableTick.class.getName()),
        names.valueStream().map(JsonNode::textValue).toList());
  }

  @Test
  void manyBeats_areCarriedOnByAnExecutionOfTheNextGeneration() {
    int beats = 2 * ATTEMPTS_PER_EXECUTION + 7;
    bench.function("rollout", overAfter(beats)).clocks.start(Head.Kind.ROLLOUT, "r-1");

    List<Execution> all = bench.drain();

    assertEquals(List.of("r-1", "r-1-1", "r-1-2"), all.stream().map(Execution::name).toList());
    assertEquals(
        List.of(ExecutionStatus.SUCCEEDED),
        all.stream().map(Execution::status).distinct().toList());
    assertEquals(beats, bench.attempts.size());
    JsonNode last = ClockBench.json(all.getLast().output().orElseThrow());
    assertEquals(
        List.of(2, 7), List.of(last.get("generation").intValue(), last.get("beats").intValue()));
    assertTrue(all.stream().allMatch(e -> e.events() < EVENTS_MAX), all.toString());
  }

  @Test
  void retries_countAsBeatsBecauseTheyFillTheHistoryToo() {
    bench.function(
        "rollout",
        (before, answer) -> {
          if (before % 2 == 0) {
            throw new IllegalStateException("every other time");
          }
          answer.put("over", before >= ATTEMPTS_PER_EXECUTION);
        });
    bench.clocks.start(Head.Kind.ROLLOUT, "r-1");

    List<Execution> all = bench.drain();

    assertEquals(List.of("r-1", "r-1-1"), all.stream().map(Execution::name).toList());
    assertEquals(ATTEMPTS_PER_EXECUTION + 2, bench.attempts.size());
  }

  @Test
  void lastBeatBeforeTheRestart_mayFailForADayAndTheHistoryStillHoldsIt() {
    bench.function(
        "rollout",
        (before, answer) -> {
          int afterTheFirst = before - ATTEMPTS_PER_EXECUTION + 1;
          if (afterTheFirst >= 0 && afterTheFirst < 294) {
            throw new IllegalStateException("down");
          }
          answer.put("over", before >= ATTEMPTS_PER_EXECUTION + 294);
        });
    bench.clocks.start(Head.Kind.ROLLOUT, "r-1");

    List<Execution> all = bench.drain();

    assertEquals(List.of("r-1", "r-1-1"), all.stream().map(Execution::name).toList());
    int retriesOfTheHandOver = 3 * 294;
    assertTrue(all.getFirst().events() + retriesOfTheHandOver < EVENTS_MAX, all.toString());
  }

  @Test
  void generationThatIsThereAlready_carriesOnAlone() {
    bench.function("rollout", overAfter(ATTEMPTS_PER_EXECUTION + 1));
    bench.steps.start(
        bench.machine,
        Optional.of("r-1-1"),
        "{\"kind\":\"ROLLOUT\",\"id\":\"r-1\",\"generation\":1,\"beats\":0,\"over\":true}");
    bench.clocks.start(Head.Kind.ROLLOUT, "r-1");

    List<Execution> all = bench.drain();

    assertEquals(List.of("r-1-1", "r-1"), all.stream().map(Execution::name).toList());
    assertEquals(
        List.of(ExecutionStatus.SUCCEEDED),
        all.stream().map(Execution::status).distinct().toList());
  }
}
