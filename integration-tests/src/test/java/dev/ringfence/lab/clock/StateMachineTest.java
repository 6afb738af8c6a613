package dev.ringfence.lab.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The interpreter runs the language as its specification says, on the virtual clock. */
class StateMachineTest {
  private final ClockLab lab = new ClockLab();

  private static String task(String more) {
    return """
    {'StartAt': 'Beat', 'States': {
      'Beat': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
               'Parameters': {'FunctionName': 'beat', 'Payload.$': '$'},
               'ResultSelector': {'beat.$': '$.Payload'}, %s},
      'Rescue': {'Type': 'Pass', 'End': true}}}
    """
        .formatted(more);
  }

  private static JsonNode output(Execution execution) {
    return ClockLab.json(execution.output().orElseThrow());
  }

  @Test
  void task_withSelectorAndResultPath_addsTheAnswerToTheInput() {
    lab.beat(payload -> ClockLab.json("{'saw': " + payload.path("n") + "}"));

    Execution done = lab.run(task("'ResultPath': '$.last', 'End': true"), "{'n': 7}");

    assertEquals(ClockLab.json("{'n': 7, 'last': {'beat': {'saw': 7}}}"), output(done));
    assertEquals(ExecutionStatus.SUCCEEDED, done.status());
    assertEquals(7, done.events());
  }

  @Test
  void failingTask_isRetriedAtGrowingIntervalsUpToTheLongest() {
    lab.beat(payload -> {
      throw new IllegalStateException("down");
    });

    Execution done =
        lab.run(
            task(
                """
                'Retry': [{'ErrorEquals': ['java.lang.IllegalStateException'],
                           'IntervalSeconds': 2, 'BackoffRate': 3, 'MaxAttempts': 4,
                           'MaxDelaySeconds': 20, 'JitterStrategy': 'NONE'}], 'End': true
                """),
            "{}");

    assertEquals(List.of(0L, 2L, 8L, 26L, 46L), lab.beats);
    assertEquals(ExecutionStatus.FAILED, done.status());
    assertEquals(Optional.of("java.lang.IllegalStateException"), done.error());
    assertEquals(
        "down", ClockLab.json(done.cause().orElseThrow()).path("errorMessage").textValue());
  }

  @Test
  void retrySucceeding_continuesAndShowsItsCount() {
    lab.beat(payload -> {
      if (payload.path("retries").intValue() < 2) {
        throw new IllegalStateException("down");
      }
      return payload;
    });

    Execution done =
        lab.run(
            """
            {'StartAt': 'Beat', 'States': {
              'Beat': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
                       'Parameters': {'FunctionName': 'beat',
                                      'Payload': {'retries.$': '$$.State.RetryCount'}},
                       'OutputPath': '$.Payload',
                       'Retry': [{'ErrorEquals': ['States.ALL']}], 'End': true}}}
            """,
            "{}");

    assertEquals(ClockLab.json("{'retries': 2}"), output(done));
    assertEquals(List.of(0L, 1L, 3L), lab.beats);
  }

  @Test
  void eachRetrier_countsForItself() {
    lab.beat(payload -> {
      if (lab.beats.size() % 2 == 1) {
        throw new IllegalStateException("odd");
      }
      throw new IllegalArgumentException("even");
    });

    Execution done =
        lab.run(
            task(
                """
                'Retry': [
                  {'ErrorEquals': ['java.lang.IllegalStateException'],
                   'IntervalSeconds': 1, 'BackoffRate': 1, 'MaxAttempts': 2},
                  {'ErrorEquals': ['States.TaskFailed'],
                   'IntervalSeconds': 10, 'BackoffRate': 1, 'MaxAttempts': 2}], 'End': true
                """),
            "{}");

    assertEquals(List.of(0L, 1L, 11L, 12L, 22L), lab.beats);
    assertEquals(Optional.of("java.lang.IllegalStateException"), done.error());
  }

  @Test
  void caughtError_goesToItsPlaceInTheInput() {
    lab.beat(payload -> {
      throw new IllegalStateException("down");
    });

    Execution done =
        lab.run(
            task(
                """
                'Catch': [{'ErrorEquals': ['Other'], 'Next': 'Beat'},
                          {'ErrorEquals': ['States.ALL'], 'ResultPath': '$.failed.why',
                           'Next': 'Rescue'}], 'End': true
                """),
            "{'n': 7}");

    assertEquals(7, output(done).path("n").intValue());
    assertEquals(
        "java.lang.IllegalStateException", output(done).at("/failed/why/Error").textValue());
  }

