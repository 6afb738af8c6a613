package dev.ringfence.infra;

import static dev.ringfence.infra.Synth.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringfence.contract.CellFunction;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How functions are deployed, and that what is deployed can start. */
class FunctionsTest {
  private static final Synth CELL = Synth.cell();

  private static ObjectNode lambda(Synth template, CellFunction function) {
    return template
        .properties("AWS::Lambda::Function", "\"" + function.className() + "::")
        .deepCopy();
  }

  @ParameterizedTest
  @EnumSource
  void eachFunction_isAClassThatLambdaCanMake(CellFunction function)
      throws ReflectiveOperationException {
    Class<?> handler = Class.forName(function.className());
    assertEquals(true, Modifier.isPublic(handler.getConstructor().getModifiers()));
    assertEquals(true, RequestStreamHandler.class.isAssignableFrom(handler));
  }

  @Test
  void beat_isDeployedWhole() {
    ObjectNode beat = lambda(CELL, CellFunction.ROLLOUT_BEAT);
    beat.remove("Code");
    assertEquals(
        json(
            """
            {
              'FunctionName': 'ringfence-rollout-beat',
              'Description': 'One beat of a rollout, called by its clock',
              'Handler': 'dev.ringfence.functions.beat.RolloutBeatFunction::handleRequest',
              'Runtime': 'java25',
              'Architectures': ['arm64'],
              'SnapStart': {'ApplyOn': 'PublishedVersions'},
              'MemorySize': 1024,
              'Timeout': 90,
              'Role': '${RingfenceFunctionsrolloutbeatRole.Arn}',
              'LoggingConfig': {'LogGroup': '${RingfenceFunctionsrolloutbeatLogs}'},
              'Environment': {'Variables': {
                'RINGFENCE_CELL': 'ringfence',
                'RINGFENCE_TABLE': '${RingfenceOperationsTable}',
                'RINGFENCE_CLOCK': 'arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:ringfence-clock',
                'RINGFENCE_BUS': 'ringfence-bus',
                'RINGFENCE_EVIDENCE': '${RingfenceEvidenceBucket}'
              }}
            }
            """),
        beat);
  }

  @Test
  void everyFunction_hasItsOwnRoleAliasAndLogsThatEnd() {
    Set<String> roles =
        CELL.all("AWS::Lambda::Function").stream()
            .filter(one -> one.at("/Properties/Runtime").asText().equals("java25"))
            .map(one -> one.at("/Properties/Role").asText())
            .collect(Collectors.toSet());
    assertEquals(CellFunction.values().length, roles.size());
    for (CellFunction function : CellFunction.values()) {
      String title = "ringfence-" + function.title();
      JsonNode logs = CELL.properties("AWS::Logs::LogGroup", "/aws/lambda/" + title + "\"");
      assertEquals(30, logs.path("RetentionInDays").asInt());
    }
    List<String> aliases =
        CELL.all("AWS::Lambda::Alias").stream()
            .map(alias -> alias.at("/Properties/Name").asText())
            .toList();
    assertEquals(List.of("live"), aliases.stream().distinct().toList());
    assertEquals(CellFunction.values().length, aliases.size());
  }

  @Test
  void halt_hasRoomOfItsOwn_unlessTheAccountHasNone() {
    assertEquals(
        5, lambda(CELL, CellFunction.ALARM_CHANGED).path("ReservedConcurrentExecutions").asInt());
    Synth small = Synth.of(props -> props.reservedConcurrency(false));
    for (CellFunction function : CellFunction.values()) {
      assertEquals(
          true, lambda(small, function).path("ReservedConcurrentExecutions").isMissingNode());
    }
  }

  @Test
  void oneSwitch_turnsTracingOnEverywhere() {
    Synth traced = Synth.of(props -> props.tracing(true));
    for (CellFunction function : CellFunction.values()) {
      assertEquals("Active", lambda(traced, function).at("/TracingConfig/Mode").asText());
    }
    JsonNode clock = traced.properties("AWS::StepFunctions::StateMachine", "ringfence-clock");
    assertEquals(true, clock.at("/TracingConfiguration/Enabled").asBoolean());
  }
}
