package dev.ringfence.functions.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.ringfence.contract.Variables;
import dev.ringfence.engine.AlarmIntake;
import dev.ringfence.engine.Engine;
import dev.ringfence.engine.ReleaseIntake;
import dev.ringfence.engine.Store;
import dev.ringfence.functions.beat.RestoreBeatFunction;
import dev.ringfence.functions.beat.RolloutBeatFunction;
import dev.ringfence.functions.fakes.Calls;
import dev.ringfence.functions.fakes.MemoryStore;
import dev.ringfence.functions.intake.AlarmChangedFunction;
import dev.ringfence.functions.intake.ReleasePublishedFunction;
import dev.ringfence.functions.metrics.Emf;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class WiringTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          Variables.REGION,
          "eu-central-1",
          Variables.CELL,
          "ringfence",
          Variables.TABLE,
          "Ringfence-Operations",
          Variables.CLOCK,
          "arn:aws:states:eu-central-1:111122223333:stateMachine:Ringfence-clock");

  private static Map<String, String> with(String variable, String value) {
    Map<String, String> changed = new HashMap<>(ENVIRONMENT);
    changed.put(variable, value);
    return changed;
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ReleasePublishedFunction.class,
        AlarmChangedFunction.class,
        RolloutBeatFunction.class,
        RestoreBeatFunction.class
      })
  void everyFunction_isMadeOfWhatTheContextHasAndLambdaCanMakeIt(Class<?> function)
      throws ReflectiveOperationException {
    assertTrue(Modifier.isPublic(function.getConstructor().getModifiers()));
    Constructor<?> byHand =
        Arrays.stream(function.getConstructors())
            .filter(constructor -> constructor.getParameterCount() > 0)
            .findFirst()
            .orElseThrow();
    try (ApplicationContext context = Wiring.start(ENVIRONMENT, new MemoryStore())) {
      Object[] collaborators =
          Arrays.stream(byHand.getParameterTypes()).map(context::getBean).toArray();
      assertInstanceOf(RequestStreamHandler.class, byHand.newInstance(collaborators));
    }
  }

  @Test
  void collaborators_areTheSameForAllWhoAsk() {
    try (ApplicationContext context = Wiring.start(ENVIRONMENT, new MemoryStore())) {
      for (Class<?> shared : List.of(Engine.class, AlarmIntake.class, ReleaseIntake.class)) {
        assertSame(context.getBean(shared), context.getBean(shared));
      }
    }
  }

  @Test
  void storeThatWasBroughtAlong_isPreferred() {
    MemoryStore store = new MemoryStore();
    try (ApplicationContext context = Wiring.start(ENVIRONMENT, store)) {
      assertSame(store, context.getBean(Store.class));
    }
  }

  @Test
  void clients_workInTheRegionOfTheSettings() {
    try (ApplicationContext context = Wiring.start(with(Variables.REGION, "ap-southeast-2"))) {
      assertEquals(
          "ap-southeast-2",
          context.getBean(DynamoDbClient.class).serviceClientConfiguration().region().id());
    }
  }

  @Test
  void metrics_nameTheCellOfTheSettings() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream console = System.out;
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (ApplicationContext context = Wiring.start(with(Variables.CELL, "fleet-two"))) {
      context
          .getBean(Emf.class)
          .write(Map.of(), List.of(new Emf.Metric("Runs", Emf.Unit.COUNT, 1)));
    } finally {
      System.setOut(console);
    }
    assertEquals(
        "fleet-two", Calls.json(log.toString(StandardCharsets.UTF_8)).path("Cell").asText());
  }

  @Test
  void emptyEnvironment_isRefusedWithEveryVariableThatIsMissing() {
    assertEquals(
        "AWS_REGION is missing, must be a Region, such as eu-central-1; RINGFENCE_CELL is missing,"
            + " must be the cell's name: a letter and up to 30 letters, digits and dashes;"
            + " RINGFENCE_TABLE is missing, must be the name of a DynamoDB table: 3 to 255 of letters, digits, _ . -;"
            + " RINGFENCE_CLOCK is missing, must be the ARN of a Step Functions state machine",
        assertThrows(Settings.InvalidSettings.class, () -> Wiring.start(Map.of())).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_REGION, Frankfurt",
    "RINGFENCE_CELL, 2-cells",
    "RINGFENCE_CELL, abcdefghijklmnopqrstuvwxyz-012345",
    "RINGFENCE_TABLE, a table",
    "RINGFENCE_CLOCK, arn:aws:states:eu-central-1:111122223333:execution:clock:r-1",
    "RINGFENCE_CLOCK, clock"
  })
  void wrongVariable_isNamedWithItsValue(String variable, String value) {
    String message =
        String.valueOf(
            assertThrows(Settings.InvalidSettings.class, () -> Settings.of(with(variable, value)))
                .getMessage());
    assertTrue(message.startsWith(variable + " is \"" + value + "\", must be "), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-gov-west-1", "cn-north-1", "us-east-1", "eusc-de-east-1"})
  void regionsOfEveryPartition_areTaken(String region) {
    assertEquals(region, Settings.of(with(Variables.REGION, region)).region());
  }
}