  @Test
  void hangingTask_timesOutAtItsLimitAndIsNotAMereFailure() {
    lab.beat(payload -> payload);
    lab.lambda.tap(
        new LambdaTap() {
          @Override
          public void before(String function, JsonNode payload) {
            throw LambdaFault.timedOut(Duration.ofMinutes(15));
          }
        });

    Execution done =
        lab.run(
            task(
                """
                'TimeoutSeconds': 60,
                'Catch': [{'ErrorEquals': ['States.TaskFailed'], 'Next': 'Beat'},
                          {'ErrorEquals': ['States.Timeout'], 'Next': 'Rescue'}], 'End': true
                """),
            "{}");

    assertEquals(ExecutionStatus.SUCCEEDED, done.status());
    assertEquals(60, lab.secondsSinceNoon());
  }

  @Test
  void tooLargeAnAnswer_isCaughtByItsNameOnly() {
    String byWildcard =
        task("'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Rescue'}], 'End': true");
    String byName = byWildcard.replace("States.ALL", AslError.DATA_LIMIT);

    assertEquals(Optional.of(AslError.DATA_LIMIT), withHugeAnswer(byWildcard).error());
    assertEquals(ExecutionStatus.SUCCEEDED, withHugeAnswer(byName).status());
  }

  private static Execution withHugeAnswer(String definition) {
    ClockLab lab = new ClockLab();
    lab.beat(payload -> ClockLab.json("'" + "x".repeat(Run.LARGEST_DATA_BYTES) + "'"));
    return lab.run(definition, "{}");
  }

  @Test
  void choice_takesTheFirstRuleThatHolds() {
    String definition =
        """
        {'StartAt': 'Which', 'States': {
          'Which': {'Type': 'Choice', 'Choices': [
            {'And': [{'Variable': '$.done', 'IsPresent': true},
                     {'Variable': '$.done', 'BooleanEquals': true}], 'Next': 'Done'},
            {'Or': [{'Variable': '$.phase', 'StringEquals': 'HALTED'},
                    {'Not': {'Variable': '$.beats', 'NumericGreaterThanEquals': 0}}],
             'Next': 'Halted'},
            {'Variable': '$.beats', 'NumericGreaterThanEquals': 100, 'Next': 'Again'}],
            'Default': 'Idle'},
          'Done': {'Type': 'Pass', 'Result': 'done', 'End': true},
          'Halted': {'Type': 'Pass', 'Result': 'halted', 'End': true},
          'Again': {'Type': 'Pass', 'Result': 'again', 'End': true},
          'Idle': {'Type': 'Pass', 'Result': 'idle', 'End': true}}}
        """;

    assertEquals("done", chosen(definition, "{'done': true, 'phase': 'x', 'beats': 1}"));
    assertEquals("halted", chosen(definition, "{'phase': 'HALTED', 'beats': 1}"));
    assertEquals("halted", chosen(definition, "{'done': false, 'phase': 'x', 'beats': -1}"));
    assertEquals("again", chosen(definition, "{'phase': 'x', 'beats': 100}"));
    assertEquals("idle", chosen(definition, "{'phase': 'x', 'beats': 99}"));
  }

  private static String chosen(String definition, String input) {
    return output(new ClockLab().run(definition, input)).textValue();
  }

  @Test
  void choiceWithoutMatchOrVariable_failsTheExecution() {
    String definition =
        """
        {'StartAt': 'Which', 'States': {
          'Which': {'Type': 'Choice', 'Choices': [
            {'Variable': '$.n', 'NumericGreaterThanEquals': 1, 'Next': 'Done'}]},
          'Done': {'Type': 'Succeed'}}}
        """;

    assertEquals(
        Optional.of("States.NoChoiceMatched"), new ClockLab().run(definition, "{'n': 0}").error());
    assertEquals(Optional.of("States.Runtime"), new ClockLab().run(definition, "{}").error());
  }

  @Test
  void waits_endAtTheirSecondOrInstant_andAPastOneAtOnce() {
    lab.beat(payload -> payload);

    Execution done =
        lab.run(
            """
            {'StartAt': 'Fixed', 'States': {
              'Fixed': {'Type': 'Wait', 'Seconds': 5, 'Next': 'Asked'},
              'Asked': {'Type': 'Wait', 'SecondsPath': '$.pause', 'Next': 'Until'},
              'Until': {'Type': 'Wait', 'TimestampPath': '$.at', 'Next': 'Past'},
              'Past': {'Type': 'Wait', 'Timestamp': '2026-11-01T00:00:00Z', 'Next': 'Beat'},
              'Beat': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
                       'Parameters': {'FunctionName': 'beat'}, 'End': true}}}
            """,
            "{'pause': 30, 'at': '2026-11-01T13:01:00+01:00'}");

    assertEquals(ExecutionStatus.SUCCEEDED, done.status());
    assertEquals(List.of(60L), lab.beats);
  }

  @Test
  void template_formatsAndAddsFromInputAndContext() {
    Execution done =
        lab.run(
            """
            {'StartAt': 'Name', 'States': {'Name': {'Type': 'Pass', 'End': true,
              'Parameters': {
                'name.$': 'States.Format(\\u0027{}-\\\\{{}\\\\}\\u0027, $$.Execution.Name, States.MathAdd($.n, 1))',
                'started.$': '$$.Execution.StartTime', 'list': [{'n.$': '$.n'}]}}}}
            """,
            "{'n': 41}");

    assertEquals(
        ClockLab.json(
            "{'name': 'op-{42}', 'started': '2026-11-01T12:00:00.000Z', 'list': [{'n': 41}]}"),
        output(done));
  }

  @Test
  void execution_timesOutAsAWhole() {
    Execution done =
        lab.run(
            """
            {'StartAt': 'Long', 'TimeoutSeconds': 10, 'States': {
              'Long': {'Type': 'Wait', 'Seconds': 100, 'End': true}}}
            """,
            "{}");

    assertEquals(ExecutionStatus.TIMED_OUT, done.status());
    assertEquals(Optional.of(ClockLab.NOON.plusSeconds(10)), done.stoppedAt());
  }

  @Test
  void endlessLoop_failsAtTheServicesLastEvent() {
    Execution done =
        lab.run(
            """
            {'StartAt': 'Wait', 'States': {
              'Wait': {'Type': 'Wait', 'Seconds': 1, 'Next': 'Again'},
              'Again': {'Type': 'Pass', 'Next': 'Wait'}}}
            """,
            "{}");

    assertEquals(ExecutionStatus.FAILED, done.status());
    assertEquals(25_000, done.events());
    assertTrue(done.cause().orElseThrow().contains("25000"));
  }

  @Test
  void failState_endsWithItsErrorAndCause() {
    Execution done =
        lab.run(
            "{'StartAt': 'No', 'States': {'No': {'Type': 'Fail', 'Error': 'E', 'Cause': 'c'}}}",
            "{}");

    assertEquals(List.of("E", "c"), List.of(done.error().orElse(""), done.cause().orElse("")));
  }

  private void refuses(String definition, String message) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> lab.define(definition));
    assertEquals(message, refusal.getMessage());
  }

  @Test
  void unknownThings_areRefusedByName() {
    refuses(
        task("'HeartbeatSeconds': 5, 'End': true"),
        "State Beat: the lab does not know HeartbeatSeconds here");
    refuses(
        "{'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'End': true}}}",
        "State M: the lab does not know the type Map");
    refuses(
        task("'End': true").replace("lambda:invoke", "sqs:sendMessage"),
        "State Beat: the lab does not know the resource arn:aws:states:::sqs:sendMessage");
    refuses(
        task("'Retry': [{'ErrorEquals': ['E'], 'JitterStrategy': 'FULL'}], 'End': true"),
        "State Beat.Retry[0]: JitterStrategy FULL would not be repeatable");
    refuses(
        task("'Catch': [{'ErrorEquals': ['E'], 'Next': 'Gone'}], 'End': true"),
        "State Beat leads to Gone, which is not a state");
    refuses(
        task("'ResultPath': '$.a[*]', 'End': true"),
        "State Beat: ResultPath: '$.a[*]' is not a reference path that the lab reads");
    refuses(
        "{'StartAt': 'S', 'States': {'S': {'Type': 'Succeed'}}, 'Tracing': true}",
        "State machine clock: the lab does not know Tracing here");
    refuses(
        "{'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true,"
            + " 'Parameters': {'id.$': 'States.UUID()'}}}}",
        "State P: Parameters: 'States.UUID()' is not an expression that the lab reads");
  }
}
